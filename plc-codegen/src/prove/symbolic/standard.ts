import { pairArguments } from '../../check/calls.ts'
import { pick } from '../../check/context.ts'
import { common } from '../../check/convert.ts'
import { conversionFunction } from '../../check/library/conversions.ts'
import { borrowedFunction, standardFunction } from '../../check/library/functions.ts'
import { core, LREAL, settle, type Type, UNKNOWN } from '../../check/types.ts'
import type { CallExpression, Expression } from '../../syntax/tree.ts'
import type { Format } from '../floats.ts'
import { type Bit, FALSE } from '../gates.ts'
import type { Word } from '../words.ts'
import { arithmetic, bitwise, compare, complement } from './arithmetic.ts'
import { explicit } from './explicit.ts'
import { type Sym, type SymScope, typeOf, value, valueTo } from './machine.ts'
import { choose, shapeOf, unknownOf } from './values.ts'

const operators: Readonly<Record<string, string>> = { ADD: '+', MUL: '*', SUB: '-', DIV: '/', MOD: 'MOD' }
const comparing: Readonly<Record<string, string>> = { GT: '>', GE: '>=', EQ: '=', LE: '<=', LT: '<', NE: '<>' }

/** A standard function in gates; what has no gates (sines, texts) may be anything of its type. */
export function standard(scope: SymScope, call: CallExpression, name: string, guard: Bit): Sym {
  const { m } = scope
  const { dialect } = m.program
  const found = standardFunction(name, dialect) ?? borrowedFunction(name, dialect, call.args.length)
  const args = call.args.filter(arg => !/^ENO?$/i.test(arg.name?.text ?? ''))
  const result = settle(core(typeOf(scope, call)))
  if (found === undefined) {
    const conversion = conversionFunction(name)
    const arg = args[0]?.value
    if (conversion === undefined || arg === undefined) return unknownOf(m, result)
    const source = conversion.from ?? settle(typeOf(scope, arg))
    const held = valueTo(scope, arg, source, guard)
    return explicit(m, source, conversion.to, conversion.mode, held)
  }
  const pairs = pairArguments(found, args).flatMap(({ arg, parameter }) =>
    arg.value === undefined || parameter === undefined ? [] : [{ parameter, value: arg.value }],
  )
  const all = pairs.map(each => each.value)
  const many = pairs.filter(each => each.parameter.many).map(each => each.value)
  const one = (parameter: string) => pairs.find(each => each.parameter.name.toUpperCase() === parameter)?.value
  const to = (each: Expression | undefined): Sym =>
    each === undefined ? unknownOf(m, result) : valueTo(scope, each, result, guard)
  if (name === 'TIME') return m.now
  const operator = operators[name]
  if (operator !== undefined) return all.map(to).reduce((a, b) => arithmetic(m, operator, result, a, b, guard))
  if (comparing[name] !== undefined) return chain(scope, comparing[name], all, guard)
  switch (name) {
    case 'AND':
    case 'OR':
    case 'XOR':
      return all.map(to).reduce((a, b) => bitwise(m, name, result, a, b))
    case 'NOT':
      return complement(m, result, to(all[0]))
    case 'MOVE':
      return to(all[0])
    case 'ABS':
      return absolute(scope, result, to(all[0]))
    case 'TRUNC':
    case 'TRUNC_INT':
    case 'ROUND':
    case 'CEIL':
    case 'FLOOR': {
      const mode = ({ ROUND: 'round', CEIL: 'ceil', FLOOR: 'floor' } as const)[name as 'ROUND'] ?? 'trunc'
      const shape = shapeOf(result)
      const real = shapeOf(LREAL) as { format: Format }
      if (shape.kind !== 'word' || all[0] === undefined) return unknownOf(m, result)
      return m.fl.toInteger(valueTo(scope, all[0], LREAL, guard) as Word, real.format, shape.width, mode)
    }
    case 'SHL':
    case 'SHR':
    case 'ROL':
    case 'ROR':
      return shifted(scope, name, result, to(one('IN')), one('N')!, guard)
    case 'SEL': {
      const gate = value(scope, one('G')!, guard) as Bit
      return choose(m, gate, to(one('IN1')), to(one('IN0')))
    }
    case 'MAX':
    case 'MIN':
      return many
        .map(to)
        .reduce((best, next) => choose(m, compare(m, name === 'MAX' ? '>' : '<', result, next, best), next, best))
    case 'LIMIT': {
      const low = to(one('MN'))
      const v = to(one('IN'))
      const high = to(one('MX'))
      const inner = choose(m, compare(m, '<', result, v, low), low, v)
      return choose(m, compare(m, '>', result, v, high), high, inner)
    }
    case 'MUX':
      return multiplex(scope, result, one('K')!, many.map(to), guard)
    default:
      return others(scope, name, all, result, guard)
  }
}

function chain(scope: SymScope, operator: string, all: readonly Expression[], guard: Bit): Sym {
  const { m } = scope
  const meet = settle(
    all.map(each => typeOf(scope, each)).reduce((a, b) => common(a, b, m.program.dialect, pick) ?? UNKNOWN),
  )
  const values = all.map(each => valueTo(scope, each, meet, guard))
  return values
    .slice(1)
    .reduce<Bit>((holds, each, i) => m.g.and(holds, compare(m, operator, meet, values[i]!, each)), 1)
}

function absolute(scope: SymScope, type: Type, held: Sym): Sym {
  const { m } = scope
  const shape = shapeOf(type)
  if (shape.kind === 'real') {
    // The simulator asks `v < 0`, so that -0.0 stays what it is.
    const zero = m.fl.constant(0, shape.format)
    return m.w.choose(m.fl.less(held as Word, zero, shape.format), m.fl.negate(held as Word), held as Word)
  }
  if (shape.kind !== 'word' || !shape.signed) return held
  const word = held as Word
  return m.w.choose(word[word.length - 1]!, m.w.negate(word), word)
}

function shifted(scope: SymScope, name: string, type: Type, held: Sym, by: Expression, guard: Bit): Sym {
  const { m } = scope
  const shape = shapeOf(type)
  const own = shapeOf(settle(typeOf(scope, by)))
  if (shape.kind !== 'word' || own.kind !== 'word') return unknownOf(m, type)
  const known = typeOf(scope, by)
  const raw =
    known.kind === 'integerLiteral' ? m.w.constant(BigInt(known.value), 64) : (value(scope, by, guard) as Word)
  // A count below zero shifts by nothing.
  const negative = own.signed ? raw[raw.length - 1]! : FALSE
  const count = m.w.choose(negative, m.w.constant(0n, raw.length), raw)
  const word = held as Word
  if (name === 'SHL') return m.w.shiftLeft(word, count)
  if (name === 'SHR') return m.w.shiftRight(word, count, FALSE)
  const bits = Math.log2(shape.width)
  const turn = m.w.resize(count.slice(0, bits), bits + 1, false)
  const rest = m.w.sub(m.w.constant(BigInt(shape.width), bits + 1), turn)
  const [left, right] = name === 'ROL' ? [turn, rest] : [rest, turn]
  return m.w.map2(m.w.shiftLeft(word, left), m.w.shiftRight(word, right, FALSE), m.g.or)
}

function multiplex(scope: SymScope, type: Type, k: Expression, values: readonly Sym[], guard: Bit): Sym {
  const { m } = scope
  const known = typeOf(scope, k)
  const own = shapeOf(settle(known))
  if (own.kind !== 'word' || values.length === 0) return unknownOf(m, type)
  const index =
    known.kind === 'integerLiteral'
      ? m.w.constant(BigInt(known.value), 66)
      : m.w.resize(value(scope, k, guard) as Word, 66, own.signed)
  let result = values[values.length - 1]!
  for (let i = values.length - 2; i >= 0; i -= 1)
    result = choose(m, m.w.less(m.w.constant(BigInt(i), 66), index, true) ^ 1, values[i]!, result)
  return result
}

function others(scope: SymScope, name: string, all: readonly Expression[], result: Type, guard: Bit): Sym {
  const { m } = scope
  const words = all.map(each => ({ held: value(scope, each, guard), type: settle(typeOf(scope, each)) }))
  const [a, b] = words.map(({ held, type }) => {
    const shape = shapeOf(type)
    return shape.kind === 'word' ? m.w.resize(held as Word, 64, shape.signed) : undefined
  })
  if (a === undefined || b === undefined || !/TIME|DATE|TOD|_DT/.test(name)) return unknownOf(m, result)
  if (name.startsWith('ADD_') || name === 'CONCAT_DATE_TOD') return m.w.add(a, b)
  if (name.startsWith('SUB_')) return m.w.sub(a, b)
  if (name.startsWith('MUL')) return m.w.multiply(a, b)
  return name.startsWith('DIV') ? arithmetic(m, '/', result, a, b, guard) : unknownOf(m, result)
}
