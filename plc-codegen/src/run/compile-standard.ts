import { pairArguments } from '../check/calls.ts'
import { pick } from '../check/context.ts'
import { common } from '../check/convert.ts'
import { conversionFunction } from '../check/library/conversions.ts'
import { borrowedFunction, standardFunction } from '../check/library/functions.ts'
import { core, LREAL, settle, type Type, UNKNOWN } from '../check/types.ts'
import type { CallExpression, Expression } from '../syntax/tree.ts'
import { arithmetic, bitwise, comparisons, complement, negate } from './arithmetic.ts'
import { compilePlace } from './compile-place.ts'
import { convertValue } from './convert-value.ts'
import { shift } from './library/bits.ts'
import { calendarFunctions } from './library/calendar.ts'
import { explicit, roundHalfEven } from './library/explicit.ts'
import { realFunctions } from './library/numeric.ts'
import { stringFunctions } from './library/strings.ts'
import type { Evaluate } from './machine.ts'
import { compile, compileTo, type Scope, typeIn, unsupported } from './scope.ts'
import { raise } from './traps.ts'
import { wrapOf } from './values.ts'

interface Bound {
  /** By parameter, in upper case. */
  readonly one: ReadonlyMap<string, Expression>
  readonly many: readonly Expression[]
  readonly all: readonly Expression[]
}

/** A call of a standard function or conversion. */
export function compileStandard(scope: Scope, call: CallExpression, name: string): Evaluate {
  const { dialect, machine } = scope.program
  const standard = standardFunction(name, dialect) ?? borrowedFunction(name, dialect, call.args.length)
  const args = call.args.filter(arg => !/^ENO?$/i.test(arg.name?.text ?? ''))
  if (standard === undefined) {
    const conversion = conversionFunction(name)
    const value = args[0]?.value
    if (conversion === undefined || value === undefined) return unsupported(name)
    const source = conversion.from ?? settle(typeIn(scope, value))
    const convert = explicit(source, conversion.to, conversion.mode)
    const held = compileTo(scope, value, source)
    return f => convert(held(f))
  }
  const pairs = pairArguments(standard, args).flatMap(({ arg, parameter }) =>
    arg.value === undefined || parameter === undefined ? [] : [{ parameter, value: arg.value }],
  )
  const bound: Bound = {
    one: new Map(pairs.map(each => [each.parameter.name.toUpperCase(), each.value])),
    many: pairs.filter(each => each.parameter.many).map(each => each.value),
    all: pairs.map(each => each.value),
  }
  const result = settle(core(typeIn(scope, call)))
  if (name === 'TIME' || name === 'LTIME') return () => (name === 'TIME' ? Math.trunc(machine.now) : machine.now)
  return (
    numeric(scope, name, bound, result) ??
    selection(scope, name, bound, result) ??
    text(scope, name, bound, result) ??
    times(scope, name, bound) ??
    places(scope, name, bound) ??
    unsupported(name)
  )
}

const operators: Readonly<Record<string, string>> = { ADD: '+', MUL: '*', SUB: '-', DIV: '/', MOD: 'MOD' }
const comparing: Readonly<Record<string, string>> = { GT: '>', GE: '>=', EQ: '=', LE: '<=', LT: '<', NE: '<>' }

function numeric(scope: Scope, name: string, bound: Bound, result: Type): Evaluate | undefined {
  const real = realFunctions[name]
  const only = bound.all[0]
  if (real !== undefined && only !== undefined) {
    const value = compileTo(scope, only, result)
    const round = result.kind === 'elementary' && result.bits === 32 ? Math.fround : (x: number) => x
    return f => round(real(value(f) as number))
  }
  const operator = operators[name]
  if (operator !== undefined) return fold(scope, bound.all, result, arithmetic(operator, result))
  const compare = comparing[name]
  if (compare !== undefined) {
    const meet = settle(meetOf(scope, bound.all))
    const values = bound.all.map(each => compileTo(scope, each, meet))
    const tests = values.slice(1).map((each, i) => comparisons[compare]!(values[i]!, each))
    return f => tests.every(test => test(f) === true)
  }
  switch (name) {
    case 'ABS': {
      const value = compileTo(scope, only!, result)
      const minus = negate(result)(value)
      return f => ((value(f) as number) < 0 ? minus(f) : value(f))
    }
    case 'ATAN2': {
      const [y, x] = bound.all.map(each => compileTo(scope, each, result))
      const round = result.kind === 'elementary' && result.bits === 32 ? Math.fround : (v: number) => v
      return f => round(Math.atan2(y!(f) as number, x!(f) as number))
    }
    case 'EXPT': {
      const [base, power] = bound.all.map(each => compileTo(scope, each, LREAL))
      const narrow = convertValue(LREAL, result) ?? (v => v)
      return f => narrow((base!(f) as number) ** (power!(f) as number))
    }
    case 'TRUNC':
    case 'TRUNC_INT':
    case 'ROUND':
    case 'CEIL':
    case 'FLOOR': {
      const value = compileTo(scope, only!, LREAL)
      const cut =
        name === 'ROUND' ? roundHalfEven : name === 'CEIL' ? Math.ceil : name === 'FLOOR' ? Math.floor : Math.trunc
      const wrap = result.kind === 'elementary' ? wrapOf(result) : (v: number) => v
      return f => wrap(cut(value(f) as number))
    }
    case 'SHL':
    case 'SHR':
    case 'ROL':
    case 'ROR': {
      if (result.kind !== 'elementary') return undefined
      const value = compileTo(scope, bound.one.get('IN')!, result)
      const count = compile(scope, bound.one.get('N')!)
      const move = shift(name, result)
      return f => move(value(f), Number(count(f)))
    }
    case 'AND':
    case 'OR':
    case 'XOR':
      return fold(scope, bound.all, result, bitwise(name, result))
    case 'NOT':
      return complement(result)(compileTo(scope, only!, result))
    default:
      return undefined
  }
}

function fold(
  scope: Scope,
  values: readonly Expression[],
  type: Type,
  operation: ((a: Evaluate, b: Evaluate) => Evaluate) | undefined,
): Evaluate | undefined {
  if (operation === undefined || values.length === 0) return undefined
  return values.map(each => compileTo(scope, each, type)).reduce((left, right) => operation(left, right))
}

function meetOf(scope: Scope, values: readonly Expression[]): Type {
  return values
    .map(each => typeIn(scope, each))
    .reduce((left, right) => common(left, right, scope.program.dialect, pick) ?? UNKNOWN)
}

function selection(scope: Scope, name: string, bound: Bound, result: Type): Evaluate | undefined {
  const to = (each: Expression | undefined) => compileTo(scope, each!, result)
  switch (name) {
    case 'MOVE':
      return to(bound.all[0])
    case 'SEL': {
      const gate = compile(scope, bound.one.get('G')!)
      const low = to(bound.one.get('IN0'))
      const high = to(bound.one.get('IN1'))
      return f => (gate(f) === true ? high(f) : low(f))
    }
    case 'MAX':
    case 'MIN': {
      const values = bound.many.map(to)
      const better = name === 'MAX' ? (a: number, b: number) => a > b : (a: number, b: number) => a < b
      return f => {
        let best = values[0]!(f) as number
        for (let i = 1; i < values.length; i += 1) {
          const next = values[i]!(f) as number
          if (better(next, best)) best = next
        }
        return best
      }
    }
    case 'LIMIT': {
      const low = to(bound.one.get('MN'))
      const value = to(bound.one.get('IN'))
      const high = to(bound.one.get('MX'))
      return f => {
        const v = value(f) as number
        const l = low(f) as number
        const h = high(f) as number
        if (v > h) return h
        if (v < l) return l
        return v
      }
    }
    case 'MUX': {
      const index = compile(scope, bound.one.get('K')!)
      const values = bound.many.map(to)
      // An index outside picks the nearest end, as controllers do.
      return f => values[Math.min(Math.max(Number(index(f)), 0), values.length - 1)]!(f)
    }
    default:
      return undefined
  }
}

function text(scope: Scope, name: string, bound: Bound, result: Type): Evaluate | undefined {
  const run = stringFunctions[name]
  if (run === undefined) return undefined
  const values = bound.all.map(each => compile(scope, each))
  const limit = result.kind === 'string' ? result.length : 0
  return f => {
    const value = run(...values.map(each => each(f)))
    return typeof value === 'string' && value.length > limit ? value.slice(0, limit) : value
  }
}

function times(scope: Scope, name: string, bound: Bound): Evaluate | undefined {
  const made = calendarFunctions[name]
  if (made !== undefined) {
    const parts = bound.all.map(each => compile(scope, each))
    return f => made(...parts.map(each => each(f)))
  }
  if (!/TIME|DATE|TOD|_L?DT/.test(name)) return undefined
  const [left, right] = bound.all.map(each => compile(scope, each))
  if (left === undefined || right === undefined) return undefined
  if (name.startsWith('ADD_') || name === 'CONCAT_DATE_TOD') return f => (left(f) as number) + (right(f) as number)
  if (name.startsWith('SUB_')) return f => (left(f) as number) - (right(f) as number)
  // The long types keep parts of a millisecond, to the nanosecond.
  const nano = (ms: number) => Math.trunc(ms * 1e6) / 1e6
  if (name === 'MUL_LTIME') return f => nano(Number(left(f)) * Number(right(f)))
  if (name === 'DIV_LTIME')
    return f => {
      const by = Number(right(f))
      return by === 0 ? raise({ code: 'ST702', values: {} }) : nano(Number(left(f)) / by)
    }
  if (name.startsWith('MUL')) return f => Math.trunc(Number(left(f)) * Number(right(f)))
  const divide = arithmetic('/', pick('TIME'))!
  return name.startsWith('DIV') ? divide(left, right) : undefined
}

function places(scope: Scope, name: string, bound: Bound): Evaluate | undefined {
  const only = bound.all[0]
  if (only === undefined) return undefined
  const type = core(typeIn(scope, only))
  switch (name) {
    case 'ADR':
    case 'REF':
      return compilePlace(scope, only).reference
    case '__ISVALIDREF': {
      const ref = scope.program.typing.refs.get(only)
      if (ref?.to !== 'variable') return undefined
      const place = compilePlace(scope, only)
      return f => {
        try {
          return place.reference(f) !== undefined
        } catch {
          return false
        }
      }
    }
    case 'IS_ARRAY':
      return () => type.kind === 'array'
    case 'LOWER_BOUND':
    case 'UPPER_BOUND': {
      const dimension = bound.one.get('DIM')
      if (type.kind !== 'array' || dimension === undefined) return undefined
      const index = compile(scope, dimension)
      return f => {
        const bounds = type.dimensions[Number(index(f)) - 1]
        return bounds === undefined ? 0 : name === 'LOWER_BOUND' ? bounds.low : bounds.high
      }
    }
    case 'SIZEOF':
    case 'XSIZEOF': {
      const bytes = bytesOf(type)
      return bytes === undefined ? undefined : () => bytes
    }
    default:
      return undefined
  }
}

function bytesOf(type: Type): number | undefined {
  const t = core(type)
  if (t.kind === 'elementary')
    return t.class === 'time' || t.class === 'date' || t.class === 'tod' || t.class === 'dt'
      ? 4
      : Math.max(1, t.bits / 8)
  if (t.kind === 'string') return (t.length + 1) * (t.wide ? 2 : 1)
  if (t.kind === 'enum') return t.base.bits / 8
  if (t.kind === 'array') {
    const element = bytesOf(t.element)
    const size = t.dimensions.reduce<number | undefined>(
      (all, each) => (all === undefined || each === undefined ? undefined : all * (each.high - each.low + 1)),
      1,
    )
    return element === undefined || size === undefined ? undefined : element * size
  }
  return undefined
}
