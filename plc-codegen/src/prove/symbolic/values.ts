import { core, type Elementary, type Type } from '../../check/types.ts'
import { layoutOf } from '../../run/layout.ts'
import { FIRST, type Frame, RESULT } from '../../run/machine.ts'
import { DOUBLE, type Format, SINGLE } from '../floats.ts'
import { type Bit, FALSE, TRUE } from '../gates.ts'
import type { Word } from '../words.ts'
import { isStandard, liftState } from './blocks.ts'
import { OPAQUE, type Sym, type SymFrame, type SymMachine, unknownWord, unsupported } from './machine.ts'

export type Shape =
  | { readonly kind: 'bit' }
  | { readonly kind: 'word'; readonly width: number; readonly signed: boolean }
  | { readonly kind: 'real'; readonly format: Format }
  | { readonly kind: 'opaque' }
  | { readonly kind: 'frame' }

const BIT: Shape = { kind: 'bit' }

/** How values of a type are held in gates. */
export function shapeOf(type: Type): Shape {
  const t = core(type)
  switch (t.kind) {
    case 'elementary':
      if (t.class === 'bool') return BIT
      if (t.class === 'real') return { kind: 'real', format: t.bits === 32 ? SINGLE : DOUBLE }
      if (t.class === 'signed') return { kind: 'word', width: t.bits, signed: true }
      if (t.class === 'unsigned' || t.class === 'bits') return { kind: 'word', width: t.bits, signed: false }
      // Long times keep a fraction of a millisecond in the simulator; characters are texts.
      if (t.class === 'time' || t.class === 'date' || t.class === 'tod' || t.class === 'dt')
        return { kind: 'word', width: 64, signed: true }
      return { kind: 'opaque' }
    case 'enum':
      return { kind: 'word', width: 32, signed: true }
    case 'array':
    case 'struct':
    case 'block':
      return { kind: 'frame' }
    case 'integerLiteral':
      return { kind: 'word', width: 64, signed: true }
    case 'realLiteral':
      return { kind: 'real', format: DOUBLE }
    default:
      return { kind: 'opaque' }
  }
}

/** The simulator's value of a type as constants. */
export function lift(m: SymMachine, type: Type, value: unknown): Sym {
  const t = core(type)
  if (type.kind === 'reference' || t.kind === 'pointer' || t.kind === 'interface') return OPAQUE
  const shape = shapeOf(t)
  switch (shape.kind) {
    case 'bit':
      return value === true ? TRUE : FALSE
    case 'word':
      return m.w.constant(typeof value === 'bigint' ? value : BigInt(Math.trunc(Number(value ?? 0))), shape.width)
    case 'real':
      return m.fl.constant(Number(value), shape.format)
    case 'opaque':
      return OPAQUE
    case 'frame':
      if (t.kind === 'array') return (value as Frame).map(each => lift(m, t.element, each)) as SymFrame
      if (t.kind === 'struct')
        return [...t.fields.values()].map(each => lift(m, each.type, (value as Frame)[each.index])) as SymFrame
      if (t.kind === 'block') return liftFrame(m, t.pou, value as Frame)
      return OPAQUE
  }
}

export function liftFrame(m: SymMachine, pou: Parameters<typeof layoutOf>[0], frame: Frame): SymFrame {
  const lifted: SymFrame = [frame[0], undefined]
  if (isStandard(pou)) lifted[RESULT] = liftState(m, pou, frame[RESULT])
  else if (pou.returns.kind !== 'void' && frame[RESULT] !== null && frame[RESULT] !== undefined)
    lifted[RESULT] = lift(m, pou.returns, frame[RESULT])
  layoutOf(pou).variables.forEach((variable, i) => {
    const slot = FIRST + i
    lifted[slot] = variable.section === 'VAR_IN_OUT' ? null : lift(m, variable.type, frame[slot])
  })
  return lifted
}

/** A value that may be anything of its type. */
export function unknownOf(m: SymMachine, type: Type): Sym {
  const shape = shapeOf(type)
  switch (shape.kind) {
    case 'bit':
      return unknownWord(m, 1)[0]!
    case 'word':
      return unknownWord(m, shape.width)
    case 'real':
      return unknownWord(m, shape.format.exponent + shape.format.precision)
    case 'opaque':
      return OPAQUE
    case 'frame':
      return unsupported('an unknown structure')
  }
}

/** `test ? then : otherwise`, of scalars and of whole structures. */
export function choose(m: SymMachine, test: Bit, then: Sym, otherwise: Sym): Sym {
  if (then === otherwise || test === TRUE) return then
  if (test === FALSE) return otherwise
  if (typeof then === 'number') return m.g.ite(test, then, otherwise as Bit)
  if (then === OPAQUE || otherwise === OPAQUE) return OPAQUE
  return m.w.choose(test, then as Word, otherwise as Word)
}

/** A copy of an aggregate that shares nothing with it. */
export function cloneOf(type: Type, frame: SymFrame): SymFrame {
  const t = core(type)
  const one = (held: unknown, each: Type) => (shapeOf(each).kind === 'frame' ? cloneOf(each, held as SymFrame) : held)
  if (t.kind === 'array') return frame.map(each => one(each, t.element))
  if (t.kind === 'struct') return [...t.fields.values()].map(field => one(frame[field.index], field.type))
  return unsupported('a copy of a block')
}

/** Copies an aggregate into another of the same type, where the condition holds. */
export function copyWhere(m: SymMachine, type: Type, when: Bit, target: SymFrame, source: SymFrame): void {
  if (target === source) return
  const t = core(type)
  const one = (slot: number, each: Type) => {
    if (shapeOf(each).kind === 'frame') copyWhere(m, each, when, target[slot], source[slot])
    else target[slot] = choose(m, when, source[slot], target[slot])
  }
  if (t.kind === 'array') for (let i = 0; i < Math.min(target.length, source.length); i += 1) one(i, t.element)
  else if (t.kind === 'struct') for (const field of t.fields.values()) one(field.index, field.type)
  else unsupported('assignment of a block')
}

/** Brings a value from one type into another, as the simulator's implicit conversion does. */
export function convert(m: SymMachine, from: Type, to: Type, value: Sym): Sym {
  const a = shapeOf(from)
  const b = shapeOf(to)
  if (b.kind === 'opaque' || b.kind === 'frame') return value
  if (a.kind === 'opaque') return unknownOf(m, to)
  if (a.kind === 'bit') {
    if (b.kind === 'bit') return value
    if (b.kind === 'word') return m.w.resize([value as Bit], b.width, false)
    return m.w.choose(value as Bit, m.fl.constant(1, b.format), m.fl.constant(0, b.format))
  }
  if (a.kind === 'word') {
    if (b.kind === 'word') return m.w.resize(value as Word, b.width, a.signed)
    if (b.kind === 'real') return m.fl.fromInteger(value as Word, a.signed, b.format)
    return m.w.isZero(value as Word) ^ 1
  }
  if (a.kind === 'real') {
    if (b.kind === 'real') return m.fl.convert(value as Word, a.format, b.format)
    if (b.kind === 'bit') return m.fl.isZero(value as Word) ^ 1
    return m.fl.toInteger(value as Word, a.format, b.width, 'trunc')
  }
  return unsupported('conversion')
}

/** A literal's value in a type. */
export function constantIn(m: SymMachine, type: Elementary, value: number | bigint): Sym {
  const shape = shapeOf(type)
  if (shape.kind === 'bit') return Number(value) !== 0 ? TRUE : FALSE
  if (shape.kind === 'real') return m.fl.constant(Number(value), shape.format)
  if (shape.kind !== 'word') return OPAQUE
  return m.w.constant(typeof value === 'bigint' ? value : BigInt(Math.trunc(value)), shape.width)
}
