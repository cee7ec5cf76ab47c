/** How the agent's file names a register: `TABLE:NUMBER[:TYPE][@ORDER]`, e.g. `holding:10:float32@cdab`, pure. */
import { failed, ok, type Result } from '@millwright/contract'
import { WORD_ORDERS } from '../../config/sources/modbus.ts'

export type Table = 'coil' | 'discrete' | 'holding' | 'input'
/** Order of bytes of a 32-bit value: abcd big-endian, cdab words swapped, badc bytes swapped, dcba little-endian. */
export type WordOrder = (typeof WORD_ORDERS)[number]
export type Encoding =
  | 'uint16'
  | 'int16'
  | 'uint32'
  | 'int32'
  | 'float32'
  | 'uint64'
  | 'int64'
  | 'float64'
  /** Four decimal digits in a register, one in each half byte; eight in two. */
  | 'bcd16'
  | 'bcd32'
  | { readonly bit: number }
  /** `bytes` characters, two a register. */
  | { readonly bytes: number }
  /** A coil or discrete input. */
  | 'boolean'

export interface ModbusAddress {
  readonly table: Table
  /** Counted from 0, as on the wire. */
  readonly number: number
  readonly encoding: Encoding
  readonly order: WordOrder
}

const WIDTHS = {
  uint16: 1,
  int16: 1,
  uint32: 2,
  int32: 2,
  float32: 2,
  uint64: 4,
  int64: 4,
  float64: 4,
  bcd16: 1,
  bcd32: 2,
} as const
type Named = keyof typeof WIDTHS

/** Registers (or bits) that an address covers. */
export function widthOf({ encoding }: ModbusAddress): number {
  if (typeof encoding === 'object') return 'bytes' in encoding ? Math.ceil(encoding.bytes / 2) : 1
  return encoding === 'boolean' ? 1 : WIDTHS[encoding]
}

export const isBitTable = (table: Table): boolean => table === 'coil' || table === 'discrete'

export function parseModbusAddress(text: string, order: WordOrder): Result<ModbusAddress, string> {
  const [place = '', given] = text.trim().split('@')
  const [table = '', number = '', type, size] = place.split(':')
  if (!['coil', 'discrete', 'holding', 'input'].includes(table))
    return failed(`the table is one of coil, discrete, holding, input, not "${table}"`)
  if (!/^\d+$/.test(number) || Number(number) > 65_535) return failed('the number is 0 to 65535')
  if (given !== undefined && !(WORD_ORDERS as readonly string[]).includes(given))
    return failed(`the order is one of ${WORD_ORDERS.join(', ')}`)
  const encoding = parseEncoding(table as Table, type, size)
  if (!encoding.ok) return encoding
  const address = {
    table: table as Table,
    number: Number(number),
    encoding: encoding.value,
    order: (given ?? order) as WordOrder,
  }
  return address.number + widthOf(address) > 65_536 ? failed('it ends beyond 65535') : ok(address)
}

function parseEncoding(table: Table, type: string | undefined, size: string | undefined): Result<Encoding, string> {
  if (isBitTable(table)) return type === undefined ? ok('boolean') : failed(`a ${table} has no type`)
  if (type === undefined) return ok('uint16')
  if (type in WIDTHS) return size === undefined ? ok(type as Named) : failed(`${type} has no size`)
  const count = Number(size)
  if (type === 'bit')
    return Number.isInteger(count) && count >= 0 && count <= 15 ? ok({ bit: count }) : failed('bit:0 to bit:15')
  if (type === 'string')
    return Number.isInteger(count) && count > 0 && count <= 240
      ? ok({ bytes: count })
      : failed('string:1 to string:240')
  return failed(`the type is one of ${Object.keys(WIDTHS).join(', ')}, bit:N, string:N`)
}
