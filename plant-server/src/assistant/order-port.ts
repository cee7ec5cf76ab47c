/** The assistant's order book over planning's services. */
import { type Order, ProblemError } from '@millwright/contract'
import type { OrderBook as MesOrderBook } from '../mes/order-book.ts'
import type { PlanningDesk } from '../mes/planning-desk.ts'
import type { Shop } from '../schedule/index.ts'
import type { PlanningRecords } from '../stores/planning-records.ts'
import type { OrderBook } from './ports.ts'

export function createOrderPort(deps: {
  readonly orders: MesOrderBook
  readonly desk: Pick<PlanningDesk, 'whatIf'>
  readonly records: Pick<PlanningRecords<Shop>, 'orders' | 'shop'>
}): OrderBook {
  const idsOf = async () => (await deps.records.orders()).map((order: Order) => order.id)
  return {
    orderIds: idsOf,
    async getOrder(id) {
      try {
        return await deps.orders.status(id)
      } catch (error) {
        if (error instanceof ProblemError && error.problem.code === 'MW-2004') return undefined
        throw error
      }
    },
    listOrders: () => deps.orders.list(),
    currentPlan: () => deps.orders.current(),
    equipment: () => deps.orders.equipment(),
    products: async () => (await deps.records.shop())?.shop.products ?? [],
    whatIf: (change, caller) => deps.desk.whatIf(change, caller),
  }
}
