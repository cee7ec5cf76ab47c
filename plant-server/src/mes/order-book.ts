/** Orders as people ask for them, and what operators tell of their progress. */
import {
  type Equipment,
  type Order,
  type OrderOperation,
  type OrderStatus,
  type Plan,
  ProblemError,
} from '@millwright/contract'
import type { RunAtStation } from '../domain/quality/lot.ts'
import type { Caller } from '../http/handlers.ts'
import { plantNow, statusesOf } from './moment.ts'
import type { PlanningDeps } from './ports.ts'

export type OrderBook = ReturnType<typeof createOrderBook>

export function createOrderBook(deps: Pick<PlanningDeps, 'records' | 'clock' | 'audit' | 'timeZone' | 'hub'>) {
  const { records, clock, audit, timeZone } = deps
  const missing = (what: string, id: string) => new ProblemError({ code: 'MW-2004', values: { what, id } })

  async function status(id: string): Promise<OrderStatus> {
    const state = await plantNow(deps)
    const order = state.orders.find(each => each.id === id)
    if (order === undefined) throw missing('order', id)
    return statusesOf(state, [order], timeZone)[0]!
  }

  /** Changes one operation of an order and what follows for the order's state. */
  async function change(
    id: string,
    operation: number,
    caller: Caller,
    action: string,
    edit: (was: OrderOperation, order: Order) => OrderOperation,
  ) {
    const order = await records.order(id)
    const was = order?.operations[operation]
    if (order === undefined || was === undefined) throw missing('order', `${id}/${operation}`)
    const operations = order.operations.map((each, i) => (i === operation ? edit(was, order) : each))
    const state: Order['state'] = operations.every(each => each.state === 'done') ? 'done' : 'running'
    await records.putOrder({ ...order, operations, state })
    await audit.record(
      { action, subject: `${id}/${operation}`, before: was, after: operations[operation], reason: '' },
      caller,
    )
    const current = await records.current()
    if (current !== undefined) deps.hub.publish({ type: 'plan', plan: current.id })
    return status(id)
  }

  return {
    equipment: async (): Promise<Equipment[]> => [...((await records.shop())?.equipment ?? [])],
    async list(): Promise<OrderStatus[]> {
      if ((await records.shop()) === undefined) return []
      const state = await plantNow(deps)
      return statusesOf(state, state.orders, timeZone)
    },
    status,
    current: async (): Promise<Plan | null> => (await records.current()) ?? null,
    async plan(id: string): Promise<Plan> {
      const found = await records.plan(id)
      if (found === undefined) throw missing('plan', id)
      return found.plan
    },
    start: (id: string, operation: number, equipment: string, caller: Caller): Promise<OrderStatus> =>
      change(id, operation, caller, 'operation.start', (was, order) => {
        const before = order.operations.slice(0, operation)
        if (was.state !== 'waiting' || before.some(each => each.state !== 'done'))
          throw new ProblemError({ code: 'MW-2009' })
        const chosen = was.alternatives.find(each => each.equipment === equipment)
        if (chosen === undefined) throw missing('equipment', equipment)
        // The equipment it runs on comes first: planning takes that as a fact.
        const alternatives = [chosen, ...was.alternatives.filter(each => each !== chosen)]
        return { ...was, alternatives, state: 'running', actualStart: clock.now() }
      }),
    end: (id: string, operation: number, caller: Caller): Promise<OrderStatus> =>
      change(id, operation, caller, 'operation.end', was => {
        if (was.state !== 'running') throw new ProblemError({ code: 'MW-2009' })
        return { ...was, state: 'done', actualEnd: clock.now() }
      }),
    /** When orders ran at equipment: captures taken meanwhile belong to their lots. */
    async runs(): Promise<RunAtStation[]> {
      return (await records.orders()).flatMap(order =>
        order.operations.flatMap(({ alternatives, actualStart, actualEnd }) =>
          actualStart === undefined
            ? []
            : [
                {
                  order: order.id,
                  station: alternatives[0]!.equipment,
                  from: actualStart,
                  ...(actualEnd === undefined ? {} : { to: actualEnd }),
                },
              ],
        ),
      )
    },
  }
}
