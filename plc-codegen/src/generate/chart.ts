import type { LoadedProgram } from '../run/program.ts'
import type { Plant } from './patterns/pump-alternation/plant.ts'
import type { Signal } from './specification.ts'

/** A recorded run for a timing chart: one value per scan for each signal. */
export interface Chart {
  readonly t_ms: readonly number[]
  readonly signals: Readonly<Record<string, readonly (boolean | number)[]>>
}

/** Runs the program against a plant model and records its signals. */
export function recordChart(program: LoadedProgram, plant: Plant, signals: readonly Signal[]): Chart {
  const running = program.start()
  const t_ms: number[] = []
  const found: Record<string, (boolean | number)[]> = Object.fromEntries(signals.map(each => [each.name, []]))
  let inputs: Record<string, boolean | number> = { ...plant.first }
  for (let scan = 0; scan < plant.scans; scan += 1) {
    const trap = running.scan(inputs, plant.cycleMs)
    t_ms.push((scan + 1) * plant.cycleMs)
    const now: Record<string, unknown> = {}
    for (const { name } of signals) {
      const value = running.get(name)
      now[name] = value
      found[name]!.push(typeof value === 'number' ? Math.round(value * 1000) / 1000 : value === true)
    }
    // Behind a trap there is nothing to show that could be trusted.
    if (trap !== undefined) break
    inputs = plant.step(scan, now)
  }
  return { t_ms, signals: found }
}
