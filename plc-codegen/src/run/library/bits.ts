import { type Elementary, isWide } from '../../check/types.ts'
import { wrapOf, wrapWide } from '../values.ts'

/** SHL, SHR, ROL, ROR in the width of the type, IEC 61131-3:2013 table 30. A count below zero shifts by nothing. */
export function shift(name: string, type: Elementary): (value: unknown, count: number) => unknown {
  const width = type.bits
  if (isWide(type)) {
    return (value, count) => {
      const word = BigInt.asUintN(64, value as bigint)
      const by = BigInt(Math.max(0, name.startsWith('RO') ? count % 64 : Math.min(count, 64)))
      const result =
        name === 'SHL'
          ? word << by
          : name === 'SHR'
            ? word >> by
            : name === 'ROL'
              ? (word << by) | (word >> (64n - by))
              : (word >> by) | (word << (64n - by))
      return wrapWide(type, BigInt.asUintN(64, result))
    }
  }
  const wrap = wrapOf(type)
  const mask = width === 32 ? 0xffffffff : (1 << width) - 1
  const left = (word: number, by: number) => (by >= 32 ? 0 : (word << by) >>> 0)
  const right = (word: number, by: number) => (by >= 32 ? 0 : word >>> by)
  return (value, count) => {
    const word = ((value as number) & mask) >>> 0
    const by = Math.max(0, Math.trunc(count))
    if (name === 'SHL') return wrap(by >= width ? 0 : left(word, by))
    if (name === 'SHR') return wrap(by >= width ? 0 : right(word, by))
    const turn = by % width
    if (turn === 0) return wrap(word)
    const forward = name === 'ROL' ? turn : width - turn
    return wrap(left(word, forward) | right(word, width - forward))
  }
}
