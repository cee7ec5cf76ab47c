/**
 * Every problem that the library reports: code, severity, name, message and remedy in both languages, a file for each
 * phase. `{x}` is filled from the problem's values; a value `@123` is an offset and shown as its line. `docs/problems.md`
 * is checked against this table by a test.
 */

import { declarationsProblems } from './problems/declarations.ts'
import { draftingProblems } from './problems/drafting.ts'
import { exchangingProblems } from './problems/exchanging.ts'
import { guidelinesProblems } from './problems/guidelines.ts'
import { lexicalProblems } from './problems/lexical.ts'
import { practiceProblems } from './problems/practice.ts'
import type { ProblemRow } from './problems/row.ts'
import { rulesProblems } from './problems/rules.ts'
import { runningProblems } from './problems/running.ts'
import { statementsProblems } from './problems/statements.ts'
import { syntaxProblems } from './problems/syntax.ts'
import { typesProblems } from './problems/types.ts'
import type { Span } from './syntax/span.ts'

export type { Language, ProblemRow, Severity } from './problems/row.ts'

export interface Problem {
  readonly code: ProblemCode
  readonly span: Span
  readonly values: Readonly<Record<string, string | number>>
}

export const problemTable = {
  ...lexicalProblems,
  ...syntaxProblems,
  ...declarationsProblems,
  ...typesProblems,
  ...statementsProblems,
  ...rulesProblems,
  ...guidelinesProblems,
  ...practiceProblems,
  ...runningProblems,
  ...draftingProblems,
  ...exchangingProblems,
} as const satisfies Readonly<Record<string, ProblemRow>>

export type ProblemCode = keyof typeof problemTable

/** Fills `{x}` from values; `lineOf` turns `@offset` into a line. */
export function fill(
  text: string,
  values: Readonly<Record<string, string | number>>,
  lineOf: (offset: number) => number = Number,
): string {
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => {
    const value = values[key]
    if (value === undefined) return whole
    return typeof value === 'string' && /^@\d+$/.test(value) ? String(lineOf(Number(value.slice(1)))) : String(value)
  })
}

/** A problem's message and remedy in one sentence. */
export function problemText(
  code: ProblemCode,
  values: Readonly<Record<string, string | number>>,
  lang: 'zh' | 'en',
): string {
  const { message, remedy } = problemTable[code]
  return `${code} ${fill(message[lang], values)}${lang === 'zh' ? '。' : '. '}${fill(remedy[lang], values)}`
}
