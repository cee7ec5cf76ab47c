import type { PouSymbol, Variable } from '../check/symbols.ts'
import { core, isWide, type Type } from '../check/types.ts'
import { layoutOf } from '../run/layout.ts'
import { FIRST, RESULT } from '../run/machine.ts'
import type { Unit } from '../run/program.ts'
import { bitsOf, type Format, numberOf } from './floats.ts'
import type { Bit } from './gates.ts'
import type { Hidden } from './symbolic/blocks.ts'
import { OPAQUE, type Sym, type SymFrame } from './symbolic/machine.ts'
import { shapeOf } from './symbolic/values.ts'
import type { Word } from './words.ts'

/** One scalar of the memory in gates. */
export interface Cell {
  readonly name: string
  readonly read: () => Bit | Word
  readonly write: (value: Bit | Word) => void
}

/** Says of which variables no cell is needed, because nothing ever writes them. */
export type Fixed = (variable: Variable) => boolean

/** Visits every scalar of a frame in an order that depends on its types alone. Constants and in-outs are left out. */
export function cellsOfFrame(pou: PouSymbol, frame: SymFrame, name: string, into: Cell[], fixed: Fixed): void {
  const hidden = frame[RESULT] as Hidden | undefined
  if (pou.node === undefined && hidden !== undefined && 'kind' in hidden) hiddenCells(hidden, `${name}.*`, into)
  layoutOf(pou).variables.forEach((variable, i) => {
    if (variable.section === 'VAR_IN_OUT' || variable.constant || (pou.node !== undefined && fixed(variable))) return
    cellsAt(variable.type, frame, FIRST + i, name === '' ? variable.name : `${name}.${variable.name}`, into, fixed)
  })
}

export function cellsAt(type: Type, frame: SymFrame, slot: number, name: string, into: Cell[], fixed: Fixed): void {
  const t = core(type)
  const held = frame[slot] as Sym
  if (held === OPAQUE || held === null || held === undefined) return
  switch (shapeOf(type).kind) {
    case 'opaque':
      return
    case 'frame':
      if (t.kind === 'array')
        (held as SymFrame).forEach((_, i) => {
          cellsAt(t.element, held as SymFrame, i, `${name}[${i}]`, into, fixed)
        })
      else if (t.kind === 'struct')
        for (const field of t.fields.values())
          cellsAt(field.type, held as SymFrame, field.index, `${name}.${field.name}`, into, fixed)
      else if (t.kind === 'block') cellsOfFrame(t.pou, held as SymFrame, name, into, fixed)
      return
    default:
      into.push({
        name,
        read: () => frame[slot] as Bit | Word,
        write: value => {
          frame[slot] = value
        },
      })
  }
}

function hiddenCells(hidden: Hidden, name: string, into: Cell[]): void {
  if (hidden.kind === 'edges') {
    hidden.bits.forEach((_, i) => {
      into.push({
        name: `${name}${i}`,
        read: () => hidden.bits[i]!,
        write: value => {
          hidden.bits[i] = value as Bit
        },
      })
    })
    return
  }
  if (hidden.kind === 'none') return
  for (const key of ['running', 'age', 'memory'] as const) {
    into.push({
      name: `${name}${key}`,
      read: () => hidden[key],
      write: value => {
        ;(hidden[key] as Bit | Word) = value
      },
    })
  }
}

/** A variable that the world sets before each scan. */
export interface InputVariable {
  readonly name: string
  readonly type: Type
  readonly where: 'frame' | 'globals'
  readonly slot: number
}

/** VAR_INPUT of the unit, and what lies at an input address. */
export function inputsOf(unit: Unit): InputVariable[] {
  const { pou, program } = unit
  const isInput = (each: Variable) =>
    each.section === 'VAR_INPUT' || (each.address !== undefined && /^%I/i.test(each.address))
  const { slots, variables } = layoutOf(pou)
  const own = variables.filter(isInput).map(each => ({
    name: each.name,
    type: each.type,
    where: 'frame' as const,
    slot: slots.get(each.name.toUpperCase())!,
  }))
  const outer = [...program.project.globals.values()].filter(isInput).map(each => ({
    name: each.name,
    type: each.type,
    where: 'globals' as const,
    slot: program.globals.get(each.name.toUpperCase())!,
  }))
  return [...own, ...outer]
}

/** The simulator's value of a scalar from its bits. */
export function decode(type: Type, held: Sym, bit: (b: Bit) => boolean): unknown {
  const t = core(type)
  const shape = shapeOf(type)
  switch (shape.kind) {
    case 'bit':
      return bit(held as Bit)
    case 'word': {
      const value = unsigned(held as Word, bit)
      const exact = shape.signed ? BigInt.asIntN(shape.width, value) : value
      return t.kind === 'elementary' && isWide(t) ? exact : Number(exact)
    }
    case 'real':
      return numberOf(unsigned(held as Word, bit), shape.format as Format)
    case 'frame':
      if (t.kind === 'array') return (held as SymFrame).map(each => decode(t.element, each as Sym, bit))
      if (t.kind === 'struct')
        return [...t.fields.values()].map(each => decode(each.type, (held as SymFrame)[each.index] as Sym, bit))
      return null
    case 'opaque':
      return t.kind === 'string' ? '' : null
  }
}

/** The bits of a scalar or structure that make up a simulator's value: the opposite of `decode`. */
export function encode(type: Type, held: Sym, value: unknown, into: Map<Bit, boolean>): void {
  const t = core(type)
  const shape = shapeOf(type)
  const word = (bits: Word, number: bigint) => {
    bits.forEach((bit, i) => {
      into.set(bit, ((number >> BigInt(i)) & 1n) === 1n)
    })
  }
  switch (shape.kind) {
    case 'bit':
      into.set(held as Bit, value === true)
      return
    case 'word': {
      word(held as Word, typeof value === 'bigint' ? value : BigInt(Math.trunc(Number(value))))
      return
    }
    case 'real': {
      word(held as Word, bitsOf(Number(value), shape.format))
      return
    }
    case 'frame':
      if (t.kind === 'array')
        (held as SymFrame).forEach((each, i) => {
          encode(t.element, each as Sym, (value as unknown[])[i], into)
        })
      else if (t.kind === 'struct')
        for (const field of t.fields.values())
          encode(field.type, (held as SymFrame)[field.index] as Sym, (value as unknown[])[field.index], into)
      return
    case 'opaque':
      return
  }
}

function unsigned(word: Word, bit: (b: Bit) => boolean): bigint {
  let value = 0n
  for (let i = word.length - 1; i >= 0; i -= 1) value = (value << 1n) | (bit(word[i]!) ? 1n : 0n)
  return value
}
