import { pick } from '../../check/context.ts'
import { common } from '../../check/convert.ts'
import { core, type Elementary, LREAL, settle, type Type } from '../../check/types.ts'
import { milliseconds } from '../../run/compile-expression.ts'
import type { BinaryExpression, Expression, Literal } from '../../syntax/tree.ts'
import { type Bit, FALSE, TRUE } from '../gates.ts'
import type { Word } from '../words.ts'
import { arithmetic, bitwise, compare, complement, negate } from './arithmetic.ts'
import { call, readProperty } from './call.ts'
import { OPAQUE, type Sym, type SymScope, typeOf, unsupported } from './machine.ts'
import { places, readFrom } from './place.ts'
import { constantIn, convert, shapeOf, unknownOf } from './values.ts'

/** The value of an expression in gates; `guard` says when it is evaluated at all. Mirrors `run/compile-expression.ts`. */
export function value(scope: SymScope, expression: Expression, guard: Bit): Sym {
  const { m } = scope
  const type = typeOf(scope, expression)
  if (type.kind === 'integerLiteral') return m.w.constant(BigInt(type.value), 64)
  const ref = m.program.typing.refs.get(expression)
  if (ref?.to === 'enumValue') return m.w.constant(BigInt(ref.value), 32)
  switch (expression.kind) {
    case 'literal':
      return literal(scope, expression, type)
    case 'name':
    case 'member':
      if (type.kind === 'null') return OPAQUE
      if (ref?.to === 'property') return readProperty(scope, expression, ref.property, guard)
      return readFrom(scope, places(scope, expression, guard), type)
    case 'index':
    case 'address':
      return readFrom(scope, places(scope, expression, guard), type)
    case 'bit': {
      const whole = value(scope, expression.target, guard)
      if (!Array.isArray(whole)) return unsupported('bit')
      const width = { X: 1, B: 8, W: 16, D: 32 }[expression.size]
      const part = (whole as Word).slice(expression.index * width, (expression.index + 1) * width)
      if (part.length < width) return expression.size === 'X' ? FALSE : m.w.resize(part, width, false)
      return expression.size === 'X' ? part[0]! : part
    }
    case 'call':
      return call(scope, expression, guard)
    case 'unary': {
      const settled = settle(type)
      const operand = valueTo(scope, expression.operand, settled, guard)
      if (expression.operator === '+') return operand
      return expression.operator === '-' ? negate(m, settled, operand) : complement(m, settled, operand)
    }
    case 'binary':
      return binary(scope, expression, type, guard)
    default:
      return unsupported(expression.kind)
  }
}

/** The value of an expression for a place of another type. */
export function valueTo(scope: SymScope, expression: Expression, target: Type, guard: Bit): Sym {
  const type = typeOf(scope, expression)
  const to = core(target)
  if (to.kind === 'elementary') {
    if (type.kind === 'integerLiteral') return constantIn(scope.m, to, type.value)
    if (expression.kind === 'literal' && to.class === 'real') return constantIn(scope.m, to, Number(expression.value))
  }
  return convert(scope.m, settle(type), to, value(scope, expression, guard))
}

export function bitOf(scope: SymScope, expression: Expression, guard: Bit): Bit {
  const found = value(scope, expression, guard)
  if (typeof found !== 'number') return unsupported('a condition that is no BOOL')
  return found
}

function literal(scope: SymScope, expression: Literal, type: Type): Sym {
  const { m } = scope
  const { value: held } = expression
  switch (expression.literal) {
    case 'time':
    case 'date':
    case 'dateTime':
    case 'timeOfDay': {
      const shape = shapeOf(type)
      if (shape.kind !== 'word') return OPAQUE
      return m.w.constant(BigInt(Math.trunc(milliseconds(held as bigint, core(type) as Elementary))), shape.width)
    }
    case 'boolean':
      return held === true ? TRUE : FALSE
    case 'integer':
    case 'real': {
      const t = core(settle(type))
      return t.kind === 'elementary' ? constantIn(m, t, held as number | bigint) : unsupported('literal')
    }
    default:
      return OPAQUE
  }
}

function binary(scope: SymScope, expression: BinaryExpression, type: Type, guard: Bit): Sym {
  const { m } = scope
  const { operator, left, right } = expression
  const { dialect } = m.program
  const a = core(typeOf(scope, left))
  const b = core(typeOf(scope, right))
  if (/^(?:=|<>|<=|>=|<|>)$/.test(operator)) {
    if (a.kind === 'pointer' || b.kind === 'pointer' || a.kind === 'null' || b.kind === 'null')
      return unsupported('comparison of pointers')
    const meet = settle(common(a, b, dialect, pick) ?? a)
    return compare(m, operator, meet, valueTo(scope, left, meet, guard), valueTo(scope, right, meet, guard))
  }
  const result = settle(core(type))
  if (/^(?:AND|OR|XOR|AND_THEN|OR_ELSE)$/.test(operator)) {
    const first = valueTo(scope, left, result, guard)
    const inner =
      typeof first !== 'number' || operator === 'XOR'
        ? guard
        : m.g.and(guard, operator.startsWith('AND') ? first : first ^ 1)
    return bitwise(m, operator, result, first, valueTo(scope, right, result, inner))
  }
  if (operator === '**') {
    valueTo(scope, left, LREAL, guard)
    valueTo(scope, right, LREAL, guard)
    return unknownOf(m, result)
  }
  if (result.kind === 'elementary' && /^l?(?:time|date|tod|dt)$/.test(result.class))
    return duration(scope, expression, result, guard)
  return arithmetic(
    m,
    operator,
    result,
    valueTo(scope, left, result, guard),
    valueTo(scope, right, result, guard),
    guard,
  )
}

/** Sums of times, and products of a time with a number. */
function duration(scope: SymScope, expression: BinaryExpression, result: Type, guard: Bit): Sym {
  const { m } = scope
  const plain = (each: Expression): { type: Type; held: Sym } => {
    const own = typeOf(scope, each)
    const type = own.kind === 'integerLiteral' || own.kind === 'realLiteral' ? settle(own) : own
    return { type, held: valueTo(scope, each, type, guard) }
  }
  const a = plain(expression.left)
  const b = plain(expression.right)
  const whole = (each: { type: Type; held: Sym }): Word | undefined => {
    const shape = shapeOf(each.type)
    return shape.kind === 'word' ? m.w.resize(each.held as Word, 64, shape.signed) : undefined
  }
  const x = whole(a)
  const y = whole(b)
  if (x === undefined || y === undefined || shapeOf(result).kind !== 'word') return unknownOf(m, result)
  return arithmetic(m, expression.operator, result, x, y, guard)
}
