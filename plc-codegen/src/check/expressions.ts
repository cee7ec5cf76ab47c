import { dialects } from '../syntax/dialect.ts'
import { nameOf } from '../syntax/name-of.ts'
import type { BinaryExpression, Expression, Literal } from '../syntax/tree.ts'
import { checkCall } from './calls.ts'
import { evaluateConstant } from './constants.ts'
import { type Context, checkAssignable, literalLength, pick, report } from './context.ts'
import { common } from './convert.ts'
import { checkIndex, checkMember, checkName } from './names.ts'
import { findType } from './resolve-type.ts'
import {
  BOOL,
  core,
  DATE,
  DT,
  type Elementary,
  elementary,
  integerRange,
  LREAL,
  LTIME,
  REAL,
  settle,
  TIME,
  TOD,
  type Type,
  typeName,
  UNKNOWN,
} from './types.ts'

/** The type of an expression, kept in the typing; `wanted` helps literals and overloaded calls. */
export function typeOf(ctx: Context, expression: Expression, wanted?: Type): Type {
  const type = find(ctx, expression, wanted)
  ctx.typing.types.set(expression, type)
  return type
}

/** As `typeOf`, where a value is needed: a block's type or nothing at all is no value. */
export function valueTypeOf(ctx: Context, expression: Expression, wanted?: Type): Type {
  const type = typeOf(ctx, expression, wanted)
  if (type.kind === 'void') {
    report(ctx, 'ST420', expression.span, { name: nameOf(expression) })
    return UNKNOWN
  }
  const ref = ctx.typing.refs.get(expression)
  if (ref?.to === 'type' || ref?.to === 'pou' || (ref?.to === 'standard' && expression.kind !== 'call')) {
    if (expression.kind === 'call') return type
    report(ctx, 'ST420', expression.span, { name: nameOf(expression) })
    return UNKNOWN
  }
  return type
}

function find(ctx: Context, expression: Expression, wanted: Type | undefined): Type {
  switch (expression.kind) {
    case 'literal':
      return literalType(ctx, expression)
    case 'name':
      return checkName(ctx, expression)
    case 'member':
      return checkMember(ctx, expression)
    case 'index':
      return checkIndex(ctx, expression)
    case 'deref': {
      const target = typeOf(ctx, expression.target)
      if (target.kind === 'pointer') return target.to
      if (target.kind === 'reference') return target.to
      const ref = ctx.typing.refs.get(expression.target)
      if (ref?.to === 'this' || ref?.to === 'super' || target.kind === 'unknown') return target
      report(ctx, 'ST413', expression.span, { found: typeName(target) })
      return UNKNOWN
    }
    case 'bit': {
      const target = core(valueTypeOf(ctx, expression.target))
      const width = { X: 1, B: 8, W: 16, D: 32 }[expression.size]
      const result = { X: 'BOOL', B: 'BYTE', W: 'WORD', D: 'DWORD' }[expression.size]
      if (target.kind === 'elementary' && integerRange(target) !== undefined && target.class !== 'bool') {
        if ((expression.index + 1) * width > target.bits)
          report(ctx, 'ST415', expression.span, { type: target.name, bit: expression.index })
      } else if (target.kind !== 'unknown') {
        report(ctx, 'ST415', expression.span, { type: typeName(target), bit: expression.index })
      }
      return pick(result)
    }
    case 'call':
      return checkCall(ctx, expression, wanted)
    case 'unary': {
      const operand = valueTypeOf(ctx, expression.operand, wanted)
      return unaryType(ctx, expression, operand)
    }
    case 'binary':
      return binaryType(ctx, expression, wanted)
    case 'address': {
      const size = /^%[IQM]([XBWDL])?/i.exec(expression.address)?.[1]?.toUpperCase() ?? 'X'
      return pick({ X: 'BOOL', B: 'BYTE', W: 'WORD', D: 'DWORD', L: 'LWORD' }[size] ?? 'BOOL')
    }
    case 'arrayInit':
    case 'structInit':
      return checkInitialiser(ctx, expression, wanted ?? UNKNOWN)
    case 'bad':
      return UNKNOWN
  }
}

function unaryType(ctx: Context, expression: Extract<Expression, { kind: 'unary' }>, operand: Type): Type {
  const t = core(operand)
  const undefinedFor = (): Type => {
    report(ctx, 'ST403', expression.span, { operator: expression.operator, left: typeName(operand), right: '' })
    return UNKNOWN
  }
  if (t.kind === 'unknown') return t
  if (expression.operator === 'NOT') {
    if (t.kind === 'integerLiteral') return settle(t)
    const { looseIntegers } = dialects[ctx.source.dialect]
    const fits =
      t.kind === 'elementary' &&
      (t.class === 'bool' || t.class === 'bits' || (looseIntegers && (t.class === 'signed' || t.class === 'unsigned')))
    return fits ? t : undefinedFor()
  }
  if (t.kind === 'integerLiteral') return expression.operator === '-' ? { kind: 'integerLiteral', value: -t.value } : t
  if (t.kind === 'realLiteral') return expression.operator === '-' ? { kind: 'realLiteral', value: -t.value } : t
  if (
    t.kind === 'elementary' &&
    (t.class === 'signed' ||
      t.class === 'unsigned' ||
      t.class === 'real' ||
      t.class === 'time' ||
      t.class === 'ltime' ||
      t.class === 'bits')
  ) {
    return t
  }
  return undefinedFor()
}

function literalType(ctx: Context, literal: Literal): Type {
  const { prefix, value } = literal
  switch (literal.literal) {
    case 'integer': {
      if (prefix === undefined) return { kind: 'integerLiteral', value: value as number | bigint }
      const type = elementary(prefix)
      if (type === undefined) {
        const named = findType(ctx.project, prefix)
        if (named === undefined) report(ctx, 'ST302', literal.span, { name: prefix })
        return named ?? UNKNOWN
      }
      checkAssignable(ctx, { kind: 'integerLiteral', value: value as number | bigint }, type, literal.span)
      return type
    }
    case 'real':
      return prefix === 'LREAL' ? LREAL : prefix === 'REAL' ? REAL : { kind: 'realLiteral', value: value as number }
    case 'boolean':
      return BOOL
    case 'string':
    case 'wstring': {
      const type: Type = { kind: 'string', wide: literal.literal === 'wstring', length: String(value).length }
      literalLength.add(type)
      return type
    }
    case 'time':
      return prefix === 'LTIME' || prefix === 'LT' ? LTIME : TIME
    case 'date':
      return prefix === 'LDATE' || prefix === 'LD' ? pick('LDATE') : DATE
    case 'dateTime':
      return prefix === 'LDT' || prefix === 'LDATE_AND_TIME' ? pick('LDT') : DT
    case 'timeOfDay':
      return prefix === 'LTOD' || prefix === 'LTIME_OF_DAY' ? pick('LTOD') : TOD
    case 'enum': {
      const type = findType(ctx.project, prefix ?? '')
      if (type?.kind !== 'enum') return UNKNOWN
      const found = type.values.get(String(value).toUpperCase())
      if (found === undefined) report(ctx, 'ST305', literal.span, { owner: type.name, name: String(value) })
      else ctx.typing.refs.set(literal, { to: 'enumValue', type, value: found.value })
      return type
    }
  }
}

const comparisons = new Set(['=', '<>', '<', '>', '<=', '>='])

function binaryType(ctx: Context, expression: BinaryExpression, wanted: Type | undefined): Type {
  const { operator } = expression
  const inherited = comparisons.has(operator) ? undefined : wanted
  const left = valueTypeOf(ctx, expression.left, inherited)
  const right = valueTypeOf(ctx, expression.right, inherited)
  const result = operatorType(ctx, operator, left, right)
  if (result !== undefined) {
    if ((operator === '/' || operator === 'MOD') && isZero(ctx, expression.right, right))
      report(ctx, 'ST423', expression.right.span)
    return result
  }
  report(ctx, 'ST403', expression.span, { operator, left: typeName(settle(left)), right: typeName(settle(right)) })
  return UNKNOWN
}

function isZero(ctx: Context, expression: Expression, type: Type): boolean {
  if (type.kind === 'integerLiteral') return Number(type.value) === 0
  if (expression.kind === 'call' || expression.kind === 'index' || expression.kind === 'member') return false
  const value = evaluateConstant(expression, {
    variable: upper => ctx.pou.variables.get(upper) ?? ctx.project.globals.get(upper),
    enumValue: () => undefined,
  })
  return value === 0 && !(type.kind === 'realLiteral' || (type.kind === 'elementary' && type.class === 'real'))
}

const isTime = (t: Type): t is Elementary => t.kind === 'elementary' && (t.class === 'time' || t.class === 'ltime')
const isMoment = (t: Type): t is Elementary => t.kind === 'elementary' && /^l?(?:date|tod|dt)$/.test(t.class)

/** Result type of an operator, IEC 61131-3:2013 tables 28-36 and the dialect's allowances; undefined where there is none. */
export function operatorType(ctx: Context, operator: string, left: Type, right: Type): Type | undefined {
  const { dialect } = ctx.source
  const { bitArithmetic, looseIntegers } = dialects[dialect]
  const a = core(left)
  const b = core(right)
  if (comparisons.has(operator)) {
    if (a.kind === 'unknown' || b.kind === 'unknown') return BOOL
    if (a.kind === 'array' || a.kind === 'block' || a.kind === 'void') return undefined
    if (a.kind === 'struct' || b.kind === 'struct') return undefined
    if (
      (a.kind === 'null' || b.kind === 'null') &&
      (a.kind === 'pointer' || b.kind === 'pointer' || a.kind === 'interface' || b.kind === 'interface')
    )
      return BOOL
    if (a.kind === 'elementary' && a.class === 'bool' && b.kind === 'elementary' && b.class === 'bool') return BOOL
    return common(a, b, dialect, pick) === undefined ? undefined : BOOL
  }
  const number = (t: Type) =>
    t.kind === 'integerLiteral' ||
    t.kind === 'realLiteral' ||
    t.kind === 'enum' ||
    (t.kind === 'elementary' &&
      (t.class === 'signed' || t.class === 'unsigned' || t.class === 'real' || (bitArithmetic && t.class === 'bits')))
  if (
    operator === 'AND' ||
    operator === 'OR' ||
    operator === 'XOR' ||
    operator === 'AND_THEN' ||
    operator === 'OR_ELSE'
  ) {
    const bitwise = (t: Type) =>
      t.kind === 'unknown' ||
      t.kind === 'integerLiteral' ||
      (t.kind === 'elementary' &&
        (t.class === 'bool' ||
          t.class === 'bits' ||
          (looseIntegers && (t.class === 'signed' || t.class === 'unsigned'))))
    if (!bitwise(a) || !bitwise(b)) return undefined
    const meet = common(a, b, dialect, pick)
    return meet === undefined ? undefined : meet.kind === 'integerLiteral' ? settle(meet) : meet
  }
  if (a.kind === 'unknown' || b.kind === 'unknown') {
    const known = a.kind === 'unknown' ? b : a
    if (known.kind === 'string' || known.kind === 'struct' || known.kind === 'array' || known.kind === 'block')
      return undefined
    return UNKNOWN
  }
  if (operator === '**')
    return number(a) && number(b)
      ? a.kind === 'elementary' && a.class === 'real'
        ? a
        : b.kind === 'elementary' && b.class === 'real'
          ? b
          : REAL
      : undefined
  if (isTime(a) && isTime(b)) {
    if (operator === '+' || operator === '-') return a.class === 'ltime' ? a : b
    if (looseIntegers && (operator === '/' || operator === 'MOD' || operator === '*')) return a
    return undefined
  }
  if (isMoment(a) && isTime(b)) return operator === '+' || operator === '-' ? a : undefined
  if (isTime(a) && isMoment(b)) return operator === '+' && looseIntegers ? b : undefined
  if (isMoment(a) && isMoment(b))
    return operator === '-' && a.class === b.class ? (a.class.startsWith('l') ? LTIME : TIME) : undefined
  if (isTime(a) && number(b)) {
    if (operator === '*' || operator === '/') return a
    return looseIntegers && b.kind === 'integerLiteral' ? a : undefined
  }
  if (number(a) && isTime(b)) return operator === '*' ? b : undefined
  if ((a.kind === 'pointer' && number(b)) || (b.kind === 'pointer' && number(a))) {
    return looseIntegers && (operator === '+' || operator === '-') ? (a.kind === 'pointer' ? a : b) : undefined
  }
  if (a.kind === 'pointer' && b.kind === 'pointer') return operator === '-' ? pick('DWORD') : undefined
  if (!number(a) || !number(b)) return undefined
  if (a.kind === 'integerLiteral' && b.kind === 'integerLiteral') return foldLiterals(operator, a.value, b.value)
  if (operator === 'MOD' && (isReal(a) || isReal(b))) return undefined
  const meet = common(a, b, dialect, pick)
  return meet?.kind === 'enum' ? meet.base : meet
}

const isReal = (t: Type) => t.kind === 'realLiteral' || (t.kind === 'elementary' && t.class === 'real')

function foldLiterals(operator: string, left: number | bigint, right: number | bigint): Type {
  const a = BigInt(left)
  const b = BigInt(right)
  const value =
    operator === '+'
      ? a + b
      : operator === '-'
        ? a - b
        : operator === '*'
          ? a * b
          : b === 0n
            ? 0n
            : operator === '/'
              ? a / b
              : a % b
  return {
    kind: 'integerLiteral',
    value: value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value,
  }
}

/** Checks `[…]`, `(a := …)` or a plain value against the type of what it initialises. */
export function checkInitialiser(ctx: Context, init: Expression, type: Type): Type {
  ctx.typing.types.set(init, type)
  if (init.kind === 'arrayInit') {
    const element = type.kind === 'array' ? type.element : UNKNOWN
    if (type.kind !== 'array' && type.kind !== 'unknown')
      report(ctx, 'ST401', init.span, { from: 'ARRAY', to: typeName(type) })
    for (const item of init.items) {
      if (item.count !== undefined) typeOf(ctx, item.count)
      if (item.value === undefined) continue
      if (item.value.kind === 'arrayInit' && element.kind !== 'array') checkInitialiser(ctx, item.value, type)
      else checkInitialiser(ctx, item.value, element)
    }
    return type
  }
  if (init.kind === 'structInit') {
    for (const field of init.fields) {
      const upper = field.name.text.toUpperCase()
      const known =
        type.kind === 'struct'
          ? type.fields.get(upper)?.type
          : type.kind === 'block'
            ? type.pou.variables.get(upper)?.type
            : UNKNOWN
      if (
        known === undefined &&
        !(type.kind === 'block' && (type.pou.open || type.pou.base !== undefined || type.pou.methods.has('FB_INIT')))
      ) {
        report(ctx, 'ST305', field.name.span, { owner: typeName(type), name: field.name.text })
      }
      checkInitialiser(ctx, field.value, known ?? UNKNOWN)
    }
    return type
  }
  const found = valueTypeOf(ctx, init, type)
  checkAssignable(ctx, found, type, init.span)
  return type
}
