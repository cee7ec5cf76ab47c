import { isClassicShop, type Job, type Operation, type Problem } from './model.ts'
import { earliestEnds } from './plant/earliest-ends.ts'

/** Rough number of steps that a bound may take: some 0.1 s. */
const BOUND_STEPS = 40_000_000

/**
 * A makespan that no plan of a classic or flexible shop can beat: the longest job; for each machine Jackson's
 * preemptive one-machine schedule of the operations that only it can do (Carlier and Pinson 1989); and for each set of
 * machines the shortest work of all operations that only they can do, shared out evenly.
 */
export function makespanBound(problem: Problem): number {
  const tasks = problem.jobs.flatMap(job => tasksOf(job, problem.now))
  let bound = 0
  for (const job of problem.jobs) {
    bound = Math.max(
      bound,
      job.operations.reduce((time, operation) => time + shortest(operation), Math.max(problem.now, job.release)),
    )
  }
  const groups = new Map<string, number[]>()
  for (const { machines } of tasks) groups.set(machines.join(), [...machines])
  for (const machine of problem.machines.keys()) groups.set(String(machine), [machine])
  for (const machines of unions([...groups.values()], BOUND_STEPS / (tasks.length * tasks.length + 1))) {
    const allowed = new Set(machines)
    const own = tasks.filter(task => task.machines.every(machine => allowed.has(machine)))
    if (own.length === 0) continue
    bound = Math.max(bound, machines.length === 1 ? preemptiveJackson(own) : evenShare(own, machines.length))
  }
  return bound
}

/** What no plan can beat in weighted tardiness: each job as if it were alone in the plant. */
export function tardinessBound(problem: Problem): number {
  const ends = earliestEnds(problem)
  return problem.jobs.reduce(
    (sum, { due, weight }, j) => sum + (due === null ? 0 : weight * Math.max(0, ends[j]! - due)),
    0,
  )
}

/** The bound of the first cost that counts for this problem. */
export function objectiveBound(problem: Problem): number {
  return isClassicShop(problem) ? makespanBound(problem) : tardinessBound(problem)
}

interface Task {
  readonly head: number
  readonly duration: number
  readonly tail: number
  readonly machines: readonly number[]
}

function shortest(operation: Operation): number {
  return operation.alternatives.reduce((least, { duration }) => Math.min(least, duration), Number.POSITIVE_INFINITY)
}

function tasksOf(job: Job, now: number): Task[] {
  const durations = job.operations.map(shortest)
  const total = durations.reduce((sum, duration) => sum + duration, 0)
  let done = 0
  return job.operations.map((operation, k) => {
    const duration = durations[k]!
    const head = Math.max(now, job.release) + done
    done += duration
    const machines = operation.alternatives.map(alternative => alternative.machine).sort((a, b) => a - b)
    return { head, duration, tail: total - done, machines }
  })
}

/** The sets themselves and what those of several machines join to, at most so many: the rest of the work is in vain. */
function unions(sets: readonly number[][], most: number): number[][] {
  const found = new Map<string, number[]>(sets.map(set => [set.join(), set]))
  const queue = sets.filter(set => set.length > 1)
  for (let set = queue.pop(); set !== undefined && found.size < most; set = queue.pop()) {
    for (const other of sets) {
      const union = [...new Set([...set, ...other])].sort((a, b) => a - b)
      const key = union.join()
      if (found.has(key)) continue
      found.set(key, union)
      queue.push(union)
    }
  }
  return [...found.values()]
}

function evenShare(tasks: readonly Task[], machines: number): number {
  const byHead = [...tasks].sort((a, b) => b.head - a.head)
  const tails = [...new Set(tasks.map(task => task.tail))]
  let bound = 0
  // Work that comes after a head and before a tail has only the time between them, on each of the machines.
  for (const tail of tails) {
    let work = 0
    for (const task of byHead) {
      if (task.tail < tail) continue
      work += task.duration
      bound = Math.max(bound, task.head + Math.ceil(work / machines) + tail)
    }
  }
  return bound
}

function preemptiveJackson(tasks: readonly Task[]): number {
  const waiting = [...tasks].sort((a, b) => a.head - b.head)
  const ready: { left: number; tail: number }[] = []
  let time = 0
  let bound = 0
  let index = 0
  while (index < waiting.length || ready.length > 0) {
    if (ready.length === 0) time = Math.max(time, waiting[index]!.head)
    while (index < waiting.length && waiting[index]!.head <= time) {
      const { duration, tail } = waiting[index]!
      ready.push({ left: duration, tail })
      index += 1
    }
    let at = 0
    for (let i = 1; i < ready.length; i += 1) if (ready[i]!.tail > ready[at]!.tail) at = i
    const task = ready[at]!
    const until = index < waiting.length ? waiting[index]!.head : Number.POSITIVE_INFINITY
    const spent = Math.min(task.left, until - time)
    time += spent
    task.left -= spent
    if (task.left === 0) {
      bound = Math.max(bound, time + task.tail)
      ready.splice(at, 1)
    }
  }
  return bound
}
