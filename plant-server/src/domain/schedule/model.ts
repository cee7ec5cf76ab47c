/**
 * What a plan is made for, and what a plan is. Times and durations are integers in one unit that the caller chooses
 * (the sample plant: minutes from its base date; a benchmark: the unit of its file). Machines, jobs and the operations
 * of a job are named by their index, counted from 0. Words of ISA-95: a job is an operations request, an operation one
 * of its segment requirements, a machine a work unit.
 */
export interface Problem {
  /** The moment of planning: nothing but what is frozen starts before it. */
  readonly now: number
  readonly machines: readonly Machine[]
  readonly jobs: readonly Job[]
}

export interface Machine {
  /**
   * When the machine works, ascending and disjoint; null: always. What lies after the last window is not known yet
   * and counts as open, so every problem has a plan.
   */
  readonly open: readonly Span[] | null
  /** Set-up time from the family before (row) to the family after (column); null: no set-ups here. */
  readonly setup: readonly (readonly number[])[] | null
  /** Family the machine is set up for at time 0; null: none, the first operation needs no set-up. */
  readonly family: number | null
}

/** Half open: `start` belongs to it, `end` does not. */
export interface Span {
  readonly start: number
  readonly end: number
}

export interface Job {
  /** No operation starts before it. */
  readonly release: number
  /** Promised end of the last operation; null: none, the job is never late. */
  readonly due: number | null
  /** Cost of one unit of lateness against that of other jobs; an integer of at least 0. */
  readonly weight: number
  /** In order: each starts when the one before it has ended. */
  readonly operations: readonly Operation[]
}

export interface Operation {
  /** The machines that can do it, each with its own duration; at least one. */
  readonly alternatives: readonly Alternative[]
  /** Row and column in the set-up tables of the machines; null: neither needs nor causes a set-up. */
  readonly family: number | null
  /** Earliest start by material; 0: at once. */
  readonly materialReady: number
  /** May pause while its machine is closed; otherwise it must fit into one window. */
  readonly interruptible: boolean
  /**
   * It has started (or is promised): machine and times are facts, whatever calendar and predecessors say. All before
   * it in its job are frozen too, and nothing is planned before it on its machine.
   */
  readonly frozen: Frozen | null
}

export interface Alternative {
  readonly machine: number
  readonly duration: number
}

export interface Frozen extends Span {
  readonly machine: number
}

export interface PlannedOperation extends Span {
  readonly job: number
  readonly operation: number
  readonly machine: number
}

/** Every operation of the problem once, ordered by job and operation. */
export interface Plan {
  readonly operations: readonly PlannedOperation[]
}

/** What a plan costs; compared in this order. */
export interface Cost {
  /** Sum over jobs of weight times lateness. */
  readonly weightedTardiness: number
  /** End of the last operation. */
  readonly makespan: number
}

/** Whether only the makespan matters and nothing but machines and job order binds: the classic (flexible) job shop. */
export function isClassicShop(problem: Problem): boolean {
  return (
    problem.machines.every(machine => machine.open === null && machine.setup === null) &&
    problem.jobs.every(
      job =>
        job.due === null &&
        job.operations.every(operation => operation.frozen === null && operation.materialReady === 0),
    )
  )
}

export function costOf(problem: Problem, plan: Plan): Cost {
  const ends = problem.jobs.map(() => 0)
  for (const { job, end } of plan.operations) ends[job] = Math.max(ends[job] ?? 0, end)
  let weightedTardiness = 0
  for (const [index, job] of problem.jobs.entries()) {
    if (job.due !== null) weightedTardiness += job.weight * Math.max(0, ends[index]! - job.due)
  }
  return { weightedTardiness, makespan: ends.reduce((latest, end) => Math.max(latest, end), 0) }
}

/** Below 0: `a` is the better one. */
export function compareCosts(a: Cost, b: Cost): number {
  return a.weightedTardiness - b.weightedTardiness || a.makespan - b.makespan
}
