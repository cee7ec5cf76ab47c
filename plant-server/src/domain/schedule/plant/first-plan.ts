import type { FlatProblem } from '../flat.ts'
import type { Plan, Problem } from '../model.ts'
import type { Random } from '../random.ts'
import { type Decisions, remainingWork } from '../shop/start.ts'
import { createCalendars } from './calendars.ts'

/** Of many jobs only the most urgent are weighed against each other: the rest would cost time and seldom win. */
const JOBS_IN_VIEW = 200

/**
 * A first plan by dispatching in the order of start times: the next operation is one that can start early and whose
 * job has little slack for its weight. `noise` (0: none) spreads the starts of several tries.
 */
export function dispatchPlant(problem: Problem, flat: FlatProblem, random: Random, noise: number): Decisions {
  const { n, after, jobOf, choiceFrom, choiceMachine, choiceDuration } = flat
  const calendars = createCalendars(problem.machines)
  const operations = problem.jobs.flatMap(job => job.operations)
  const remaining = remainingWork(flat)
  const order: number[] = frozenFirst(problem)
  const machineOf = new Int32Array(n)
  const machineFree = new Int32Array(problem.machines.length)
  const machineFamily = problem.machines.map(machine => machine.family)
  const jobFree = new Int32Array(problem.jobs.length)
  const next = new Set<number>()
  for (const v of order) {
    const { machine, end } = operations[v]!.frozen!
    machineOf[v] = machine
    machineFree[machine] = Math.max(machineFree[machine]!, end)
    machineFamily[machine] = operations[v]!.family ?? machineFamily[machine]!
    jobFree[jobOf[v]!] = Math.max(jobFree[jobOf[v]!]!, end)
  }
  const heads: number[] = []
  for (let v = 0; v < n; v += 1) {
    const isOpen = operations[v]!.frozen === null
    if (isOpen && (flat.before[v] === n || operations[flat.before[v]!]!.frozen !== null)) heads.push(v)
  }
  const latestStart = (v: number) => (problem.jobs[jobOf[v]!]!.due ?? Number.MAX_SAFE_INTEGER) - remaining[v]!
  heads.sort((a, b) => latestStart(b) - latestStart(a) || b - a)
  const admit = () => {
    while (next.size < JOBS_IN_VIEW && heads.length > 0) next.add(heads.pop()!)
  }
  admit()
  const urgency = problem.jobs.map(job => (1 + noise * (random() - 0.5)) / Math.max(1, job.weight))
  const patience = 0.5 + noise * random()
  while (next.size > 0) {
    let best = { v: -1, machine: 0, end: 0, score: Number.POSITIVE_INFINITY }
    for (const v of next) {
      const job = problem.jobs[jobOf[v]!]!
      const { family, interruptible } = operations[v]!
      const ready = Math.max(jobFree[jobOf[v]!]!, flat.earliest[v]!)
      for (let c = choiceFrom[v]!; c < choiceFrom[v + 1]!; c += 1) {
        const machine = choiceMachine[c]!
        const duration = choiceDuration[c]!
        const from = machineFamily[machine] ?? null
        const setup = family === null || from === null ? 0 : (problem.machines[machine]!.setup?.[from]?.[family] ?? 0)
        const prepared = calendars.afterWork(machine, machineFree[machine]!, setup)
        const start = calendars.earliestStart(machine, Math.max(ready, prepared), duration, interruptible)
        const end = calendars.afterWork(machine, start, duration)
        const slack = (job.due ?? ready + 10_000) - start - remaining[v]!
        const score = start + setup + patience * slack * urgency[jobOf[v]!]! + 0.5 * (end - start)
        if (score < best.score) best = { v, machine, end, score }
      }
    }
    const { v, machine, end } = best
    order.push(v)
    machineOf[v] = machine
    machineFree[machine] = end
    machineFamily[machine] = operations[v]!.family ?? machineFamily[machine]!
    jobFree[jobOf[v]!] = end
    next.delete(v)
    if (after[v] !== n) next.add(after[v]!)
    else admit()
  }
  return { order: Int32Array.from(order), machineOf }
}

/** The decisions of a plan that is there; operations that it lacks come in by their release. */
export function decisionsOf(problem: Problem, flat: FlatProblem, plan: Plan): Decisions {
  const { n, before, jobOf, indexInJob } = flat
  const operations = problem.jobs.flatMap(job => job.operations)
  const planned = new Map(plan.operations.map(operation => [`${operation.job}.${operation.operation}`, operation]))
  const key = new Float64Array(n)
  const machineOf = new Int32Array(n)
  for (let v = 0; v < n; v += 1) {
    const { frozen, alternatives } = operations[v]!
    const old = planned.get(`${jobOf[v]!}.${indexInJob[v]!}`)
    const isStillAllowed = alternatives.some(({ machine }) => machine === old?.machine)
    const shortest = alternatives.reduce((a, b) => (b.duration < a.duration ? b : a))
    machineOf[v] = frozen?.machine ?? (old !== undefined && isStillAllowed ? old.machine : shortest.machine)
    const leader = before[v]!
    const afterLeader = leader === n || operations[leader]!.frozen !== null ? 0 : key[leader]!
    key[v] = Math.max(old?.start ?? flat.earliest[v]!, afterLeader)
  }
  const open = Array.from({ length: n }, (_, v) => v).filter(v => operations[v]!.frozen === null)
  open.sort((a, b) => key[a]! - key[b]! || (jobOf[a] === jobOf[b] ? a - b : jobOf[a]! - jobOf[b]!))
  return { order: Int32Array.from([...frozenFirst(problem), ...open]), machineOf }
}

/** Operations that are facts, in order of their start. */
function frozenFirst(problem: Problem): number[] {
  const operations = problem.jobs.flatMap((job, j) => job.operations.map(({ frozen }, k) => ({ frozen, j, k })))
  return operations
    .flatMap(({ frozen, j, k }, v) => (frozen === null ? [] : [{ v, start: frozen.start, j, k }]))
    .sort((a, b) => a.start - b.start || a.j - b.j || a.k - b.k)
    .map(({ v }) => v)
}
