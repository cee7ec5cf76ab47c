import { core, isWide, type Type } from '../check/types.ts'
import { wrapOf, wrapWide } from './values.ts'

export type Convert = (value: unknown) => unknown

/**
 * The implicit conversion between two types as a function, or undefined where values stay as they are. The checker has
 * already refused what cannot be converted; what may lose a value wraps, as the hardware does.
 */
export function convertValue(source: Type, target: Type): Convert | undefined {
  const from = core(source)
  const to = core(target)
  if (from === to) return undefined
  if (to.kind === 'string') {
    const { length } = to
    if (from.kind === 'string' && from.length <= length) return undefined
    return value => (String(value).length > length ? String(value).slice(0, length) : String(value))
  }
  if (to.kind === 'enum') return from.kind === 'elementary' && isWide(from) ? Number : undefined
  if (to.kind !== 'elementary') return undefined
  if (from.kind === 'integerLiteral' || from.kind === 'realLiteral') return () => numberTo(to, from.value)
  if (from.kind === 'enum') return isWide(to) ? value => BigInt(value as number) : undefined
  if (from.kind !== 'elementary') return undefined
  if (to.class === 'bool') return undefined
  if (from.class === 'bool') {
    if (to.class === 'real') return value => (value === true ? 1 : 0)
    return isWide(to) ? value => (value === true ? 1n : 0n) : value => (value === true ? 1 : 0)
  }
  if (to.class === 'real') {
    if (isWide(from)) return to.bits === 32 ? value => Math.fround(Number(value)) : value => Number(value)
    if (to.bits === 64) return undefined
    return from.class === 'real' || from.bits > 24 ? value => Math.fround(value as number) : undefined
  }
  if (isWide(to)) {
    if (isWide(from)) return from.class === to.class ? undefined : value => wrapWide(to, value as bigint)
    return value => wrapWide(to, BigInt(Math.trunc(value as number)))
  }
  if (isWide(from)) {
    const wrap = wrapOf(to)
    return value => wrap(Number(BigInt.asIntN(32, value as bigint)))
  }
  const integer = to.class === 'signed' || to.class === 'unsigned' || to.class === 'bits'
  if (!integer) return undefined
  const widens =
    to.bits >= from.bits &&
    (to.class === 'signed' ? from.class === 'signed' || to.bits > from.bits : from.class !== 'signed')
  return widens ? undefined : (wrapOf(to) as Convert)
}

/** A literal's value in the representation of a type. */
export function numberTo(type: Extract<Type, { kind: 'elementary' }>, value: number | bigint): unknown {
  if (type.class === 'bool') return Number(value) !== 0
  if (type.class === 'real') return type.bits === 32 ? Math.fround(Number(value)) : Number(value)
  if (isWide(type)) return wrapWide(type, typeof value === 'bigint' ? value : BigInt(Math.trunc(value)))
  return wrapOf(type)(typeof value === 'bigint' ? Number(BigInt.asIntN(32, value)) : value)
}
