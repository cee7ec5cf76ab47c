import type { OrderState } from '@millwright/contract'
import { Type } from 'typebox'
import { orderStateWords, orderWords } from '../words/orders.ts'
import { say } from '../words/say.ts'
import { defineTool, everyone } from './tool.ts'

const STATES = ['planned', 'released', 'running', 'done', 'held'] as const
const MOST = 20

interface OrdersResult {
  total: number
  counts: Record<(typeof STATES)[number], number>
  state: OrderState | null
  orders: string[]
  more: number
}

/** How many orders there are by state, and the ids of those in one state. */
export const listOrders = defineTool({
  name: 'listOrders',
  description: 'Counts of work orders by state; with `state`, the ids of the orders in it.',
  schema: Type.Object({ state: Type.Optional(Type.Union(STATES.map(state => Type.Literal(state)))) }),
  roles: everyone,
  effect: 'read',
  async run(args, { plant }) {
    const state = (args.state as OrderState | undefined) ?? null
    const all = await plant.orders.listOrders()
    const count = (one: string) => all.filter(({ order }) => order.state === one).length
    const fitting = state === null ? [] : all.filter(({ order }) => order.state === state).map(({ order }) => order.id)
    const result: OrdersResult = {
      total: all.length,
      counts: {
        planned: count('planned'),
        released: count('released'),
        running: count('running'),
        done: count('done'),
        held: count('held'),
      },
      state,
      orders: fitting.slice(0, MOST),
      more: Math.max(0, fitting.length - MOST),
    }
    return { result }
  },
  say(result: OrdersResult, { lang }) {
    const sentences = [say(orderWords.counts, lang, { total: result.total, ...result.counts })]
    if (result.state === null) return sentences
    const state = orderStateWords[result.state] ?? result.state
    sentences.push(
      result.orders.length === 0
        ? say(orderWords.noneListed, lang, { state })
        : say(orderWords.listed, lang, { state, orders: result.orders.join(', ') }),
    )
    if (result.more > 0) sentences.push(say(orderWords.more, lang, { count: result.more }))
    return sentences
  },
})
