/** What the overview singles out. Pure. */
import type { Loop, OrderStatus, Plan, TagDefinition } from '@millwright/contract'
import type { Section } from '../../plant/model.ts'

/** The few values of a section that say most: controlled ones, then those with the sternest limits. */
export function keyTags(section: Section, loops: readonly Loop[], most = 2): TagDefinition[] {
  const weight = ({ tag }: Section['measures'][number], hasSetpoint: boolean) =>
    (loops.some(loop => loop.target === tag.tag) ? 8 : 0) +
    (tag.limits?.hihi !== undefined || tag.limits?.lolo !== undefined ? 4 : 0) +
    (tag.limits !== undefined ? 2 : 0) +
    (hasSetpoint ? 1 : 0)
  return section.measures
    .map((measure, index) => ({ tag: measure.tag, index, weight: weight(measure, measure.setpoint !== undefined) }))
    .sort((a, b) => b.weight - a.weight || a.index - b.index)
    .slice(0, most)
    .sort((a, b) => a.index - b.index)
    .map(item => item.tag)
}

/** Orders not done that end after their due date, the latest first. */
export const lateOrders = (orders: readonly OrderStatus[]): OrderStatus[] =>
  orders
    .filter(status => status.lateMinutes > 0 && status.order.state !== 'done')
    .sort((a, b) => b.lateMinutes - a.lateMinutes)

export interface NextOperation {
  readonly order: string
  readonly equipment: string
  readonly start: number
}

/** The operation that the plan in force starts next. */
export function nextOperation(
  plan: Plan | null,
  orders: readonly OrderStatus[],
  now: number,
): NextOperation | undefined {
  const waiting = (order: string, operation: number) => {
    const status = orders.find(item => item.order.id === order)
    return status?.order.operations.find(item => item.operation === operation)?.state !== 'running'
  }
  return plan?.operations
    .filter(item => item.start >= now && waiting(item.order, item.operation))
    .sort((a, b) => a.start - b.start)
    .map(({ order, equipment, start }) => ({ order, equipment, start }))[0]
}

/** Span that keeps the noise of a value small in its mini trend: a twentieth of the range, or of the value. */
export const leastSpan = (tag: TagDefinition, value: number | undefined): number =>
  tag.limits?.hi !== undefined && tag.limits.lo !== undefined
    ? (tag.limits.hi - tag.limits.lo) / 2
    : tag.range !== undefined
      ? (tag.range.high - tag.range.low) / 20
      : Math.abs(value ?? 1) / 20 || 1
