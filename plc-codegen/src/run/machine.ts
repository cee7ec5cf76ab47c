import type { PouSymbol } from '../check/symbols.ts'

/** Variables of one instance, call or structure; a reference is a frame and a slot. */
export type Frame = unknown[]

export interface Reference {
  readonly frame: Frame
  readonly slot: number
}

/** How a statement list was left. */
export type Signal = 0 | 1 | 2 | 3
export const NORMAL = 0
export const EXIT = 1
export const CONTINUE = 2
export const RETURN = 3

export type Evaluate = (frame: Frame) => unknown
export type Execute = (frame: Frame) => Signal

/** Slots of every frame that come before its variables. */
export const INFO = 0
export const RESULT = 1
export const FIRST = 2

/** What slot INFO of a block's instance holds: its real type, for calls through a base or interface. */
export interface BlockInfo {
  readonly pou: PouSymbol
}

/** What one running program shares; made at start, changed in place. */
export interface Machine {
  /** Milliseconds since start. */
  now: number
  /** Steps left in this scan: loop turns and calls. */
  budget: number
  depth: number
  /** Offset of the statement being executed, for the line of a trap. */
  at: number
  readonly statements: Hits
  readonly branches: Hits
  readonly globals: Frame
}

/** Counts which of a growing list of places were reached. */
export interface Hits {
  readonly hit: number[]
}
export const STEP_LIMIT = 1_000_000
export const CALL_LIMIT = 200
