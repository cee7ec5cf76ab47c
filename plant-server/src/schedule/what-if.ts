import {
  type Problem as Fault,
  failed,
  fillText,
  type LocalText,
  type Order,
  ok,
  type Result,
  type WhatIf,
} from '@millwright/contract'
import { makeOrder } from './make-order.ts'
import type { Urgency } from './planning.ts'
import type { Shop } from './plant.ts'
import { planTitles } from './reason-texts.ts'
import type { Downtime } from './to-machine.ts'

const MINUTE_MS = 60_000
/** How many times the highest priority in the plant a rush order weighs. */
const RUSH_FACTOR = 3

/** A change as it enters planning. */
export interface Change {
  readonly title: LocalText
  readonly orders: readonly Order[]
  /** Orders that are new or differ from their record; stored when the plan is published. */
  readonly changedOrders: readonly Order[]
  readonly downtimes: readonly Downtime[]
  readonly urgent: readonly Urgency[]
}

/** Turns a question into what planning needs, or says what it names that the plant does not have. */
export function toChange(
  change: WhatIf,
  plant: { shop: Shop; orders: readonly Order[]; names: ReadonlyMap<string, LocalText>; now: number },
): Result<Change, Fault> {
  const { shop, orders, now, names } = plant
  const missing = (what: string, id: string) => failed<Fault>({ code: 'MW-2004', values: { what, id } })
  const nothing = { orders, changedOrders: [], downtimes: [], urgent: [] }
  switch (change.kind) {
    case 'replan':
      return ok({ ...nothing, title: planTitles.replan })
    case 'machine_down': {
      const { equipment, from, hours } = change
      if (!shop.units.some(unit => unit.within.includes(equipment))) return missing('equipment', equipment)
      const title = fillText(planTitles.machine_down, { equipment: names.get(equipment) ?? equipment, hours })
      const start = Math.max(from, now)
      return ok({ ...nothing, title, downtimes: [{ equipment, from: start, to: start + hours * 60 * MINUTE_MS }] })
    }
    case 'rush_order': {
      const priority = RUSH_FACTOR * orders.reduce((highest, order) => Math.max(highest, order.priority), 1)
      if (change.order !== undefined) {
        const old = orders.find(({ id }) => id === change.order)
        if (old === undefined || old.state === 'done') return missing('order', change.order)
        const rush: Order = { ...old, priority, due: change.due ?? old.due }
        return ok(withRush(orders, rush, change.due ?? now))
      }
      const product = shop.products.find(({ id }) => id === change.product)
      if (product === undefined) return missing('product', change.product ?? '')
      const shortest = makeOrder(shop, {
        id: nextOrderId(orders),
        product,
        quantity: change.quantity ?? 1,
        release: now,
        due: now,
        priority,
        remark: '',
      })
      const work = shortest.operations.reduce(
        (sum, { alternatives }) => sum + Math.min(...alternatives.map(a => a.minutes)),
        0,
      )
      // Without a date asked for, as soon as it could be done if nothing stood in its way.
      return ok(withRush(orders, { ...shortest, due: change.due ?? now + work * MINUTE_MS }, change.due ?? now))
    }
  }
}

function withRush(orders: readonly Order[], rush: Order, due: number): Change {
  return {
    title: fillText(planTitles.rush_order, { order: rush.id }),
    orders: [...orders.filter(({ id }) => id !== rush.id), rush],
    changedOrders: [rush],
    downtimes: [],
    urgent: [{ order: rush.id, due, priority: rush.priority }],
  }
}

/** One above the highest number in use, in the same form: after `WO-1060` comes `WO-1061`. */
function nextOrderId(orders: readonly Order[]): string {
  let highest = { prefix: 'WO-', number: 1000 }
  for (const { id } of orders) {
    const [, prefix, digits] = /^(.*?)(\d+)$/.exec(id) ?? []
    if (prefix !== undefined && Number(digits) > highest.number) highest = { prefix, number: Number(digits) }
  }
  return `${highest.prefix}${highest.number + 1}`
}
