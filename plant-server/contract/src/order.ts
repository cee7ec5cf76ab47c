/** MES: equipment, work orders and their operations, in ISA-95 / IEC 62264 terms. */
import { type Static, Type } from 'typebox'
import { LocalText } from './text.ts'

export const EquipmentLevel = Type.Union(
  (['enterprise', 'site', 'area', 'work_center', 'work_unit'] as const).map(level => Type.Literal(level)),
)

export const Equipment = Type.Object({
  id: Type.String(),
  level: Type.Unsafe<'enterprise' | 'site' | 'area' | 'work_center' | 'work_unit'>(EquipmentLevel),
  parent: Type.Optional(Type.String()),
  name: LocalText,
})
export type Equipment = Static<typeof Equipment>

export const OrderState = Type.Unsafe<'planned' | 'released' | 'running' | 'done' | 'held'>(
  Type.Union(['planned', 'released', 'running', 'done', 'held'].map(state => Type.Literal(state))),
)
export type OrderState = Static<typeof OrderState>

export const OrderOperation = Type.Object({
  /** Counted from 0. */
  operation: Type.Integer({ minimum: 0 }),
  /** ISA-95 operations segment. */
  segment: LocalText,
  /** Equipment that can do it, with minutes for the whole quantity. */
  alternatives: Type.Array(Type.Object({ equipment: Type.String(), minutes: Type.Number() })),
  state: Type.Unsafe<'waiting' | 'running' | 'done'>(
    Type.Union(['waiting', 'running', 'done'].map(state => Type.Literal(state))),
  ),
  actualStart: Type.Optional(Type.Integer()),
  actualEnd: Type.Optional(Type.Integer()),
})
export type OrderOperation = Static<typeof OrderOperation>

export const Order = Type.Object({
  id: Type.String(),
  product: Type.String(),
  productName: LocalText,
  quantity: Type.Number(),
  unit: Type.String(),
  release: Type.Integer(),
  due: Type.Integer(),
  /** Weight of a minute's lateness. */
  priority: Type.Number(),
  state: OrderState,
  materials: Type.Array(
    Type.Object({ material: Type.String(), name: LocalText, quantity: Type.Number(), unit: Type.String() }),
  ),
  operations: Type.Array(OrderOperation),
  remark: Type.String(),
})
export type Order = Static<typeof Order>

/** An order with what the plan in force says of it. */
export const OrderStatus = Type.Object({
  order: Order,
  /** Planned end of the last operation; absent where the plan in force lacks the order. */
  plannedEnd: Type.Optional(Type.Integer()),
  /** Minutes after the due date, 0 when in time. */
  lateMinutes: Type.Number(),
  /** Why it is late: machine, predecessor, material, calendar, set-up. */
  reasons: Type.Array(
    Type.Object({
      code: Type.String(),
      text: LocalText,
      values: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
    }),
  ),
})
export type OrderStatus = Static<typeof OrderStatus>
