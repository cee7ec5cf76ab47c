import type { ProblemCode } from '../../problems.ts'
import type { Span } from '../../syntax/span.ts'
import type { Expression, Statement } from '../../syntax/tree.ts'
import type { Typing } from '../context.ts'
import type { Project } from '../model.ts'
import type { PouSymbol } from '../symbols.ts'

export type Report = (code: ProblemCode, span: Span, values?: Record<string, string | number>) => void

/** One unit with a body: a program, block, function, method or action. */
export interface RuleInput {
  readonly project: Project
  readonly typing: Typing
  readonly pou: PouSymbol
  /** All statements and expressions of its body, outer before inner. */
  readonly statements: readonly Statement[]
  readonly expressions: readonly Expression[]
  readonly report: Report
}

export interface Rule {
  readonly name: string
  /** Its number in the PLCopen Coding Guidelines 1.0, where it has one. */
  readonly guideline?: string
  /** What it reports. */
  readonly codes: readonly ProblemCode[]
  readonly apply: (input: RuleInput) => void
}
