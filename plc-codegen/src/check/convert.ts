import { type Dialect, dialects } from '../syntax/dialect.ts'
import { core, type Elementary, integerRange, type Type } from './types.ts'

/** How a value gets from one type to another without being asked: exactly, perhaps with loss, or not at all. */
export type Conversion = 'exact' | 'lossy' | 'outOfRange' | 'none'

const integerLike = (type: Elementary) => type.class === 'signed' || type.class === 'unsigned' || type.class === 'bits'

export function implicit(source: Type, target: Type, dialect: Dialect): Conversion {
  if (source.kind === 'unknown' || target.kind === 'unknown') return 'exact'
  if (target.kind === 'reference') return implicit(source, target.to, dialect)
  if (source.kind === 'reference') return implicit(source.to, target, dialect)
  if (source.kind === 'integerLiteral') return literalTo(source.value, target, dialect)
  if (source.kind === 'realLiteral') {
    const to = core(target)
    return to.kind === 'elementary' && to.class === 'real' ? 'exact' : 'none'
  }
  if (source.kind === 'null')
    return target.kind === 'pointer' || target.kind === 'interface' || target.kind === 'block' ? 'exact' : 'none'
  const { looseIntegers } = dialects[dialect]
  if (source.kind === 'enum' || target.kind === 'enum') return enumTo(source, target, looseIntegers)
  const from = core(source)
  const to = core(target)
  if (from.kind === 'elementary' && to.kind === 'elementary') return elementaryTo(from, to, looseIntegers)
  if (from.kind === 'string' && to.kind === 'string') return from.wide === to.wide ? 'exact' : 'none'
  if (from.kind === 'elementary' && from.class === 'char' && to.kind === 'string')
    return (from.bits === 16) === to.wide ? 'exact' : 'none'
  if (from.kind === 'string' && to.kind === 'elementary' && to.class === 'char')
    return (to.bits === 16) === from.wide && from.length <= 1 ? 'exact' : 'none'
  if (from.kind === 'pointer' && to.kind === 'pointer') return 'exact'
  if (from.kind === 'pointer' || to.kind === 'pointer') {
    const other = from.kind === 'pointer' ? to : from
    return looseIntegers && other.kind === 'elementary' && integerLike(other) && other.bits >= 32 ? 'exact' : 'none'
  }
  if (from.kind === 'array' && to.kind === 'array') {
    if (from.dimensions.length !== to.dimensions.length) return 'none'
    const fits = from.dimensions.every((each, i) => {
      const other = to.dimensions[i]
      return each === undefined || other === undefined || each.high - each.low === other.high - other.low
    })
    return fits && implicit(from.element, to.element, dialect) === 'exact' ? 'exact' : 'none'
  }
  if (from.kind === 'struct' && to.kind === 'struct')
    return from === to || from.name.toUpperCase() === to.name.toUpperCase() ? 'exact' : 'none'
  if (from.kind === 'block' && to.kind === 'block') {
    for (let pou: typeof from.pou | undefined = from.pou; pou !== undefined; pou = pou.base)
      if (pou === to.pou) return 'exact'
    return from.pou.open || to.pou.open ? 'exact' : 'none'
  }
  if (to.kind === 'interface' || from.kind === 'interface')
    return from.kind === 'block' || from.kind === to.kind ? 'exact' : 'none'
  return 'none'
}

function literalTo(value: number | bigint, target: Type, dialect: Dialect): Conversion {
  if (target.kind === 'subrange') {
    return value >= target.low && value <= target.high ? 'exact' : 'outOfRange'
  }
  if (target.kind === 'enum') return dialects[dialect].looseIntegers ? 'exact' : 'none'
  if (target.kind === 'pointer') return dialects[dialect].looseIntegers ? 'exact' : 'none'
  if (target.kind !== 'elementary') return 'none'
  if (target.class === 'real') return 'exact'
  const range = integerRange(target)
  if (range === undefined) return 'none'
  if (value >= range.low && value <= range.high) return 'exact'
  // `DWORD := -1` and `INT := 16#FFFF` give the bit pattern in CODESYS and SCL.
  const pattern = value < 0n ? value >= -(1n << BigInt(target.bits - 1)) : value < 1n << BigInt(target.bits)
  return target.class !== 'bool' && pattern && dialects[dialect].looseIntegers ? 'lossy' : 'outOfRange'
}

function enumTo(source: Type, target: Type, loose: boolean): Conversion {
  if (source.kind === 'enum' && target.kind === 'enum') {
    if (source === target || source.name.toUpperCase() === target.name.toUpperCase()) return 'exact'
    return loose ? 'lossy' : 'none'
  }
  const other = core(source.kind === 'enum' ? target : source)
  return loose && other.kind === 'elementary' && integerLike(other) ? 'exact' : 'none'
}

function elementaryTo(from: Elementary, to: Elementary, loose: boolean): Conversion {
  if (from === to) return 'exact'
  if (from.class === 'bool') return to.class === 'bits' ? 'exact' : 'none'
  if (to.class === 'bool') return 'none'
  if (integerLike(from) && integerLike(to)) {
    if (from.class === to.class) return to.bits >= from.bits ? 'exact' : loose ? 'lossy' : 'none'
    if (from.class === 'unsigned' && to.class === 'signed' && to.bits > from.bits) return 'exact'
    if (!loose) return 'none'
    const unsigned = from.class !== 'signed'
    if (unsigned && to.class !== 'signed') return to.bits >= from.bits ? 'exact' : 'lossy'
    if (unsigned) return to.bits > from.bits ? 'exact' : 'lossy'
    return 'lossy'
  }
  if (
    to.class === 'real' &&
    (from.class === 'signed' || from.class === 'unsigned' || (from.class === 'bits' && loose))
  ) {
    const digits = to.bits === 32 ? 24 : 53
    return from.bits <= digits ? 'exact' : loose ? 'lossy' : 'none'
  }
  if (from.class === 'real' && to.class === 'real') return to.bits >= from.bits ? 'exact' : loose ? 'lossy' : 'none'
  const longer: Partial<Record<string, string>> = { time: 'ltime', date: 'ldate', tod: 'ltod', dt: 'ldt' }
  if (longer[from.class] === to.class) return 'exact'
  return 'none'
}

const larger = (a: Elementary, b: Elementary) => (a.bits >= b.bits ? a : b)

/**
 * The type in which two operands meet, or undefined. Unlike signs meet in the next wider signed type, as CODESYS does;
 * the standard itself asks for an explicit conversion there.
 */
export function common(
  left: Type,
  right: Type,
  dialect: Dialect,
  pick: (name: string) => Elementary,
): Type | undefined {
  if (left.kind === 'unknown') return right
  if (right.kind === 'unknown') return left
  const a = core(left)
  const b = core(right)
  if (a.kind === 'integerLiteral' && b.kind === 'integerLiteral') return a
  if (a.kind === 'integerLiteral') return literalMeets(a.value, b, dialect, pick)
  if (b.kind === 'integerLiteral') return literalMeets(b.value, a, dialect, pick)
  if (a.kind === 'realLiteral' || b.kind === 'realLiteral') {
    const other = a.kind === 'realLiteral' ? b : a
    if (other.kind === 'realLiteral') return other
    if (other.kind !== 'elementary') return undefined
    if (other.class === 'real') return other
    const { bitArithmetic } = dialects[dialect]
    return other.class === 'signed' || other.class === 'unsigned' || (bitArithmetic && other.class === 'bits')
      ? pick('REAL')
      : undefined
  }
  if (a.kind === 'string' && b.kind === 'string') return a.wide === b.wide ? (a.length >= b.length ? a : b) : undefined
  if (a.kind === 'elementary' && b.kind === 'elementary') {
    if (a === b) return a
    if (a.class === b.class) return larger(a, b)
    const forward = implicit(a, b, dialect)
    const back = implicit(b, a, dialect)
    if (forward === 'exact') return b
    if (back === 'exact') return a
    if (forward === 'none' && back === 'none') return undefined
    if (a.class === 'real' || b.class === 'real') return a.class === 'real' ? a : b
    if (!integerLike(a) || !integerLike(b)) return undefined
    const bits = Math.min(64, Math.max(a.bits, b.bits) * 2)
    return pick(bits === 16 ? 'INT' : bits === 32 ? 'DINT' : 'LINT')
  }
  if (implicit(left, right, dialect) === 'exact') return right
  if (implicit(right, left, dialect) === 'exact') return left
  return undefined
}

function literalMeets(
  value: number | bigint,
  other: Type,
  dialect: Dialect,
  pick: (name: string) => Elementary,
): Type | undefined {
  if (other.kind === 'realLiteral') return other
  if (other.kind === 'enum' || other.kind === 'pointer') return dialects[dialect].looseIntegers ? other : undefined
  if (other.kind !== 'elementary') return undefined
  if (other.class === 'real') return other
  const range = integerRange(other)
  if (range === undefined) return undefined
  if (value >= range.low && value <= range.high) return other
  if (other.class === 'bool') return undefined
  const order =
    other.class === 'signed'
      ? ['SINT', 'INT', 'DINT', 'LINT']
      : value < 0
        ? ['SINT', 'INT', 'DINT', 'LINT']
        : ['USINT', 'UINT', 'UDINT', 'ULINT']
  for (const name of order) {
    const wider = pick(name)
    const reach = integerRange(wider)!
    if (value >= reach.low && value <= reach.high && (wider.bits > other.bits || wider.class === other.class))
      return wider
  }
  return pick('LINT')
}
