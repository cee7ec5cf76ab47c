/** The plant file: `mw-plant schedule FILE --format plant`, and what the plant server imports. JSON. */
import { EquipmentLevel, LocalText } from '@millwright/contract'
import { type Static, type TProperties, Type } from 'typebox'

const strict = <P extends TProperties>(properties: P) => Type.Object(properties, { additionalProperties: false })
const Name = Type.String({ minLength: 1, maxLength: 100 })
const Minutes = Type.Integer({ minimum: 0, maximum: 1_000_000 })
const Amount = Type.Number({ minimum: 0 })

/**
 * A moment after the base date: `+1d 06:00` is a clock time in the plant, so many days after the base day; `-3h` and
 * `+90m` count from the base moment itself, for what has just happened whenever the file is loaded.
 */
export const Moment = Type.String({
  pattern: '^[+-](\\d{1,3}d ([01]\\d|2[0-3]):[0-5]\\d|\\d{1,4}h|\\d{1,5}m)$',
  description: 'Counted from the base date: "+1d 06:00" (day and clock time), "-3h" or "+90m" (from the base moment)',
})
const ClockTime = Type.String({
  pattern: '^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$',
  description: 'Clock time in the plant: "06:00"',
})

const CalendarRow = strict({
  id: Name,
  /** Length of the pattern; day 0 is the day of the base date. */
  cycleDays: Type.Integer({ minimum: 1, maximum: 56 }),
  shifts: Type.Array(
    strict({ days: Type.Array(Type.Integer({ minimum: 0, maximum: 55 })), from: ClockTime, to: ClockTime }),
    { minItems: 1 },
  ),
})

const EquipmentRow = strict({
  id: Name,
  level: EquipmentLevel,
  parent: Type.Optional(Name),
  name: LocalText,
  /** Work units: when they work; without: always. */
  calendar: Type.Optional(Name),
  maintenance: Type.Optional(Type.Array(strict({ from: Moment, to: Moment }))),
  /** Work units: their set-up table, and the family they are set up for at the base date. */
  setup: Type.Optional(Name),
  family: Type.Optional(Name),
})

const SetupRow = strict({
  id: Name,
  families: Type.Array(Name, { minItems: 1 }),
  /** `minutes[i][j]`: from family i to family j. */
  minutes: Type.Array(Type.Array(Minutes)),
})

const MaterialRow = strict({
  id: Name,
  name: LocalText,
  unit: Name,
  onHand: Amount,
  receipts: Type.Array(strict({ at: Moment, quantity: Amount })),
})

const ProductRow = strict({
  id: Name,
  name: LocalText,
  unit: Name,
  materials: Type.Array(
    strict({ material: Name, perUnit: Amount, operation: Type.Optional(Type.Integer({ minimum: 0 })) }),
  ),
  routing: Type.Array(
    strict({
      segment: LocalText,
      family: Type.Optional(Name),
      /** May pause while its machine is closed. */
      interruptible: Type.Boolean(),
      alternatives: Type.Array(
        strict({ equipment: Name, fixedMinutes: Minutes, minutesPerUnit: Type.Number({ minimum: 0 }) }),
        { minItems: 1 },
      ),
    }),
    { minItems: 1 },
  ),
})

const OrderRow = strict({
  id: Name,
  product: Name,
  quantity: Type.Number({ exclusiveMinimum: 0 }),
  release: Moment,
  due: Moment,
  /** Weight of a minute's lateness. */
  priority: Type.Integer({ minimum: 1, maximum: 1000 }),
  held: Type.Optional(Type.Boolean()),
  remark: Type.Optional(Type.String({ maxLength: 500 })),
  /** Operations that have started, from the first on; without `end` it runs. */
  progress: Type.Optional(Type.Array(strict({ equipment: Name, start: Moment, end: Type.Optional(Moment) }))),
})

export const PlantFile = strict({
  format: Type.Literal('millwright-plant/1'),
  name: LocalText,
  /** The plant's clock against UTC. */
  utcOffsetMinutes: Type.Integer({ minimum: -720, maximum: 840 }),
  calendars: Type.Array(CalendarRow),
  setups: Type.Array(SetupRow),
  equipment: Type.Array(EquipmentRow, { minItems: 1 }),
  materials: Type.Array(MaterialRow),
  products: Type.Array(ProductRow),
  orders: Type.Array(OrderRow, { maxItems: 5000 }),
})
export type PlantFile = Static<typeof PlantFile>
