/** What goes out to and comes in from other tools: texts with names, and what could not be carried over. */
import type { ProblemCode } from '../problems.ts'

export interface NamedText {
  /** File name without a folder. */
  readonly name: string
  readonly text: string
}

/** Something that the other form has no place for; `code` has the words. */
export interface Loss {
  readonly code: ProblemCode
  readonly values: Readonly<Record<string, string | number>>
}

export interface Exchanged {
  readonly files: readonly NamedText[]
  readonly losses: readonly Loss[]
}

/** Thrown where the input cannot be taken over at all. */
export class ExchangeFault extends Error {
  readonly loss: Loss
  constructor(code: ProblemCode, values: Readonly<Record<string, string | number>>) {
    super(`${code} ${Object.values(values).join(' ')}`)
    this.loss = { code, values }
  }
}
