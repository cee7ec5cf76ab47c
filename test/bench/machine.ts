/** The machine that figures were taken on: without it they say nothing. */
import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os'

export interface Machine {
  readonly cores: number
  readonly model: string
  readonly memoryGb: number
  readonly system: string
  readonly node: string
  /** Mean number of running processes over the last minute: above `cores` the figures are of a crowded machine. */
  readonly load: number
}

export const thisMachine = (): Machine => ({
  cores: cpus().length,
  model: cpus()[0]?.model.trim() ?? 'unknown processor',
  memoryGb: Math.round(totalmem() / 2 ** 30),
  system: `${platform()} ${release()} ${arch()}`,
  node: process.versions.node,
  load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
})
