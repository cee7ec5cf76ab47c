import { core, type Elementary, isWide, type Type } from '../check/types.ts'
import type { Evaluate } from './machine.ts'
import { raise } from './traps.ts'
import { wrapOf, wrapWide } from './values.ts'

type Operation = (a: Evaluate, b: Evaluate) => Evaluate

const n = (value: unknown) => value as number

/** An arithmetic operator in one type: integers wrap in their width, REAL rounds to single precision after each step. */
export function arithmetic(operator: string, type: Type): Operation | undefined {
  const t = core(type)
  if (t.kind !== 'elementary') return undefined
  if (t.class === 'real') return real(operator, t)
  if (isWide(t)) return wide(operator, t)
  if (t.class === 'signed' || t.class === 'unsigned' || t.class === 'bits') return integer(operator, t)
  return duration(operator)
}

function integer(operator: string, type: Elementary): Operation | undefined {
  const wrap = wrapOf(type)
  switch (operator) {
    case '+':
      return (a, b) => f => wrap(n(a(f)) + n(b(f)))
    case '-':
      return (a, b) => f => wrap(n(a(f)) - n(b(f)))
    case '*':
      // Math.imul keeps the low 32 bits, which a double product of two 32-bit values loses.
      return type.bits === 32
        ? (a, b) => f => wrap(Math.imul(n(a(f)), n(b(f))))
        : (a, b) => f => wrap(n(a(f)) * n(b(f)))
    case '/':
      return (a, b) => f => {
        const left = n(a(f))
        const right = n(b(f))
        return right === 0 ? raise({ code: 'ST702', values: {} }) : wrap(Math.trunc(left / right))
      }
    case 'MOD':
      return (a, b) => f => {
        const left = n(a(f))
        const right = n(b(f))
        return right === 0 ? raise({ code: 'ST702', values: {} }) : (left % right) + 0
      }
    default:
      return undefined
  }
}

function wide(operator: string, type: Elementary): Operation | undefined {
  const w = (value: unknown) => value as bigint
  const divide =
    (run: (left: bigint, right: bigint) => bigint): Operation =>
    (a, b) =>
    f => {
      const left = w(a(f))
      const right = w(b(f))
      return right === 0n ? raise({ code: 'ST702', values: {} }) : wrapWide(type, run(left, right))
    }
  switch (operator) {
    case '+':
      return (a, b) => f => wrapWide(type, w(a(f)) + w(b(f)))
    case '-':
      return (a, b) => f => wrapWide(type, w(a(f)) - w(b(f)))
    case '*':
      return (a, b) => f => wrapWide(type, w(a(f)) * w(b(f)))
    case '/':
      return divide((left, right) => left / right)
    case 'MOD':
      return divide((left, right) => left % right)
    default:
      return undefined
  }
}

function real(operator: string, type: Elementary): Operation | undefined {
  const round = type.bits === 32 ? Math.fround : (value: number) => value
  switch (operator) {
    case '+':
      return (a, b) => f => round(n(a(f)) + n(b(f)))
    case '-':
      return (a, b) => f => round(n(a(f)) - n(b(f)))
    case '*':
      return (a, b) => f => round(n(a(f)) * n(b(f)))
    case '/':
      return (a, b) => f => round(n(a(f)) / n(b(f)))
    case '**':
      return (a, b) => f => round(n(a(f)) ** n(b(f)))
    default:
      return undefined
  }
}

/** TIME and dates in milliseconds: sums, and products with a number cut to whole milliseconds. */
function duration(operator: string): Operation | undefined {
  switch (operator) {
    case '+':
      return (a, b) => f => n(a(f)) + n(b(f))
    case '-':
      return (a, b) => f => n(a(f)) - n(b(f))
    case '*':
      return (a, b) => f => Math.trunc(Number(a(f)) * Number(b(f)))
    case '/':
      return (a, b) => f => {
        const right = Number(b(f))
        return right === 0 ? raise({ code: 'ST702', values: {} }) : Math.trunc(Number(a(f)) / right)
      }
    case 'MOD':
      return (a, b) => f => {
        const right = Number(b(f))
        return right === 0 ? raise({ code: 'ST702', values: {} }) : Number(a(f)) % right
      }
    default:
      return undefined
  }
}

export const comparisons: Readonly<Record<string, Operation>> = {
  '=': (a, b) => f => a(f) === b(f),
  '<>': (a, b) => f => a(f) !== b(f),
  '<': (a, b) => f => n(a(f)) < n(b(f)),
  '>': (a, b) => f => n(a(f)) > n(b(f)),
  '<=': (a, b) => f => n(a(f)) <= n(b(f)),
  '>=': (a, b) => f => n(a(f)) >= n(b(f)),
}

/** AND, OR, XOR: of BOOL stopping at the deciding operand, of bit strings bit by bit. */
export function bitwise(operator: string, type: Type): Operation | undefined {
  const t = core(type)
  if (t.kind !== 'elementary') return undefined
  if (t.class === 'bool') {
    switch (operator) {
      case 'AND':
      case 'AND_THEN':
        return (a, b) => f => a(f) === true && b(f) === true
      case 'OR':
      case 'OR_ELSE':
        return (a, b) => f => a(f) === true || b(f) === true
      case 'XOR':
        return (a, b) => f => a(f) !== b(f)
      default:
        return undefined
    }
  }
  const name = operator.replace(/_(?:THEN|ELSE)$/, '')
  if (isWide(t)) {
    const w = (value: unknown) => value as bigint
    if (name === 'AND') return (a, b) => f => wrapWide(t, w(a(f)) & w(b(f)))
    if (name === 'OR') return (a, b) => f => wrapWide(t, w(a(f)) | w(b(f)))
    return (a, b) => f => wrapWide(t, w(a(f)) ^ w(b(f)))
  }
  const wrap = wrapOf(t)
  if (name === 'AND') return (a, b) => f => wrap(n(a(f)) & n(b(f)))
  if (name === 'OR') return (a, b) => f => wrap(n(a(f)) | n(b(f)))
  return (a, b) => f => wrap(n(a(f)) ^ n(b(f)))
}

export function negate(type: Type): (a: Evaluate) => Evaluate {
  const t = core(type)
  if (t.kind !== 'elementary' || t.class === 'real') return a => f => -n(a(f))
  if (isWide(t)) return a => f => wrapWide(t, -(a(f) as bigint))
  if (t.class === 'signed' || t.class === 'unsigned' || t.class === 'bits') {
    const wrap = wrapOf(t)
    return a => f => wrap(-n(a(f)))
  }
  return a => f => -n(a(f))
}

export function complement(type: Type): (a: Evaluate) => Evaluate {
  const t = core(type)
  if (t.kind === 'elementary' && t.class !== 'bool') {
    if (isWide(t)) return a => f => wrapWide(t, ~(a(f) as bigint))
    const wrap = wrapOf(t)
    return a => f => wrap(~n(a(f)))
  }
  return a => f => a(f) !== true
}
