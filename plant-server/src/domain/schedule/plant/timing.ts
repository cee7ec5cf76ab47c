import type { FlatProblem } from '../flat.ts'
import type { Cost, Problem } from '../model.ts'
import type { Sequences } from '../sequences.ts'
import { createCalendars } from './calendars.ts'

/**
 * Start and end of every operation, as early as sequences, calendars, set-ups and material allow. What the timing of
 * an operation needs of its machine is kept at the operation before it, so a change is felt from its place on only.
 */
export interface Timing {
  readonly start: Int32Array
  readonly end: Int32Array
  /** When job (predecessor, release, material) and machine (free, set up) would let it start; the later one binds. */
  readonly jobReady: Int32Array
  readonly machineReady: Int32Array
  /** Times from the place `from` of the order on. */
  update(from: number): void
  cost(): Cost
  save(): void
  /** Back to what was saved. */
  restore(): void
}

export function createTiming(problem: Problem, flat: FlatProblem, sequences: Sequences): Timing {
  const { n, before, jobOf, earliest } = flat
  const { order, previous, duration, machineOf } = sequences
  const calendars = createCalendars(problem.machines)
  const operations = problem.jobs.flatMap(job => job.operations)
  const family = Int32Array.from(operations, operation => operation.family ?? -1)
  const interruptible = operations.map(operation => operation.interruptible)
  const frozen = operations.map(operation => operation.frozen)
  const firstFamily = problem.machines.map(machine => machine.family ?? -1)
  const setups = problem.machines.map(machine => machine.setup)
  const due = problem.jobs.map(job => job.due ?? Number.POSITIVE_INFINITY)
  const weight = problem.jobs.map(job => job.weight)
  const lastOf = problem.jobs.map(() => -1)
  for (let v = 0; v < n; v += 1) lastOf[jobOf[v]!] = v

  const start = new Int32Array(n + 1)
  const end = new Int32Array(n + 1)
  const jobReady = new Int32Array(n + 1)
  const machineReady = new Int32Array(n + 1)
  const freeAfter = new Int32Array(n + 1)
  const familyAfter = new Int32Array(n + 1)
  const live = [start, end, jobReady, machineReady, freeAfter, familyAfter]
  const saved = live.map(array => array.slice())

  function update(from: number): void {
    for (let i = from; i < n; i += 1) {
      const v = order[i]!
      const m = machineOf[v]!
      const left = previous[v]!
      const free = left === n ? 0 : freeAfter[left]!
      const familyBefore = left === n ? firstFamily[m]! : familyAfter[left]!
      const own = family[v]!
      familyAfter[v] = own < 0 ? familyBefore : own
      const fact = frozen[v]!
      if (fact !== null) {
        start[v] = fact.start
        end[v] = fact.end
        jobReady[v] = fact.start
        machineReady[v] = fact.start
        freeAfter[v] = left === n ? fact.end : Math.max(free, fact.end)
        continue
      }
      const setup = own < 0 || familyBefore < 0 ? 0 : (setups[m]?.[familyBefore]?.[own] ?? 0)
      const ready = Math.max(end[before[v]!]!, earliest[v]!, 0)
      const prepared = calendars.afterWork(m, free, setup)
      const possible = Math.max(ready, prepared)
      const begin = calendars.earliestStart(m, possible, duration[v]!, interruptible[v]!)
      jobReady[v] = ready
      machineReady[v] = prepared
      start[v] = begin
      end[v] = interruptible[v]! ? calendars.afterWork(m, begin, duration[v]!) : begin + duration[v]!
      freeAfter[v] = end[v]!
    }
  }

  function cost(): Cost {
    let weightedTardiness = 0
    let makespan = 0
    for (let j = 0; j < lastOf.length; j += 1) {
      const last = lastOf[j]!
      if (last < 0) continue
      const done = end[last]!
      if (done > due[j]!) weightedTardiness += weight[j]! * (done - due[j]!)
      if (done > makespan) makespan = done
    }
    return { weightedTardiness, makespan }
  }

  return {
    start,
    end,
    jobReady,
    machineReady,
    update,
    cost,
    save: () => {
      for (let i = 0; i < live.length; i += 1) saved[i]!.set(live[i]!)
    },
    restore: () => {
      for (let i = 0; i < live.length; i += 1) live[i]!.set(saved[i]!)
    },
  }
}
