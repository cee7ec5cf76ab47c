/** A Modbus device. */
import { type Static, Type } from 'typebox'
import { Id, Ms, strict } from '../strict.ts'

export const WORD_ORDERS = ['abcd', 'cdab', 'badc', 'dcba'] as const
export const ModbusConfig = strict({
  id: Id,
  kind: Type.Literal('modbus'),
  host: Type.String({ minLength: 1 }),
  port: Type.Optional(Type.Integer({ minimum: 1, maximum: 65_535, default: 502 })),
  unit: Type.Optional(Type.Integer({ minimum: 0, maximum: 255, default: 1 })),
  pollMs: Ms(1000),
  timeoutMs: Ms(1000),
  /** Order of the bytes of a 32-bit value in two registers, where an address does not say. */
  order: Type.Optional(
    Type.Unsafe<(typeof WORD_ORDERS)[number]>(Type.Union(WORD_ORDERS.map(name => Type.Literal(name)))),
  ),
  maxRegisters: Type.Optional(Type.Integer({ minimum: 1, maximum: 125, default: 125 })),
  /** Unused registers that may be read along to save a request. */
  maxGap: Type.Optional(Type.Integer({ minimum: 0, maximum: 100, default: 8 })),
})
export type ModbusConfig = Static<typeof ModbusConfig>
