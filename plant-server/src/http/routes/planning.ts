/** Equipment, orders, plans. */
import type { OrderBook } from '../../mes/order-book.ts'
import type { PlanningDesk } from '../../mes/planning-desk.ts'
import type { SomeHandlers } from '../handlers.ts'

type Names =
  | 'listEquipment'
  | 'listOrders'
  | 'getOrder'
  | 'importOrders'
  | 'startOperation'
  | 'endOperation'
  | 'currentPlan'
  | 'getPlan'
  | 'whatIf'
  | 'undoPlan'

export function createPlanningHandlers({
  orders,
  desk,
}: {
  orders: OrderBook
  desk: PlanningDesk
}): SomeHandlers<Names> {
  return {
    listEquipment: () => orders.equipment(),
    listOrders: () => orders.list(),
    getOrder: ({ params }) => orders.status(params.id),
    async importOrders({ body }, caller) {
      const count = await desk.importPlant(body.text, caller, body.reason)
      await desk.ensurePlan()
      return { orders: count }
    },
    startOperation: ({ params, body }, caller) => orders.start(params.id, params.operation, body.equipment, caller),
    endOperation: ({ params }, caller) => orders.end(params.id, params.operation, caller),
    currentPlan: () => orders.current(),
    getPlan: ({ params }) => orders.plan(params.id),
    whatIf: ({ body }, caller) => desk.whatIf(body.change, caller, body.seconds),
    undoPlan: ({ body }, caller) => desk.undo(caller, body.reason),
  }
}
