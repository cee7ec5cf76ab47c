import type { Plan, PlannedOperation, Problem } from './model.ts'

/** What a new plan changes. Jobs and operations are those of the new problem; before: null where they are new. */
export interface Diff {
  readonly moved: readonly { readonly before: PlannedOperation | null; readonly after: PlannedOperation }[]
  readonly jobs: readonly JobChange[]
}

export interface JobChange {
  readonly job: number
  readonly endBefore: number | null
  readonly endAfter: number
  readonly lateBefore: number
  readonly lateAfter: number
}

/** Operations with another machine or start, in order of the new start; jobs whose end changes. */
export function diffPlans(problem: Problem, before: Plan | null, after: Plan): Diff {
  const old = new Map(before?.operations.map(operation => [`${operation.job}.${operation.operation}`, operation]))
  const moved = after.operations
    .map(operation => ({ before: old.get(`${operation.job}.${operation.operation}`) ?? null, after: operation }))
    .filter(({ before: was, after: now }) => was?.machine !== now.machine || was.start !== now.start)
    .sort((a, b) => a.after.start - b.after.start)
  const endsBefore = ends(before)
  const jobs = [...ends(after)].flatMap(([job, endAfter]): JobChange[] => {
    const endBefore = endsBefore.get(job) ?? null
    if (endBefore === endAfter) return []
    const due = problem.jobs[job]?.due ?? Number.POSITIVE_INFINITY
    const late = (end: number | null) => (end === null ? 0 : Math.max(0, end - due))
    return [{ job, endBefore, endAfter, lateBefore: late(endBefore), lateAfter: late(endAfter) }]
  })
  return { moved, jobs }
}

function ends(plan: Plan | null): Map<number, number> {
  const found = new Map<number, number>()
  for (const { job, end } of plan?.operations ?? []) found.set(job, Math.max(found.get(job) ?? 0, end))
  return found
}
