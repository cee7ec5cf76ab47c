import { type LocalText, type OrderStatus, ProblemError } from '@millwright/contract'
import { Type } from 'typebox'
import { showTime } from '../../domain/quality/plant-day.ts'
import { orderStateWords, orderWords, quantityUnits } from '../words/orders.ts'
import { figure, say } from '../words/say.ts'
import { defineTool, everyone } from './tool.ts'

export interface OrderResult {
  order: string
  product: LocalText
  quantity: number
  unit: string
  state: string
  due: number
  plannedEnd: number | null
  lateMinutes: number
  lateHours: number
  reasons: LocalText[]
  operationsDone: number
  operationsTotal: number
  running: LocalText | null
}

export function orderResult({ order, plannedEnd, lateMinutes, reasons }: OrderStatus): OrderResult {
  return {
    order: order.id,
    product: order.productName,
    quantity: order.quantity,
    unit: order.unit,
    state: order.state,
    due: order.due,
    plannedEnd: plannedEnd ?? null,
    lateMinutes: Math.round(lateMinutes),
    lateHours: Number((lateMinutes / 60).toFixed(1)),
    reasons: reasons.map(reason => reason.text),
    operationsDone: order.operations.filter(operation => operation.state === 'done').length,
    operationsTotal: order.operations.length,
    running: order.operations.find(operation => operation.state === 'running')?.segment ?? null,
  }
}

/** When an order is done, whether it is late and why. */
export const getOrder = defineTool({
  name: 'getOrder',
  description: 'State of one work order: planned end, due date, minutes late and why, operations done.',
  schema: Type.Object({ order: Type.String({ description: 'Order id, e.g. WO-1043', maxLength: 64 }) }),
  roles: everyone,
  effect: 'read',
  async run({ order }, { plant, memory }) {
    const status = await plant.orders.getOrder(order)
    if (status === undefined) throw new ProblemError({ code: 'MW-2004', values: { what: 'order', id: order } })
    memory.order = order
    return { result: orderResult(status) }
  },
  say(result: OrderResult, { lang, timeZone }) {
    const time = (t: number) => showTime(t, timeZone)
    const head =
      result.state === 'done' ? orderWords.done : result.plannedEnd === null ? orderWords.unplanned : orderWords.planned
    const values = { ...result, product: result.product, due: time(result.due), end: time(result.plannedEnd ?? 0) }
    const sentences = [
      say(head, lang, {
        order: values.order,
        product: values.product,
        quantity: figure(result.quantity),
        unit: quantityUnits[result.unit] ?? result.unit,
        due: values.due,
        end: values.end,
      }),
    ]
    if (result.state === 'done') return sentences
    if (result.lateMinutes > 0) {
      sentences.push(say(orderWords.late, lang, { minutes: result.lateMinutes, hours: result.lateHours }))
    } else if (result.plannedEnd !== null) sentences.push(say(orderWords.inTime, lang))
    for (const reason of result.reasons) sentences.push(say(orderWords.reason, lang, { reason }))
    sentences.push(
      say(orderWords.progress, lang, {
        state: orderStateWords[result.state] ?? result.state,
        done: result.operationsDone,
        total: result.operationsTotal,
      }),
    )
    if (result.running !== null) sentences.push(say(orderWords.running, lang, { segment: result.running }))
    return sentences
  },
})
