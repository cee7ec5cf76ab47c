import { core, type Type } from '../../check/types.ts'
import type { Bit } from '../gates.ts'
import type { Word } from '../words.ts'
import { OPAQUE, type Sym, type SymMachine, trap, unsupported } from './machine.ts'
import { shapeOf, unknownOf } from './values.ts'

/** An arithmetic operator in one type, as `run/arithmetic.ts` defines it. Where a divisor is zero the scan traps. */
export function arithmetic(m: SymMachine, operator: string, type: Type, a: Sym, b: Sym, guard: Bit): Sym {
  const shape = shapeOf(type)
  if (a === OPAQUE || b === OPAQUE || shape.kind === 'opaque') return unknownOf(m, type)
  if (shape.kind === 'real') return real(m, operator, type, a as Word, b as Word)
  if (shape.kind !== 'word') return unsupported(operator)
  const { w } = m
  const x = a as Word
  const y = b as Word
  switch (operator) {
    case '+':
      return w.add(...ordered(x, y))
    case '-':
      return w.sub(x, y)
    case '*':
      return w.multiply(x, y)
    case '/':
    case 'MOD': {
      const zero = w.isZero(y)
      trap(m, m.g.and(guard, zero))
      const { quotient, remainder } = w.divide(x, w.choose(zero, w.constant(1n, y.length), y), shape.signed)
      return operator === '/' ? quotient : remainder
    }
    default:
      return unsupported(operator)
  }
}

function real(m: SymMachine, operator: string, type: Type, a: Word, b: Word): Sym {
  const shape = shapeOf(type)
  if (shape.kind !== 'real') return unsupported(operator)
  const { fl } = m
  switch (operator) {
    case '+':
      return fl.add(...ordered(a, b), shape.format)
    case '-':
      return fl.add(a, fl.negate(b), shape.format)
    case '*':
      return fl.multiply(...ordered(a, b), shape.format)
    case '/':
      return fl.divide(a, b, shape.format)
    default:
      return unknownOf(m, type)
  }
}

/** One order of operands for operators that do not care, so that equal sums are one graph. */
function ordered(a: Word, b: Word): [Word, Word] {
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return a[i]! < b[i]! ? [a, b] : [b, a]
  return [a, b]
}

export function compare(m: SymMachine, operator: string, type: Type, a: Sym, b: Sym): Bit {
  const { g, w, fl } = m
  const shape = shapeOf(type)
  const negative = operator === '<>' || operator === '<=' || operator === '>='
  if (a === OPAQUE || b === OPAQUE || shape.kind === 'opaque' || shape.kind === 'frame')
    return unknownOf(m, { kind: 'elementary', name: 'BOOL', class: 'bool', bits: 1 }) as Bit
  const swap = operator === '>' || operator === '<='
  if (shape.kind === 'bit') {
    const [x, y] = swap ? [b as Bit, a as Bit] : [a as Bit, b as Bit]
    if (operator === '=' || operator === '<>') return g.xor(x, y) ^ (operator === '=' ? 1 : 0)
    return g.and(x ^ 1, y) ^ (negative ? 1 : 0)
  }
  const [x, y] = swap ? [b as Word, a as Word] : [a as Word, b as Word]
  if (shape.kind === 'real') {
    const { format } = shape
    if (operator === '=' || operator === '<>') return fl.equal(x, y, format) ^ (operator === '=' ? 0 : 1)
    // Of NaN every order is false, so that <= is not the opposite of >.
    if (operator === '<' || operator === '>') return fl.less(x, y, format)
    const [low, high] = [a as Word, b as Word]
    const equal = fl.equal(low, high, format)
    return g.or(equal, operator === '<=' ? fl.less(low, high, format) : fl.less(high, low, format))
  }
  if (operator === '=' || operator === '<>') return w.equal(x, y) ^ (operator === '=' ? 0 : 1)
  return w.less(x, y, shape.signed) ^ (negative ? 1 : 0)
}

/** AND, OR, XOR of bits or, bit by bit, of words. */
export function bitwise(m: SymMachine, operator: string, type: Type, a: Sym, b: Sym): Sym {
  const name = operator.replace(/_(?:THEN|ELSE)$/, '')
  const gate = name === 'AND' ? m.g.and : name === 'OR' ? m.g.or : m.g.xor
  const shape = shapeOf(core(type))
  if (a === OPAQUE || b === OPAQUE) return unknownOf(m, type)
  if (shape.kind === 'bit') return gate(a as Bit, b as Bit)
  if (shape.kind !== 'word') return unsupported(operator)
  return m.w.map2(a as Word, b as Word, gate)
}

export function negate(m: SymMachine, type: Type, a: Sym): Sym {
  const shape = shapeOf(type)
  if (a === OPAQUE) return unknownOf(m, type)
  if (shape.kind === 'real') return m.fl.negate(a as Word)
  return shape.kind === 'word' ? m.w.negate(a as Word) : unsupported('-')
}

export function complement(m: SymMachine, type: Type, a: Sym): Sym {
  const shape = shapeOf(type)
  if (a === OPAQUE) return unknownOf(m, type)
  return shape.kind === 'word' ? m.w.invert(a as Word) : (a as Bit) ^ 1
}
