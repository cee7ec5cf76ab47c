import { Type } from 'typebox'
import { showTime } from '../../domain/quality/plant-day.ts'
import { orderWords } from '../words/orders.ts'
import { say } from '../words/say.ts'
import { type OrderResult, orderResult } from './get-order.ts'
import { defineTool, everyone } from './tool.ts'

const MOST_SAID = 5

interface LateOrdersResult {
  openOrders: number
  count: number
  orders: OrderResult[]
  /** Late orders that the sentences leave out. */
  more: number
}

/** Which orders end after their due date, latest first. */
export const listLateOrders = defineTool({
  name: 'listLateOrders',
  description: 'Work orders that end after their due date in the plan in force, latest first, with reasons.',
  schema: Type.Object({}),
  roles: everyone,
  effect: 'read',
  async run(_args, { plant }) {
    const open = (await plant.orders.listOrders()).filter(({ order }) => order.state !== 'done')
    const late = open.filter(status => status.lateMinutes > 0).sort((a, b) => b.lateMinutes - a.lateMinutes)
    const result: LateOrdersResult = {
      openOrders: open.length,
      count: late.length,
      orders: late.map(orderResult),
      more: Math.max(0, late.length - MOST_SAID),
    }
    return { result }
  },
  say(result: LateOrdersResult, { lang, timeZone }) {
    if (result.count === 0) return [say(orderWords.noneLate, lang, { orders: result.openOrders })]
    const rows = result.orders.slice(0, MOST_SAID).map(order =>
      say(orderWords.lateRow, lang, {
        order: order.order,
        product: order.product,
        minutes: order.lateMinutes,
        end: showTime(order.plannedEnd ?? 0, timeZone),
      }),
    )
    const head = say(orderWords.lateCount, lang, { count: result.count, orders: result.openOrders })
    return [head, ...rows, ...(result.more > 0 ? [say(orderWords.more, lang, { count: result.more })] : [])]
  },
})
