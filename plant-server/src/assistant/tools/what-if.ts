import { type LocalText, type Plan, type PlanDiff, ProblemError, type WhatIf } from '@millwright/contract'
import { Type } from 'typebox'
import { showTime } from '../../domain/quality/plant-day.ts'
import { orderWords } from '../words/orders.ts'
import { figure, say } from '../words/say.ts'
import { Instant, instantArg } from './arguments.ts'
import { defineTool } from './tool.ts'

interface WhatIfResult {
  title: LocalText
  plan: string
  verified: boolean
  before: PlanDiff['before'] | null
  after: PlanDiff['after']
  moved: number
  orders: PlanDiff['orders']
  more: number
  /** The rush order and when it ends in the candidate. */
  rush: { order: string; end: number } | null
}

const MOST_SAID = 4

/** What happens to the plan under a change. Makes a candidate and a proposal; the plan in force stays. */
export const whatIf = defineTool({
  name: 'whatIf',
  description:
    'Plans again under a change (a machine down for some hours, a rush order, or only the time that has passed) and offers the verified candidate as a proposal with its differences. Changes nothing.',
  schema: Type.Object({
    kind: Type.Union([Type.Literal('machine_down'), Type.Literal('rush_order'), Type.Literal('replan')]),
    equipment: Type.Optional(Type.String({ description: 'machine_down: equipment id', maxLength: 64 })),
    hours: Type.Optional(Type.Number({ description: 'machine_down: hours', exclusiveMinimum: 0, maximum: 720 })),
    from: Type.Optional(Instant),
    order: Type.Optional(Type.String({ description: 'rush_order: an order that exists', maxLength: 64 })),
    product: Type.Optional(Type.String({ description: 'rush_order: product of a new order', maxLength: 64 })),
    quantity: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
    due: Type.Optional(Instant),
  }),
  roles: ['planner', 'administrator'],
  effect: 'propose',
  async run(args, { plant, caller, clock }) {
    const known = args.kind === 'rush_order' ? await plant.orders.orderIds() : []
    const { plan, diff, proposal } = await plant.orders.whatIf(toChange(args, clock.now()), caller)
    // Orders whose lateness stays the same are in the differences on the card.
    const orders = diff.orders.filter(order => change(order) > 0).sort((a, b) => change(b) - change(a))
    const result: WhatIfResult = {
      title: plan.title,
      plan: plan.id,
      verified: plan.verified,
      before: diff.before ?? null,
      after: diff.after,
      moved: diff.moved.length,
      orders,
      more: Math.max(0, orders.length - MOST_SAID),
      rush: args.kind === 'rush_order' ? rushIn(plan, known, args.order) : null,
    }
    return { result, proposals: [proposal] }
  },
  say(result: WhatIfResult, { lang, timeZone }) {
    if (!result.verified) return [say(orderWords.unverified, lang, { title: result.title })]
    return [
      say(orderWords.candidate, lang, {
        title: result.title,
        before: result.before?.lateOrders ?? '–',
        after: result.after.lateOrders,
        moved: result.moved,
      }),
      ...(result.rush === null
        ? []
        : [say(orderWords.rush, lang, { order: result.rush.order, end: showTime(result.rush.end, timeZone) })]),
      say(orderWords.tardiness, lang, {
        before:
          result.before === null || result.before === undefined ? '–' : figure(result.before.weightedTardiness, 0),
        after: figure(result.after.weightedTardiness, 0),
        makespan: figure(result.after.makespanMinutes, 0),
      }),
      ...result.orders.slice(0, MOST_SAID).map(order =>
        say(orderWords.changed, lang, {
          order: order.order,
          before: figure(order.lateBefore, 0),
          after: figure(order.lateAfter, 0),
          end: showTime(order.endAfter, timeZone),
        }),
      ),
      ...(result.more > 0 ? [say(orderWords.more, lang, { count: result.more })] : []),
      say(orderWords.approve, lang),
    ]
  },
})

/** The order that was asked for, or the one that the candidate has made. */
function rushIn(plan: Plan, known: readonly string[], asked: string | undefined): WhatIfResult['rush'] {
  const order = asked ?? plan.operations.find(operation => !known.includes(operation.order))?.order
  const ends = plan.operations.filter(operation => operation.order === order).map(operation => operation.end)
  return order === undefined || ends.length === 0 ? null : { order, end: Math.max(...ends) }
}

const change = (order: PlanDiff['orders'][number]) => Math.abs(order.lateAfter - order.lateBefore)

function toChange(
  args: {
    kind: WhatIf['kind']
    equipment?: string
    hours?: number
    from?: string
    order?: string
    product?: string
    quantity?: number
    due?: string
  },
  now: number,
): WhatIf {
  const missing = (detail: string) => new ProblemError({ code: 'MW-5007', values: { tool: 'whatIf', detail } })
  switch (args.kind) {
    case 'replan':
      return { kind: 'replan' }
    case 'machine_down': {
      if (args.equipment === undefined || args.hours === undefined)
        throw missing('machine_down needs equipment and hours')
      const from = args.from === undefined ? now : instantArg('whatIf', args.from)
      return { kind: 'machine_down', equipment: args.equipment, hours: args.hours, from }
    }
    case 'rush_order': {
      if (args.order === undefined && args.product === undefined) throw missing('rush_order needs order or product')
      return {
        kind: 'rush_order',
        ...(args.order === undefined ? {} : { order: args.order }),
        ...(args.product === undefined ? {} : { product: args.product }),
        ...(args.quantity === undefined ? {} : { quantity: args.quantity }),
        ...(args.due === undefined ? {} : { due: instantArg('whatIf', args.due) }),
      }
    }
  }
}
