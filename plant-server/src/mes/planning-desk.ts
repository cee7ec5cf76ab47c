/**
 * The planner's desk: candidates under a change, publishing and undoing. A candidate is verified by the independent
 * verifier when it is made and again when it is published, against the orders as they are then.
 */
import {
  type ActionProposal,
  type Order,
  type Plan,
  type PlanDiff,
  ProblemError,
  type WhatIf,
} from '@millwright/contract'
import type { Caller } from '../http/handlers.ts'
import {
  buildPlanning,
  loadPlantFile,
  type PlanResult,
  type PlantState,
  toPlan,
  verifyPlan,
} from '../schedule/index.ts'
import type { OrderChange } from '../stores/planning-records.ts'
import { plantNow } from './moment.ts'
import type { PlanningDeps } from './ports.ts'
import { planSummary, undoReason } from './texts.ts'

const DEFAULT_SECONDS = 3
const SEED = 1
const SYSTEM = { name: 'system', role: 'administrator' } as const

export type PlanningDesk = ReturnType<typeof createPlanningDesk>

export function createPlanningDesk(deps: PlanningDeps) {
  const { records, scheduler, proposals, audit, hub, clock, newId } = deps

  const refuseUnverified = ({ violations }: Pick<PlanResult, 'violations'>) => {
    if (violations.length > 0)
      throw new ProblemError({ code: 'MW-3002', values: { detail: violations.map(each => each.code).join(', ') } })
  }

  const candidateOf = (result: PlanResult, state: PlantState, createdBy: string): Plan => ({
    ...result.draft,
    id: newId('plan'),
    state: 'candidate',
    ...(state.current === null ? {} : { basedOn: state.current.id }),
    createdAt: state.now,
    createdBy,
  })

  async function putInForce(
    plan: Plan,
    change: OrderChange,
    caller: Pick<Caller, 'name' | 'role'>,
    reason: string,
  ): Promise<Plan> {
    const current = await records.current()
    const published: Plan = { ...plan, state: 'published', publishedAt: clock.now() }
    await records.putInForce(published, current && { ...current, state: 'superseded' }, change.after, [])
    await audit.record(
      {
        action: 'plan.publish',
        subject: plan.id,
        before: current?.id ?? null,
        after: { plan: plan.id, objective: plan.objective, orders: change.after.map(each => each.id) },
        reason,
      },
      caller,
    )
    hub.publish({ type: 'plan', plan: plan.id })
    return published
  }

  return {
    /** Loads a plant file in place of what is there; then plans it from nothing. */
    async importPlant(
      text: string,
      caller: Pick<Caller, 'name' | 'role'>,
      reason: string,
      place = '',
    ): Promise<number> {
      const loaded = loadPlantFile(text, clock.now(), place)
      if (!loaded.ok) {
        const [first] = loaded.fault
        const detail = loaded.fault.map(fault => `${fault.place ?? ''} ${fault.values?.detail ?? ''}`.trim()).join('; ')
        throw new ProblemError({
          code: 'MW-3001',
          ...(first?.place === undefined ? {} : { place: first.place }),
          values: { detail },
        })
      }
      const { shop, equipment, orders } = loaded.value
      const before = (await records.orders()).length
      await records.replacePlant(shop, equipment, orders)
      await audit.record(
        {
          action: 'orders.import',
          subject: 'plant file',
          before: { orders: before },
          after: { orders: orders.length },
          reason,
        },
        caller,
      )
      return orders.length
    },

    /** Plans a plant that has no plan in force, and publishes that plan. */
    async ensurePlan(seconds = DEFAULT_SECONDS): Promise<Plan | undefined> {
      const current = await records.current()
      if (current !== undefined || (await records.shop()) === undefined) return current
      const state = await plantNow(deps)
      const result = await scheduler.plan(state, { seconds, seed: SEED })
      refuseUnverified(result)
      const plan = candidateOf(result, state, SYSTEM.name)
      const change = { after: [], before: [] }
      await records.addCandidate(plan, change)
      return putInForce(plan, change, SYSTEM, 'first plan')
    },

    async whatIf(
      change: WhatIf,
      caller: Caller,
      seconds = DEFAULT_SECONDS,
    ): Promise<{ plan: Plan; diff: PlanDiff; proposal: ActionProposal }> {
      const state = await plantNow(deps)
      const answered = await scheduler.whatIf(state, change, { seconds, seed: SEED })
      if (!answered.ok) throw new ProblemError(answered.fault)
      const result = answered.value
      refuseUnverified(result)
      const plan = candidateOf(result, state, caller.name)
      const before = result.changedOrders.map(({ id }) => state.orders.find(order => order.id === id) ?? null)
      await records.addCandidate(plan, { after: result.changedOrders, before })
      const diff: PlanDiff = {
        ...result.diff,
        to: plan.id,
        ...(state.current === null ? {} : { from: state.current.id }),
      }
      const proposal = await proposals.create({
        kind: 'publish_plan',
        title: plan.title,
        summary: planSummary(diff),
        roles: ['planner'],
        createdBy: caller.name,
        payload: { planId: plan.id, diff },
      })
      return { plan, diff, proposal }
    },

    /** What approving a `publish_plan` proposal does. */
    async publish(planId: string, caller: Pick<Caller, 'name' | 'role'>, reason: string): Promise<Plan> {
      const found = await records.plan(planId)
      if (found === undefined) throw new ProblemError({ code: 'MW-2004', values: { what: 'plan', id: planId } })
      const { plan, orders } = found
      const state = await plantNow(deps)
      if (plan.state !== 'candidate') throw new ProblemError({ code: 'MW-2009' })
      if (plan.basedOn !== state.current?.id) throw new ProblemError({ code: 'MW-3003' })
      // Operations may have started since the candidate was made: verify against the orders of now.
      const planning = buildPlanning({
        shop: state.shop,
        orders: merged(state.orders, orders.after),
        now: plan.createdAt,
        downtimes: plan.downtimes,
      })
      refuseUnverified({ violations: verifyPlan(planning.problem, toPlan(planning, plan.operations)) })
      return putInForce(plan, orders, caller, reason)
    },

    /** The plan that the one in force was based on comes into force again, with the orders as they were. */
    async undo(caller: Pick<Caller, 'name' | 'role'>, reason: string): Promise<Plan> {
      const current = await records.current()
      const previous = current?.basedOn === undefined ? undefined : (await records.plan(current.basedOn))?.plan
      if (current === undefined || previous === undefined)
        throw new ProblemError({ code: 'MW-2004', values: { what: 'plan', id: undoReason } })
      const change = (await records.plan(current.id))?.orders ?? { after: [], before: [] }
      const restored = change.before.filter((order): order is Order => order !== null)
      const removed = change.after.filter((_, i) => change.before[i] === null).map(order => order.id)
      const next: Plan = { ...previous, state: 'published', publishedAt: clock.now() }
      await records.putInForce(next, { ...current, state: 'undone' }, restored, removed)
      await audit.record(
        { action: 'plan.undo', subject: current.id, before: current.id, after: previous.id, reason },
        caller,
      )
      hub.publish({ type: 'plan', plan: previous.id })
      return next
    },
  }
}

const merged = (orders: readonly Order[], changed: readonly Order[]): Order[] => [
  ...orders.filter(order => !changed.some(each => each.id === order.id)),
  ...changed,
]
