import { core, type Elementary, integerRange, isWide, type Type } from '../check/types.ts'
import { numberTo } from '../run/convert-value.ts'
import { structuredCopy } from '../run/values.ts'
import type { Expression } from '../syntax/tree.ts'
import type { Random } from './random.ts'

/** Values of a type worth trying: its ends, small numbers, and the program's own constants with their neighbours. */
export interface Pool {
  readonly interesting: readonly unknown[]
  readonly random: (random: Random) => unknown
}

/** Constants that a program and its properties mention. */
export interface Constants {
  readonly numbers: readonly number[]
  readonly texts: readonly string[]
}

export function constantsOf(expressions: Iterable<Expression>): Constants {
  const numbers = new Set<number>([0, 1, -1, 2, 10, 100])
  const texts = new Set<string>(['', 'A', 'abc'])
  for (const each of expressions) {
    if (each.kind !== 'literal') continue
    const { literal, value } = each
    if (literal === 'string' || literal === 'wstring') texts.add(String(value))
    else if (literal === 'integer' || literal === 'real') numbers.add(Number(value))
    else if (literal === 'time' || literal === 'timeOfDay') numbers.add(Number(value) / 1e6)
  }
  return { numbers: [...numbers], texts: [...texts] }
}

export function poolOf(type: Type, constants: Constants): Pool {
  const t = type.kind === 'subrange' ? type : core(type)
  switch (t.kind) {
    case 'enum': {
      const values = [...t.values.values()].map(each => each.value)
      return { interesting: values, random: r => r.pick(values) }
    }
    case 'subrange': {
      const { low, high, base } = t
      const clip = (x: number) => numberTo(base, Math.min(Math.max(Math.trunc(x), low), high))
      return {
        interesting: unique([low, high, low + 1, high - 1, ...constants.numbers].map(clip)),
        random: r => clip(low + r.below(high - low + 1)),
      }
    }
    case 'string':
      return {
        interesting: constants.texts.map(each => each.slice(0, t.length)),
        random: r => Array.from({ length: r.below(Math.min(9, t.length + 1)) }, () => r.pick([...'AZaz09 .'])).join(''),
      }
    case 'elementary':
      return elementary(t, constants)
    default:
      return { interesting: [null], random: () => null }
  }
}

function elementary(t: Elementary, constants: Constants): Pool {
  if (t.class === 'bool') return { interesting: [false, true], random: r => r.next() < 0.5 }
  if (t.class === 'char') return { interesting: ['A', '0'], random: r => String.fromCharCode(32 + r.below(90)) }
  const near = constants.numbers.flatMap(x => [x, x - 1, x + 1, -x])
  if (t.class === 'real') {
    const big = t.bits === 32 ? 3.4028234663852886e38 : Number.MAX_VALUE
    const values = [...near, ...constants.numbers.flatMap(x => [x * 2, x / 2, x + 0.001, x - 0.001]), big, -big, 1e-30]
    return {
      interesting: unique(values.map(x => numberTo(t, x))),
      random: r => numberTo(t, (r.next() - 0.5) * 10 ** (r.below(10) - 2)),
    }
  }
  const range = integerRange(t)
  if (range === undefined) {
    const high = /^l?time$/.test(t.class) ? 2 ** 32 : 2 ** 40
    return {
      interesting: unique([0, 1, 10, 1000, 60_000, high, ...near.map(x => Math.trunc(Math.abs(x)))]),
      random: r => r.below(r.next() < 0.5 ? 10_000 : high),
    }
  }
  const fits = (x: number) => x >= Number(range.low) && x <= Number(range.high)
  const make = (x: number) => numberTo(t, Math.trunc(x))
  const ends = isWide(t)
    ? [range.low, range.high, range.low + 1n, range.high - 1n].map(x => numberTo(t, x))
    : [range.low, range.high, range.low + 1n, range.high - 1n].map(x => make(Number(x)))
  const span = Number(range.high) - Number(range.low)
  return {
    interesting: unique([...near.filter(fits).map(make), ...ends]),
    random: r =>
      r.next() < 0.6
        ? make(Math.max(Number(range.low), Math.min(Number(range.high), r.below(201) - (fits(-1) ? 100 : 0))))
        : make(Number(range.low) + Math.floor(r.next() * span)),
  }
}

function unique(values: readonly unknown[]): unknown[] {
  return [...new Set(values)]
}

/** Sets an input: scalars as they are, aggregates filled in place so that references stay true. */
export function setValue(holder: unknown[], slot: number, value: unknown): void {
  const held = holder[slot]
  if (!Array.isArray(held) || !Array.isArray(value)) {
    holder[slot] = value
    return
  }
  for (let i = 0; i < value.length; i += 1) {
    const each = value[i]
    if (Array.isArray(each)) setValue(held, i, each)
    else held[i] = each
  }
}

export { structuredCopy }
