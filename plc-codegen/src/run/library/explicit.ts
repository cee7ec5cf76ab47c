import { core, type Elementary, isWide, type Type } from '../../check/types.ts'
import { convertValue, numberTo } from '../convert-value.ts'
import { formatDate, formatDuration, formatReal, parseDuration } from './text.ts'

export type Mode = 'to' | 'trunc' | 'fromBcd' | 'toBcd'

/** Rounds to the nearest integer, halves to the even one (IEC 61131-3:2013, table 22, after IEC 60559). */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value)
  const rest = value - floor
  if (rest < 0.5) return floor
  if (rest > 0.5) return floor + 1
  return floor % 2 === 0 ? floor : floor + 1
}

/** An explicit conversion as a function. Integers wrap, reals round, times are milliseconds, dates seconds since 1970. */
export function explicit(source: Type, target: Type, mode: Mode): (value: unknown) => unknown {
  const from = core(source)
  const to = core(target)
  if (mode === 'fromBcd') return value => toNumber(to, fromBcd(BigInt(value as number)))
  if (mode === 'toBcd') return value => toNumber(to, toBcd(BigInt(value as number)))
  if (to.kind === 'string') {
    const { length } = to
    return value => textOf(from, value).slice(0, length)
  }
  if (to.kind !== 'elementary') return value => value
  if (from.kind === 'string') return value => fromText(to, String(value))
  if (from.kind === 'enum' || from.kind === 'integerLiteral') return value => numberTo(to, value as number)
  if (from.kind === 'realLiteral') return value => toNumber(to, roundIf(to, value as number, mode))
  if (from.kind !== 'elementary') return value => value
  if (from.class === 'real' && to.class !== 'real') {
    if (to.class === 'bool') return value => value !== 0
    return value => {
      const v = value as number
      if (!Number.isFinite(v)) return toNumber(to, 0)
      return fromScale(to, mode === 'trunc' ? Math.trunc(v) : roundHalfEven(v))
    }
  }
  if (to.class === 'bool') return value => value !== false && Number(value) !== 0
  const calendar = (t: Elementary) => /^l?(?:time|date|tod|dt)$/.test(t.class)
  if (calendar(from) && calendar(to)) return between(from, to)
  if (calendar(from)) {
    if (to.class === 'real') return value => toNumber(to, Number(toScale(from, value as number)))
    return value => toNumber(to, toScale(from, value as number))
  }
  if (calendar(to)) return value => fromScale(to, Number(value))
  if (from.class === 'char' || to.class === 'char') {
    if (to.class === 'char' && from.class !== 'char') return value => String.fromCharCode(Number(value))
    if (from.class === 'char' && to.class !== 'char') return value => toNumber(to, String(value).charCodeAt(0))
    return value => value
  }
  return convertValue(from, to) ?? (value => value)
}

function roundIf(to: Elementary, value: number, mode: Mode): number {
  if (to.class === 'real') return value
  return mode === 'trunc' ? Math.trunc(value) : roundHalfEven(value)
}

function toNumber(type: Type, value: number | bigint): unknown {
  return type.kind === 'elementary' ? numberTo(type, value) : value
}

/** Numbers that stand for times: milliseconds for durations and times of day, seconds for dates, nanoseconds for the long types. */
function toScale(type: Elementary, ms: number): number | bigint {
  if (type.class === 'date' || type.class === 'dt') return Math.trunc(ms / 1000)
  return type.class.startsWith('l') ? BigInt(Math.round(ms * 1e6)) : Math.trunc(ms)
}

function fromScale(type: Elementary, value: number): unknown {
  if (type.class === 'time' || type.class === 'tod') return Math.trunc(value)
  if (type.class === 'date') return Math.trunc(value / 86_400) * 86_400_000
  if (type.class === 'dt') return Math.trunc(value) * 1000
  if (/^l(?:time|date|tod|dt)$/.test(type.class)) return value / 1e6
  return toNumber(type, value)
}

const DAY = 86_400_000

function between(from: Elementary, to: Elementary): (value: unknown) => unknown {
  const kind = to.class.replace(/^l(?=time|date|tod|dt)/, '')
  const source = from.class.replace(/^l(?=time|date|tod|dt)/, '')
  if (source === 'dt' && kind === 'date') return value => Math.floor((value as number) / DAY) * DAY
  if (source === 'dt' && kind === 'tod') return value => (((value as number) % DAY) + DAY) % DAY
  if (kind === 'tod' && source === 'time') return value => (((value as number) % DAY) + DAY) % DAY
  return to.class.startsWith('l') ? value => value : value => Math.trunc(value as number)
}

function fromBcd(value: bigint): bigint {
  let result = 0n
  let scale = 1n
  for (let rest = value; rest > 0n; rest >>= 4n) {
    result += (rest & 15n) * scale
    scale *= 10n
  }
  return result
}

function toBcd(value: bigint): bigint {
  let result = 0n
  let shift = 0n
  for (let rest = value; rest > 0n; rest /= 10n) {
    result |= (rest % 10n) << shift
    shift += 4n
  }
  return result
}

function textOf(from: Type, value: unknown): string {
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  if (from.kind === 'elementary') {
    if (from.class === 'real') return formatReal(value as number, from.bits)
    if (from.class === 'time' || from.class === 'ltime')
      return `${from.class === 'ltime' ? 'LTIME' : 'T'}#${formatDuration(value as number)}`
    if (/^l?(?:date|tod|dt)$/.test(from.class))
      return formatDate(value as number, from.class.replace(/^l(?=date|tod|dt)/, ''))
  }
  return String(value)
}

function fromText(to: Elementary, text: string): unknown {
  if (to.class === 'bool') return /^\s*(?:TRUE|1)\s*$/i.test(text)
  if (to.class === 'time' || to.class === 'ltime') return parseDuration(text)
  if (to.class === 'real') {
    const value = Number.parseFloat(text)
    return numberTo(to, Number.isNaN(value) ? 0 : value)
  }
  const found = /^\s*([+-]?\d+)/.exec(text)
  const value = found === null ? 0n : BigInt(found[1]!)
  return isWide(to) ? numberTo(to, value) : numberTo(to, Number(BigInt.asIntN(53, value)))
}
