import { core, type Elementary, isWide, type Type } from '../check/types.ts'

/**
 * How values are held: BOOL as boolean; integers and bit strings up to 32 bits as number, 64 bits as bigint; REAL (single
 * precision) and LREAL as number; TIME, DATE, TOD, DT as number of milliseconds (LTIME … with a fraction); STRING as
 * string; arrays, structures and instances as JavaScript arrays that keep their identity, so that references stay true.
 */
export type Wrap = (value: number) => number

const wraps: Readonly<Record<string, Wrap>> = {
  signed8: v => (v << 24) >> 24,
  signed16: v => (v << 16) >> 16,
  signed32: v => v | 0,
  unsigned8: v => v & 0xff,
  unsigned16: v => v & 0xffff,
  unsigned32: v => v >>> 0,
}

/** Brings an integral number into the width of a type of up to 32 bits. Exact up to 2^53. */
export function wrapOf(type: Elementary): Wrap {
  return wraps[`${type.class === 'signed' ? 'signed' : 'unsigned'}${type.bits === 1 ? 8 : type.bits}`] ?? (v => v)
}

export function wrapWide(type: Elementary, value: bigint): bigint {
  return type.class === 'signed' ? BigInt.asIntN(64, value) : BigInt.asUintN(64, value)
}

export function isAggregate(type: Type): boolean {
  const t = core(type)
  return t.kind === 'array' || t.kind === 'struct' || t.kind === 'block'
}

/** Number of elements of an array type; unknown bounds count as none. */
export function sizeOf(type: Extract<Type, { kind: 'array' }>): number {
  return type.dimensions.reduce((size, each) => size * (each === undefined ? 0 : each.high - each.low + 1), 1)
}

/** The zero of a scalar type. */
export function zeroOf(type: Type): unknown {
  const t = core(type)
  switch (t.kind) {
    case 'elementary':
      if (t.class === 'bool') return false
      if (t.class === 'char') return '\u0000'
      return isWide(t) ? 0n : 0
    case 'string':
      return ''
    case 'enum':
      return [...t.values.values()][0]?.value ?? 0
    case 'integerLiteral':
    case 'realLiteral':
      return 0
    default:
      return null
  }
}

/** Copies one aggregate into another of the same shape, element by element. */
export function copyInto(target: unknown, source: unknown): void {
  if (!Array.isArray(target) || !Array.isArray(source) || target === source) return
  const length = Math.min(target.length, source.length)
  for (let i = 0; i < length; i += 1) {
    const value = source[i]
    if (Array.isArray(value) && Array.isArray(target[i])) copyInto(target[i], value)
    else target[i] = Array.isArray(value) ? structuredCopy(value) : value
  }
}

export function structuredCopy(value: unknown): unknown {
  return Array.isArray(value) ? value.map(structuredCopy) : value
}
