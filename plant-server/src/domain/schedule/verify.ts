import type { Machine, Operation, Plan, PlannedOperation, Problem, Span } from './model.ts'

/**
 * What is wrong with a plan, found without a line of the solver's code: only the problem and the plan are read, and
 * calendars and set-ups are counted anew here. An empty list is the licence to show a plan to anyone.
 */
export type Violation =
  | { readonly code: 'unknown-operation'; readonly job: number; readonly operation: number }
  | { readonly code: 'missing-operation'; readonly job: number; readonly operation: number }
  | { readonly code: 'repeated-operation'; readonly job: number; readonly operation: number }
  | {
      readonly code: 'bad-times'
      readonly job: number
      readonly operation: number
      readonly start: number
      readonly end: number
    }
  | { readonly code: 'wrong-machine'; readonly job: number; readonly operation: number; readonly machine: number }
  | {
      readonly code: 'wrong-duration'
      readonly job: number
      readonly operation: number
      readonly worked: number
      readonly wanted: number
    }
  | { readonly code: 'before-now'; readonly job: number; readonly operation: number; readonly now: number }
  | { readonly code: 'before-release'; readonly job: number; readonly operation: number; readonly release: number }
  | { readonly code: 'before-material'; readonly job: number; readonly operation: number; readonly ready: number }
  | {
      readonly code: 'before-predecessor'
      readonly job: number
      readonly operation: number
      readonly predecessorEnd: number
    }
  | { readonly code: 'machine-closed'; readonly job: number; readonly operation: number; readonly machine: number }
  | { readonly code: 'frozen-changed'; readonly job: number; readonly operation: number }
  | {
      readonly code: 'overlap'
      readonly job: number
      readonly operation: number
      readonly machine: number
      readonly otherJob: number
      readonly otherOperation: number
    }
  | {
      readonly code: 'setup-too-short'
      readonly job: number
      readonly operation: number
      readonly machine: number
      readonly available: number
      readonly wanted: number
    }

export function verify(problem: Problem, plan: Plan): Violation[] {
  const violations: Violation[] = []
  const known: PlannedOperation[] = []
  const seen = new Map<string, PlannedOperation>()
  for (const planned of plan.operations) {
    const { job, operation } = planned
    if (problem.jobs[job]?.operations[operation] === undefined) {
      violations.push({ code: 'unknown-operation', job, operation })
    } else if (seen.has(`${job}.${operation}`)) {
      violations.push({ code: 'repeated-operation', job, operation })
    } else {
      seen.set(`${job}.${operation}`, planned)
      known.push(planned)
    }
  }
  for (const [j, job] of problem.jobs.entries()) {
    for (const [k, operation] of job.operations.entries()) {
      const planned = seen.get(`${j}.${k}`)
      if (planned === undefined) {
        violations.push({ code: 'missing-operation', job: j, operation: k })
        continue
      }
      const before = k > 0 ? seen.get(`${j}.${k - 1}`) : undefined
      violations.push(...checkOne(problem, operation, planned, job.release, before))
    }
  }
  for (const index of problem.machines.keys()) {
    violations.push(...checkMachine(problem, index, known))
  }
  return violations
}

function checkOne(
  problem: Problem,
  operation: Operation,
  planned: PlannedOperation,
  release: number,
  before: PlannedOperation | undefined,
): Violation[] {
  const { job, operation: index, machine, start, end } = planned
  const at = { job, operation: index }
  const found: Violation[] = []
  const { frozen } = operation
  if (frozen !== null) {
    const same = frozen.machine === machine && frozen.start === start && frozen.end === end
    return same ? [] : [{ code: 'frozen-changed', ...at }]
  }
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || start < 0 || end < start) {
    return [{ code: 'bad-times', ...at, start, end }]
  }
  const choice = operation.alternatives.find(alternative => alternative.machine === machine)
  const open = problem.machines[machine]?.open ?? null
  if (choice === undefined) {
    found.push({ code: 'wrong-machine', ...at, machine })
  } else {
    const worked = openTime(open, start, end)
    if (worked !== choice.duration) found.push({ code: 'wrong-duration', ...at, worked, wanted: choice.duration })
    const startsClosed = start < end && openTime(open, start, start + 1) === 0
    const endsClosed = start < end && openTime(open, end - 1, end) === 0
    const paused = !operation.interruptible && worked !== end - start
    if (startsClosed || endsClosed || paused) found.push({ code: 'machine-closed', ...at, machine })
  }
  if (start < problem.now) found.push({ code: 'before-now', ...at, now: problem.now })
  if (start < release) found.push({ code: 'before-release', ...at, release })
  if (start < operation.materialReady) found.push({ code: 'before-material', ...at, ready: operation.materialReady })
  if (before !== undefined && start < before.end) {
    found.push({ code: 'before-predecessor', ...at, predecessorEnd: before.end })
  }
  return found
}

function checkMachine(problem: Problem, index: number, known: readonly PlannedOperation[]): Violation[] {
  const machine = problem.machines[index]!
  const row = known.filter(planned => planned.machine === index).sort((a, b) => a.start - b.start || a.end - b.end)
  const found: Violation[] = []
  const isFrozen = ({ job, operation }: PlannedOperation) => problem.jobs[job]!.operations[operation]!.frozen !== null
  let family = machine.family
  let free = 0
  let latest: PlannedOperation | undefined
  for (const planned of row) {
    const { job, operation, start } = planned
    if (latest !== undefined && start < latest.end && !(isFrozen(planned) && isFrozen(latest))) {
      const other = { otherJob: latest.job, otherOperation: latest.operation }
      found.push({ code: 'overlap', job, operation, machine: index, ...other })
    }
    const next = problem.jobs[job]!.operations[operation]!.family
    const wanted = setupTime(machine, family, next)
    const available = openTime(machine.open, free, start)
    if (!isFrozen(planned) && wanted > available) {
      found.push({ code: 'setup-too-short', job, operation, machine: index, available, wanted })
    }
    if (next !== null) family = next
    if (latest === undefined || planned.end > latest.end) latest = planned
    free = latest.end
  }
  return found
}

function setupTime(machine: Machine, from: number | null, to: number | null): number {
  if (machine.setup === null || from === null || to === null) return 0
  return machine.setup[from]?.[to] ?? 0
}

/** Open time of a machine between two moments; after its last window it is open. */
function openTime(open: readonly Span[] | null, from: number, to: number): number {
  if (to <= from) return 0
  if (open === null) return to - from
  let sum = 0
  let known = 0
  for (const window of open) {
    sum += Math.max(0, Math.min(to, window.end) - Math.max(from, window.start))
    known = Math.max(known, window.end)
  }
  return sum + Math.max(0, to - Math.max(from, known))
}
