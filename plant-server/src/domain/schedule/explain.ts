import type { Machine, Plan, PlannedOperation, Problem } from './model.ts'
import { subtract } from './spans.ts'

/** One cause of a job's lateness; `minutes` (the problem's unit) is the time it took from the job. */
export type LateReason =
  | { readonly code: 'released_late'; readonly time: number; readonly release: number }
  | { readonly code: 'work_too_long'; readonly time: number; readonly work: number; readonly available: number }
  | { readonly code: 'not_started'; readonly time: number; readonly operation: number; readonly since: number }
  | { readonly code: 'started_late'; readonly time: number; readonly operation: number; readonly start: number }
  | { readonly code: 'material'; readonly time: number; readonly operation: number; readonly ready: number }
  | {
      readonly code: 'machine_busy'
      readonly time: number
      readonly operation: number
      readonly machine: number
      readonly otherJob: number
      readonly otherOperation: number
      readonly until: number
    }
  | { readonly code: 'setup'; readonly time: number; readonly operation: number; readonly machine: number }
  | { readonly code: 'machine_closed'; readonly time: number; readonly operation: number; readonly machine: number }

/**
 * Why a job ends after its due date: where it waited, and for what, between release and end. Reads problem and plan
 * only. Greatest loss first; empty where the job is in time or not in the plan.
 */
export function explainLateness(problem: Problem, plan: Plan, jobIndex: number): LateReason[] {
  const job = problem.jobs[jobIndex]
  const own = plan.operations.filter(operation => operation.job === jobIndex).sort((a, b) => a.operation - b.operation)
  const last = own.at(-1)
  if (job === undefined || last === undefined || job.due === null || last.end <= job.due) return []
  const reasons: LateReason[] = []
  const work = own.reduce((sum, planned) => sum + workOf(problem, planned), 0)
  const available = Math.max(0, job.due - job.release)
  if (job.release >= job.due)
    reasons.push({ code: 'released_late', time: job.release - job.due + 1, release: job.release })
  else if (work > available) reasons.push({ code: 'work_too_long', time: work - available, work, available })
  let ready = job.release
  for (const planned of own) {
    const { operation, start } = planned
    if (job.operations[operation]?.frozen !== null)
      reasons.push({ code: 'started_late', time: start - ready, operation, start })
    else reasons.push(...waitsOf(problem, plan, planned, ready))
    ready = planned.end
  }
  // That nothing has begun yet is true of every order at first: it comes last.
  const isPlain = (reason: LateReason) => Number(reason.code === 'not_started')
  return reasons.filter(({ time }) => time > 0).sort((a, b) => isPlain(a) - isPlain(b) || b.time - a.time)
}

function workOf(problem: Problem, { job, operation, machine, start, end }: PlannedOperation): number {
  const choice = problem.jobs[job]!.operations[operation]!.alternatives.find(option => option.machine === machine)
  return choice?.duration ?? end - start
}

/** The time from `ready` to the start, shared out: first to material, then to the machine's other work, set-up, closing. */
function waitsOf(problem: Problem, plan: Plan, planned: PlannedOperation, ready: number): LateReason[] {
  const { job, operation, machine: index, start, end } = planned
  const machine = problem.machines[index]!
  const reasons: LateReason[] = []
  const { materialReady } = problem.jobs[job]!.operations[operation]!
  let from = ready
  if (problem.now > from && materialReady < problem.now) {
    const since = Math.max(from, materialReady)
    reasons.push({ code: 'not_started', time: problem.now - since, operation, since })
    from = problem.now
  }
  if (materialReady > from) {
    const until = Math.min(materialReady, start)
    reasons.push({ code: 'material', time: until - from, operation, ready: materialReady })
    from = until
  }
  const others = plan.operations.filter(
    other => other.machine === index && other.end <= start && !(other.job === job && other.operation === operation),
  )
  const blocker = others.reduce<PlannedOperation | null>(
    (latest, other) => (other.end > (latest?.end ?? 0) ? other : latest),
    null,
  )
  if (blocker !== null && blocker.end > from) {
    const { job: otherJob, operation: otherOperation, end: until } = blocker
    const time = until - from
    if (otherJob !== job)
      reasons.push({ code: 'machine_busy', time, operation, machine: index, otherJob, otherOperation, until })
    from = until
  }
  const wait = start - from
  const setup = Math.min(setupOf(problem, planned, others), open(machine, from, start))
  if (setup > 0) reasons.push({ code: 'setup', time: setup, operation, machine: index })
  // The rest is closed time, or open time before a closing that the work did not fit into.
  const closed = wait - setup + (end - start - open(machine, start, end))
  if (closed > 0) reasons.push({ code: 'machine_closed', time: closed, operation, machine: index })
  return reasons
}

function setupOf(problem: Problem, planned: PlannedOperation, others: readonly PlannedOperation[]): number {
  const machine = problem.machines[planned.machine]!
  const familyOf = ({ job, operation }: PlannedOperation) => problem.jobs[job]!.operations[operation]!.family
  const before = [...others].sort((a, b) => b.end - a.end).find(other => familyOf(other) !== null)
  const from = before === undefined ? machine.family : familyOf(before)
  const to = familyOf(planned)
  return from === null || to === null ? 0 : (machine.setup?.[from]?.[to] ?? 0)
}

function open(machine: Machine, from: number, to: number): number {
  if (to <= from) return 0
  if (machine.open === null) return to - from
  const known = machine.open.at(-1)?.end ?? 0
  const closed = subtract([{ start: from, end: Math.min(to, known) }], machine.open)
  return to - from - closed.reduce((sum, span) => sum + span.end - span.start, 0)
}
