/** Planning as one part of the plant server. */

import type { Clock } from '@millwright/contract'
import { lotOf } from '../domain/quality/lot.ts'
import type { Audit, Hub, NewId } from '../ports.ts'
import type { ActionProposals } from '../proposals/action-proposals.ts'
import { createScheduler, type Shop } from '../schedule/index.ts'
import { createPlanningRecords } from '../stores/planning-records.ts'
import type { RecordsDb } from '../stores/records.ts'
import { createOrderBook, type OrderBook } from './order-book.ts'
import { createPlanningDesk, type PlanningDesk } from './planning-desk.ts'
import { overtaken, published } from './texts.ts'

export interface PlanningPart {
  readonly orders: OrderBook
  readonly desk: PlanningDesk
  /** Captures taken while an order runs at a station belong to its lot, otherwise to the day's. */
  assignLot(station: string, t: number): Promise<string>
  close(): Promise<void>
}

export interface PlanningPartDeps {
  readonly db: RecordsDb
  readonly proposals: ActionProposals
  readonly audit: Audit
  readonly hub: Hub
  readonly clock: Clock
  readonly newId: NewId
  readonly timeZone: string
}

export function createPlanningPart(deps: PlanningPartDeps): PlanningPart {
  const { db, clock, timeZone } = deps
  const scheduler = createScheduler({ clock })
  const records = createPlanningRecords<Shop>(db)
  const all = { ...deps, records, scheduler }
  const orders = createOrderBook(all)
  const desk = createPlanningDesk(all)
  deps.proposals.registerExecutor('publish_plan', async (payload, caller, reason) => {
    const { planId } = payload as { planId: string }
    await desk.publish(planId, caller, reason)
    // The other candidates were made from the plan that is no longer in force: publishing them would be refused.
    await deps.proposals.supersede('publish_plan', overtaken, caller)
    return published
  })
  return {
    orders,
    desk,
    assignLot: async (station, t) => lotOf({ station, t }, await orders.runs(), timeZone),
    close: () => scheduler.close(),
  }
}
