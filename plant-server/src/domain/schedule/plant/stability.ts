import type { FlatProblem } from '../flat.ts'
import type { Plan } from '../model.ts'
import type { Random } from '../random.ts'

/** What an operation at another time, or on another machine, must save in weighted tardiness. */
const MOVED_START = 10
const MOVED_MACHINE = 25

/** Nearness to a plan in force: people have prepared for it. Operations that are new to it are free. */
export interface Stability {
  penalty(start: Int32Array, machineOf: Int32Array): number
  /** An operation that is not where it was, with where it was; null where none is. */
  pickMoved(
    start: Int32Array,
    machineOf: Int32Array,
    random: Random,
  ): { v: number; machine: number; start: number } | null
}

export function createStability(flat: FlatProblem, plan: Plan): Stability {
  const { n, jobOf, indexInJob } = flat
  const starts = new Int32Array(n)
  const machines = new Int32Array(n).fill(-1)
  const planned = new Map(plan.operations.map(operation => [`${operation.job}.${operation.operation}`, operation]))
  for (let v = 0; v < n; v += 1) {
    const old = planned.get(`${jobOf[v]!}.${indexInJob[v]!}`)
    if (old === undefined) continue
    starts[v] = old.start
    machines[v] = old.machine
  }
  return {
    penalty(start, machineOf) {
      let sum = 0
      for (let v = 0; v < n; v += 1) {
        if (machines[v]! < 0) continue
        if (start[v] !== starts[v]) sum += MOVED_START
        if (machineOf[v] !== machines[v]) sum += MOVED_MACHINE
      }
      return sum
    },
    pickMoved(start, machineOf, random) {
      let chosen = -1
      let count = 0
      for (let v = 0; v < n; v += 1) {
        if (machines[v]! < 0 || (start[v] === starts[v] && machineOf[v] === machines[v])) continue
        count += 1
        if (random() * count < 1) chosen = v
      }
      return chosen < 0 ? null : { v: chosen, machine: machines[chosen]!, start: starts[chosen]! }
    },
  }
}
