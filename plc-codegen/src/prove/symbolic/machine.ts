import type { Typing } from '../../check/context.ts'
import type { PouSymbol } from '../../check/symbols.ts'
import type { Type } from '../../check/types.ts'
import type { Program } from '../../run/scope.ts'
import type { Expression, Statement } from '../../syntax/tree.ts'
import type { Floats } from '../floats.ts'
import type { Bit, Gates } from '../gates.ts'
import type { Word, Words } from '../words.ts'

/**
 * A value in gates: a BOOL is a bit; integers, bit strings, enumerations (32), times and dates (64, milliseconds) and reals
 * (their IEEE bits) are words; texts are opaque. Aggregates are frames, laid out exactly as the simulator's.
 */
export type Sym = Bit | Word | typeof OPAQUE | SymFrame
export const OPAQUE = Symbol('opaque')
// biome-ignore lint/suspicious/noExplicitAny: a frame holds a BlockInfo, a hidden state and values; types tell which.
export type SymFrame = any[]

/** What a language construct cannot be said in gates: the property is then searched, not proved. */
export class Unsupported extends Error {}

export function unsupported(what: string): never {
  throw new Unsupported(what)
}

/** What the parts of the translation ask of one another, handed down so that none imports another in a circle. */
export interface Translator {
  readonly value: (scope: SymScope, expression: Expression, guard: Bit) => Sym
  readonly valueTo: (scope: SymScope, expression: Expression, target: Type, guard: Bit) => Sym
  readonly execute: (scope: SymScope, statements: readonly Statement[], guard: Bit) => Bit
  readonly put: (scope: SymScope, target: Expression, next: Sym, type: Type, guard: Bit) => void
}

/** One scan being turned into gates. */
export interface SymMachine {
  readonly g: Gates
  readonly w: Words
  readonly fl: Floats
  readonly program: Program
  readonly translate: Translator
  readonly globals: SymFrame
  /** Milliseconds that this scan took, 32 bits. */
  readonly cycle: Word
  /** Milliseconds since start, 64 bits. */
  readonly now: Word
  /** No trap so far in this scan. */
  alive: Bit
  /** A loop may turn more often than it was unrolled. */
  overrun: Bit
  depth: number
  /** Leaves that stand for what is not known: proofs hold for every value of them. */
  readonly unknowns: Bit[]
  /** Whether a bit can be true at all, as far as can be told quickly. */
  readonly possible: (bit: Bit) => boolean
}

export interface SymScope {
  readonly m: SymMachine
  readonly pou: PouSymbol
  readonly frame: SymFrame
}

/** Where a value is: one of these, whose condition holds. */
export interface Alternative {
  readonly when: Bit
  readonly frame: SymFrame
  readonly slot: number
}

/** What the slot of an in-out holds during a call. */
export interface SymReference {
  readonly places: readonly Alternative[]
}

export function typeOf(scope: SymScope, expression: Expression): Type {
  const typing: Typing = scope.m.program.typing
  return typing.types.get(expression) ?? unsupported('unknown type')
}

export const value: Translator['value'] = (scope, expression, guard) =>
  scope.m.translate.value(scope, expression, guard)
export const valueTo: Translator['valueTo'] = (scope, expression, target, guard) =>
  scope.m.translate.valueTo(scope, expression, target, guard)

export function unknownWord(m: SymMachine, width: number): Word {
  const word = m.w.leaf(width)
  m.unknowns.push(...word)
  return word
}

export function trap(m: SymMachine, when: Bit): void {
  m.alive = m.g.and(m.alive, when ^ 1)
}
