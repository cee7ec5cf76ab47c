/** How soon `npm start` is up, and what all its processes hold in memory after a while. */
import { setTimeout as pause } from 'node:timers/promises'
import { startPlant } from '../journeys/support/plant.ts'
import { spreadOf } from './figures.ts'
import { type Bench, type BenchOptions, failure } from './row.ts'
import { temporaryFolder } from './support/folder.ts'
import { endPlantIn, hasProc, launcherOf, type Memory, memoryOf, processTree } from './support/process-tree.ts'

const EVERY_MS = 5000

export const start: Bench = {
  name: 'start',
  unit: 's',
  async run(options) {
    const data = temporaryFolder('start', options)
    // However the row ends, a failed start included, no process stays.
    options.defer(() => endPlantIn(data))
    const begin = performance.now()
    const plant = await startPlant({ data }).catch((error: Error) => {
      throw failure(error.message)
    })
    const seconds = (performance.now() - begin) / 1000
    options.say(`  up after ${seconds.toFixed(1)} s, then ${options.minutes} min for its memory`)
    const memory = await watchMemory(data, options)
    const { status, seconds: stop } = await plant.stop()
    if (status !== 0) throw failure(`npm start ended with ${status} after Ctrl-C`)
    return {
      name: 'start',
      unit: 's',
      values: { up: seconds, stop, ...memory },
      n: 1,
      spread: spreadOf([seconds]),
      how: `the launcher of npm start on a fresh data folder, everything installed, until it prints its address (looked at every 250 ms); then after ${options.minutes} min the memory of the launcher and all below it by /proc: rss_mb their resident sizes added up (shared pages counted each time), pss_mb shared pages divided, peak_rss_mb the greatest sum seen; stop: until all were gone after Ctrl-C`,
    }
  },
}

/** Looks at all processes until the time is over; the last look and the greatest sum. Empty where there is no /proc. */
async function watchMemory(
  data: string,
  { minutes }: BenchOptions,
): Promise<(Memory & { peak_rss_mb: number }) | object> {
  const launcher = launcherOf(data)
  if (!hasProc() || launcher === undefined) return {}
  const end = performance.now() + minutes * 60_000
  let peak = 0
  for (;;) {
    const memory = memoryOf(processTree(launcher))
    peak = Math.max(peak, memory.rss_mb)
    const left = end - performance.now()
    if (left <= 0) return { ...memory, peak_rss_mb: peak }
    await pause(Math.min(EVERY_MS, left))
  }
}
