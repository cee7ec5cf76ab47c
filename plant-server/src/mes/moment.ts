/** Loads what planning and the order pages need at one moment. */
import { type Order, type OrderStatus, type Plan, ProblemError } from '@millwright/contract'
import { buildPlanning, explainOrder, type PlantState } from '../schedule/index.ts'
import type { PlanningDeps } from './ports.ts'

export async function plantNow({ records, clock }: Pick<PlanningDeps, 'records' | 'clock'>): Promise<PlantState> {
  const stored = await records.shop()
  if (stored === undefined) throw new ProblemError({ code: 'MW-2004', values: { what: 'plant', id: 'file' } })
  const [orders, current] = [await records.orders(), await records.current()]
  return { shop: stored.shop, equipment: stored.equipment, orders, now: clock.now(), current: current ?? null }
}

/** What the plan in force says of each order. */
export function statusesOf(state: PlantState, orders: readonly Order[], timeZone: string): OrderStatus[] {
  const { shop, now, current } = state
  const planning = buildPlanning({ shop, orders: state.orders, now, downtimes: current?.downtimes ?? [] })
  const ends = lastEnds(current)
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  return orders.map(order => {
    const plannedEnd = actualEnd(order) ?? ends.get(order.id)
    const lateMinutes = plannedEnd === undefined ? 0 : Math.max(0, Math.round((plannedEnd - order.due) / 60_000))
    const explain = order.state !== 'done' && (plannedEnd === undefined || lateMinutes > 0)
    const reasons = explain ? explainOrder(planning, current?.operations ?? [], order.id, ms => clock.format(ms)) : []
    return { order, ...(plannedEnd === undefined ? {} : { plannedEnd }), lateMinutes, reasons }
  })
}

const actualEnd = (order: Order): number | undefined =>
  order.state === 'done' ? order.operations.at(-1)?.actualEnd : undefined

function lastEnds(plan: Plan | null): Map<string, number> {
  const ends = new Map<string, number>()
  for (const { order, end } of plan?.operations ?? []) ends.set(order, Math.max(ends.get(order) ?? 0, end))
  return ends
}
