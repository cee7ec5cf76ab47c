/** Plans: candidate, published, undone; each verified before anyone sees it. */
import { type Static, Type } from 'typebox'
import { LocalText } from './text.ts'

export const PlannedOperation = Type.Object({
  order: Type.String(),
  operation: Type.Integer(),
  equipment: Type.String(),
  /** ms since 1970 UTC; the set-up lies before `start`. */
  start: Type.Integer(),
  end: Type.Integer(),
  setupMinutes: Type.Number(),
  /** Started or inside the frozen horizon: not moved by planning. */
  frozen: Type.Boolean(),
})
export type PlannedOperation = Static<typeof PlannedOperation>

export const PlanObjective = Type.Object({
  weightedTardiness: Type.Number(),
  makespanMinutes: Type.Number(),
  lateOrders: Type.Integer(),
})
export type PlanObjective = Static<typeof PlanObjective>

export const Plan = Type.Object({
  id: Type.String(),
  state: Type.Unsafe<'candidate' | 'published' | 'superseded' | 'undone'>(
    Type.Union(['candidate', 'published', 'superseded', 'undone'].map(state => Type.Literal(state))),
  ),
  /** Plan that was in force when this one was made. */
  basedOn: Type.Optional(Type.String()),
  createdAt: Type.Integer(),
  createdBy: Type.String(),
  publishedAt: Type.Optional(Type.Integer()),
  /** What it answers: first plan, machine down, rush order. */
  title: LocalText,
  operations: Type.Array(PlannedOperation),
  /** Machine closures beyond the calendar that the plan respects. */
  downtimes: Type.Array(Type.Object({ equipment: Type.String(), from: Type.Integer(), to: Type.Integer() })),
  objective: PlanObjective,
  bound: Type.Number(),
  verified: Type.Boolean(),
  seconds: Type.Number(),
})
export type Plan = Static<typeof Plan>

export const PlanDiff = Type.Object({
  from: Type.Optional(Type.String()),
  to: Type.String(),
  before: Type.Optional(PlanObjective),
  after: PlanObjective,
  moved: Type.Array(
    Type.Object({
      order: Type.String(),
      operation: Type.Integer(),
      fromEquipment: Type.Optional(Type.String()),
      toEquipment: Type.String(),
      fromStart: Type.Optional(Type.Integer()),
      toStart: Type.Integer(),
    }),
  ),
  /** Orders whose lateness changes. */
  orders: Type.Array(
    Type.Object({
      order: Type.String(),
      endBefore: Type.Optional(Type.Integer()),
      endAfter: Type.Integer(),
      lateBefore: Type.Number(),
      lateAfter: Type.Number(),
    }),
  ),
})
export type PlanDiff = Static<typeof PlanDiff>

export const WhatIf = Type.Union([
  Type.Object({
    kind: Type.Literal('machine_down'),
    equipment: Type.String(),
    from: Type.Integer(),
    hours: Type.Number({ exclusiveMinimum: 0, maximum: 720 }),
  }),
  Type.Object({
    kind: Type.Literal('rush_order'),
    /** An order that exists is made urgent; otherwise `product`, `quantity` and `due` describe a new one. */
    order: Type.Optional(Type.String()),
    product: Type.Optional(Type.String()),
    quantity: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
    due: Type.Optional(Type.Integer()),
  }),
  /** Plan again with nothing changed but the time that has passed. */
  Type.Object({ kind: Type.Literal('replan') }),
])
export type WhatIf = Static<typeof WhatIf>
