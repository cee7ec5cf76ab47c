import { pick } from '../check/context.ts'
import { common } from '../check/convert.ts'
import { core, type Elementary, LREAL, settle, type Type } from '../check/types.ts'
import type { BinaryExpression, Expression, Literal } from '../syntax/tree.ts'
import { arithmetic, bitwise, comparisons, complement, negate } from './arithmetic.ts'
import { compileCall } from './compile-call.ts'
import { compilePlace, selfOf } from './compile-place.ts'
import { convertValue, numberTo } from './convert-value.ts'
import type { Evaluate, Reference } from './machine.ts'
import { type Scope, typeIn, unsupported } from './scope.ts'

/** Compiles an expression; its value is held as its own type asks. */
export function compile(scope: Scope, expression: Expression): Evaluate {
  const type = typeIn(scope, expression)
  if (type.kind === 'integerLiteral' || type.kind === 'realLiteral') {
    const value = type.kind === 'integerLiteral' ? type.value : undefined
    if (value !== undefined) return () => value
  }
  switch (expression.kind) {
    case 'literal':
      return literal(scope, expression)
    case 'name': {
      if (expression.name.toUpperCase() === 'NULL' && type.kind === 'null') return () => null
      const ref = scope.program.typing.refs.get(expression)
      if (ref?.to === 'enumValue') return () => ref.value
      if (ref?.to === 'this') {
        const self = selfOf(scope)
        return f => ({ frame: [self(f)], slot: 0 })
      }
      if (ref?.to === 'method') return unsupported(`${expression.name} without ( )`)
      return compilePlace(scope, expression).read
    }
    case 'member': {
      const ref = scope.program.typing.refs.get(expression)
      if (ref?.to === 'enumValue') return () => ref.value
      return compilePlace(scope, expression).read
    }
    case 'index':
    case 'deref':
    case 'bit':
    case 'address':
      return compilePlace(scope, expression).read
    case 'call':
      return compileCall(scope, expression)
    case 'unary': {
      const operand = compileTo(scope, expression.operand, settle(type))
      if (expression.operator === '+') return operand
      return expression.operator === '-' ? negate(settle(type))(operand) : complement(settle(type))(operand)
    }
    case 'binary':
      return binary(scope, expression, type)
    case 'arrayInit':
    case 'structInit':
      return unsupported('initial value in an expression')
    case 'bad':
      return unsupported('unreadable expression')
  }
}

/** Compiles an expression for a place of another type. */
export function compileTo(scope: Scope, expression: Expression, target: Type): Evaluate {
  const type = typeIn(scope, expression)
  const to = core(target)
  if (to.kind === 'elementary') {
    const value = constantOf(type)
    if (value !== undefined) {
      const held = numberTo(to, value)
      return () => held
    }
    if (expression.kind === 'literal' && to.class === 'real') {
      const held = numberTo(to, Number(expression.value))
      return () => held
    }
  }
  const value = compile(scope, expression)
  const convert = convertValue(settle(type), to)
  return convert === undefined ? value : f => convert(value(f))
}

function constantOf(type: Type): number | bigint | undefined {
  return type.kind === 'integerLiteral' ? type.value : undefined
}

function literal(scope: Scope, expression: Literal): Evaluate {
  const { value } = expression
  switch (expression.literal) {
    case 'time':
    case 'date':
    case 'dateTime':
    case 'timeOfDay': {
      const type = core(typeIn(scope, expression)) as Elementary
      const ms = milliseconds(value as bigint, type)
      return () => ms
    }
    case 'enum': {
      const ref = scope.program.typing.refs.get(expression)
      return ref?.to === 'enumValue' ? () => ref.value : unsupported(expression.text)
    }
    case 'integer': {
      const type = core(typeIn(scope, expression))
      const held = type.kind === 'elementary' ? numberTo(type, value as number | bigint) : value
      return () => held
    }
    case 'real': {
      const type = core(settle(typeIn(scope, expression)))
      const held = type.kind === 'elementary' ? numberTo(type, value as number) : value
      return () => held
    }
    default:
      return () => value
  }
}

/** Nanoseconds of a literal in milliseconds: whole ones, except for the long types. */
export function milliseconds(ns: bigint, type: Elementary): number {
  const exact = Number(ns) / 1e6
  return type.class.startsWith('l') ? exact : Math.trunc(exact)
}

function binary(scope: Scope, expression: BinaryExpression, type: Type): Evaluate {
  const { operator, left, right } = expression
  const { dialect } = scope.program
  const a = core(typeIn(scope, left))
  const b = core(typeIn(scope, right))
  const compare = comparisons[operator]
  if (compare !== undefined) {
    if (a.kind === 'pointer' || b.kind === 'pointer' || a.kind === 'null' || b.kind === 'null')
      return pointers(operator, compile(scope, left), compile(scope, right))
    const meet = settle(common(a, b, dialect, pick) ?? a)
    return compare(compileTo(scope, left, meet), compileTo(scope, right, meet))
  }
  const result = settle(core(type))
  const logic =
    operator === 'AND' || operator === 'OR' || operator === 'XOR' || operator === 'AND_THEN' || operator === 'OR_ELSE'
  if (logic) {
    return (
      bitwise(operator, result)?.(compileTo(scope, left, result), compileTo(scope, right, result)) ??
      unsupported(operator)
    )
  }
  if (operator === '**') {
    const power = arithmetic('**', LREAL)!(compileTo(scope, left, LREAL), compileTo(scope, right, LREAL))
    const narrow = convertValue(LREAL, result)
    return narrow === undefined ? power : f => narrow(power(f))
  }
  const time = result.kind === 'elementary' && !/^(?:bool|bits|signed|unsigned|real)$/.test(result.class)
  if (time) {
    const combine = arithmetic(operator, result)
    const plain = (each: Expression, t: Type) =>
      compileTo(scope, each, t.kind === 'integerLiteral' || t.kind === 'realLiteral' ? settle(t) : t)
    return combine?.(plain(left, a), plain(right, b)) ?? unsupported(operator)
  }
  if (result.kind === 'pointer') return unsupported('pointer arithmetic')
  return (
    arithmetic(operator, result)?.(compileTo(scope, left, result), compileTo(scope, right, result)) ??
    unsupported(operator)
  )
}

function pointers(operator: string, left: Evaluate, right: Evaluate): Evaluate {
  const equal = (x: unknown, y: unknown) => {
    // Zero is the null pointer of CODESYS.
    const a = x === 0 ? null : (x as Reference | null)
    const b = y === 0 ? null : (y as Reference | null)
    return a === b || (a !== null && b !== null && a.frame === b.frame && a.slot === b.slot)
  }
  if (operator === '=') return f => equal(left(f), right(f))
  if (operator === '<>') return f => !equal(left(f), right(f))
  return unsupported('order of pointers')
}
