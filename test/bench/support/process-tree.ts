/** Processes below another one and what they hold in memory, by Linux' /proc. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

export interface Memory {
  /** Resident sizes added up: pages that several share count each time. */
  readonly rss_mb: number
  /** The same with shared pages divided among those that share them; what may not be read counts with its resident size. */
  readonly pss_mb: number
  readonly processes_count: number
}

export const hasProc = (): boolean => existsSync('/proc/self/status')

const text = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // Ended in between, or not ours to read.
    return ''
  }
}

/** `VmRSS:   12 kB` and the like. */
const kilobytes = (from: string, field: string): number | undefined => {
  const found = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(from)?.[1]
  return found === undefined ? undefined : Number(found)
}

/** `root` and all its descendants that are there now. */
export function processTree(root: number): number[] {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc').filter(each => /^\d+$/.test(each))) {
    const parent = Number(/^PPid:\s+(\d+)/m.exec(text(`/proc/${name}/status`))?.[1] ?? Number.NaN)
    if (Number.isInteger(parent)) children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  const found = [root]
  for (let at = 0; at < found.length; at += 1) found.push(...(children.get(found[at]!) ?? []))
  return found
}

export function memoryOf(pids: readonly number[]): Memory {
  let [rss, pss, count] = [0, 0, 0]
  for (const pid of pids) {
    const resident = kilobytes(text(`/proc/${pid}/status`), 'VmRSS')
    if (resident === undefined) continue
    count += 1
    rss += resident
    pss += kilobytes(text(`/proc/${pid}/smaps_rollup`), 'Pss') ?? resident
  }
  return { rss_mb: rss / 1024, pss_mb: pss / 1024, processes_count: count }
}

/** The launcher's process, as its data folder names it. */
export function launcherOf(data: string): number | undefined {
  const file = text(join(data, 'launcher.json'))
  return file === '' ? undefined : (JSON.parse(file) as { pid: number }).pid
}

const MOST_STOP_MS = 15_000

/** Ends a plant that lives in this folder; nothing where its launcher is gone. */
export async function endPlantIn(data: string): Promise<void> {
  const pid = launcherOf(data)
  if (pid === undefined) return
  const send = (signal: NodeJS.Signals | 0): boolean => {
    try {
      // Its parts are in the group of the launcher.
      process.kill(-pid, signal)
      return true
    } catch {
      return false
    }
  }
  send('SIGTERM')
  const end = performance.now() + MOST_STOP_MS
  while (send(0) && performance.now() < end) await pause(200)
  send('SIGKILL')
}
