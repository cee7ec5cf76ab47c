/** View logic of orders and plan: rows of the Gantt chart, search, colours by state. Pure. */
import type { Equipment, LocalText, OrderStatus, Plan } from '@millwright/contract'

export interface GanttBar {
  /** Row of the chart, counted from the bottom. */
  readonly row: number
  readonly order: string
  readonly operation: number
  readonly start: number
  readonly end: number
  readonly setupMinutes: number
  readonly frozen: boolean
  readonly late: boolean
}

export interface Gantt {
  /** Equipment ids, bottom row first. */
  readonly rows: readonly string[]
  readonly bars: readonly GanttBar[]
}

/** Bars of a plan; only equipment that has work gets a row, in the order of the equipment list, first on top. */
export function ganttOf(plan: Plan, equipment: readonly Equipment[], orders: readonly OrderStatus[]): Gantt {
  const used = new Set(plan.operations.map(each => each.equipment))
  const known = equipment.map(each => each.id).filter(id => used.has(id))
  const rows = [...known, ...[...used].filter(id => !known.includes(id)).sort()].reverse()
  const late = new Set(orders.filter(each => each.lateMinutes > 0).map(each => each.order.id))
  const bars = plan.operations.map(each => ({
    row: rows.indexOf(each.equipment),
    order: each.order,
    operation: each.operation,
    start: each.start,
    end: each.end,
    setupMinutes: each.setupMinutes,
    frozen: each.frozen,
    late: late.has(each.order),
  }))
  return { rows, bars }
}

/** Orders that a person means by a few letters of id or product, late ones only where asked. */
export function findOrders(orders: readonly OrderStatus[], words: string, onlyLate: boolean): OrderStatus[] {
  const wanted = words.trim().toLowerCase()
  return orders.filter(({ order, lateMinutes }) => {
    if (onlyLate && lateMinutes <= 0) return false
    const inText = [order.id, order.product, order.productName.zh, order.productName.en].join(' ').toLowerCase()
    return wanted === '' || inText.includes(wanted)
  })
}

export const nameOf = (equipment: readonly Equipment[], id: string): LocalText =>
  equipment.find(each => each.id === id)?.name ?? { zh: id, en: id }

/** Middle of the first day shown: from a little before now. */
export function firstWindow(plan: Plan, now: number): { start: number; end: number } {
  const starts = plan.operations.map(each => each.start)
  const first = Math.max(now - 2 * 3_600_000, Math.min(...starts, now))
  const last = Math.max(...plan.operations.map(each => each.end), first + 3_600_000)
  return { start: first, end: Math.min(last, first + 36 * 3_600_000) }
}
