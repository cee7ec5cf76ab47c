import type {
  LocalText,
  Order,
  PlanDiff,
  PlannedOperation,
  PlanObjective,
  Plan as PlanRecord,
} from '@millwright/contract'
import { diffPlans } from '../domain/schedule/diff.ts'
import { costOf, type Plan, type PlannedOperation as Planned, type Problem } from '../domain/schedule/model.ts'
import type { Violation } from '../domain/schedule/verify.ts'
import type { Solved } from './plan-problem.ts'
import { type Planning, toPlan } from './planning.ts'

/** A plan for the records, without what only the records know: id, state, who and when. */
export type PlanDraft = Pick<
  PlanRecord,
  'title' | 'operations' | 'downtimes' | 'objective' | 'bound' | 'verified' | 'seconds'
>

export interface PlanResult {
  readonly draft: PlanDraft
  readonly proved: boolean
  /** Why `draft.verified` is false; empty where it is true. */
  readonly violations: readonly Violation[]
  readonly unplanned: Planning['unplanned']
  readonly planning: Planning
  readonly plan: Plan
}

export function toResult(planning: Planning, solved: Solved, title: LocalText): PlanResult {
  const { plan, bound, violations, proved, seconds } = solved
  return {
    draft: {
      title,
      operations: toRecords(planning, plan),
      downtimes: planning.downtimes.map(({ equipment, from, to }) => ({ equipment, from, to })),
      objective: objectiveOf(planning, plan),
      bound,
      verified: violations.length === 0,
      seconds,
    },
    proved,
    violations,
    unplanned: planning.unplanned,
    planning,
    plan,
  }
}

/** By the due dates and priorities of the orders, also where planning was given others to hurry an order. */
function objectiveOf(planning: Planning, plan: Plan): PlanObjective {
  const ends = planning.orders.map(() => 0)
  for (const { job, end } of plan.operations) ends[job] = Math.max(ends[job]!, end)
  let weightedTardiness = 0
  let lateOrders = 0
  for (const [job, { due, priority }] of planning.orders.entries()) {
    const late = Math.max(0, ends[job]! - Math.round((due - planning.origin) / 60_000))
    weightedTardiness += late * Math.round(priority)
    if (late > 0) lateOrders += 1
  }
  return { weightedTardiness, makespanMinutes: costOf(planning.problem, plan).makespan, lateOrders }
}

function toRecords(planning: Planning, plan: Plan): PlannedOperation[] {
  const time = (minute: number) => planning.origin + minute * 60_000
  const setups = setupMinutes(planning.problem, plan)
  return plan.operations.map(planned => {
    const { job, operation, machine, start, end } = planned
    return {
      order: planning.orders[job]!.id,
      operation,
      equipment: planning.units[machine]!.id,
      start: time(start),
      end: time(end),
      setupMinutes: setups.get(planned) ?? 0,
      frozen: planning.problem.jobs[job]!.operations[operation]!.frozen !== null,
    }
  })
}

function setupMinutes(problem: Problem, plan: Plan): Map<Planned, number> {
  const found = new Map<Planned, number>()
  const rows = problem.machines.map(() => [] as Planned[])
  for (const planned of plan.operations) rows[planned.machine]!.push(planned)
  for (const [index, row] of rows.entries()) {
    const machine = problem.machines[index]!
    let before = machine.family
    for (const planned of row.sort((a, b) => a.start - b.start)) {
      const { family } = problem.jobs[planned.job]!.operations[planned.operation]!
      if (family === null) continue
      if (before !== null) found.set(planned, machine.setup?.[before]?.[family] ?? 0)
      before = family
    }
  }
  return found
}

/** The difference for people, but for the plans' ids; lateness is against the due dates in the orders. */
export function toDiff(
  result: PlanResult,
  current: PlanRecord | null,
  orders: readonly Order[],
): Omit<PlanDiff, 'from' | 'to'> {
  const { planning, plan, draft } = result
  const time = (minute: number) => planning.origin + minute * 60_000
  const before = current === null ? null : toPlan(planning, current.operations)
  const diff = diffPlans(planning.problem, before, plan)
  const late = (order: string, end: number) => {
    const due = orders.find(({ id }) => id === order)?.due ?? Number.POSITIVE_INFINITY
    return Math.max(0, Math.round((end - due) / 60_000))
  }
  return {
    ...(current === null ? {} : { before: current.objective }),
    after: draft.objective,
    moved: diff.moved.map(({ before: was, after }) => ({
      order: planning.orders[after.job]!.id,
      operation: after.operation,
      toEquipment: planning.units[after.machine]!.id,
      toStart: time(after.start),
      ...(was === null ? {} : { fromEquipment: planning.units[was.machine]!.id, fromStart: time(was.start) }),
    })),
    orders: diff.jobs.map(({ job, endBefore, endAfter }) => {
      const order = planning.orders[job]!.id
      return {
        order,
        endAfter: time(endAfter),
        lateBefore: endBefore === null ? 0 : late(order, time(endBefore)),
        lateAfter: late(order, time(endAfter)),
        ...(endBefore === null ? {} : { endBefore: time(endBefore) }),
      }
    }),
  }
}
