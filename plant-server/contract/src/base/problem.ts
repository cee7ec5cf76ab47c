/**
 * A fault with a code, a place and a next step. Expected failures travel as values of this shape; throwing one
 * is for borders that have no other way to refuse.
 */

import { sayValues } from '../problems/nouns.ts'
import { type ProblemCode, problems } from '../problems.ts'
import { fillText, type LocalText } from '../text.ts'

export interface Problem {
  readonly code: ProblemCode
  /** Where: a file and line, a JSON pointer, a tag, a URL. */
  readonly place?: string
  /** What was met, for the placeholders `{name}` of the table's texts. */
  readonly values?: Readonly<Record<string, string | number>>
}

export class ProblemError extends Error {
  readonly problem: Problem
  constructor(problem: Problem, options?: { cause?: unknown }) {
    super(`${problem.code} ${describe(problem).en}`, options)
    this.name = 'ProblemError'
    this.problem = problem
  }
}

/** Message and remedy in both languages, placeholders filled. */
export function describe(problem: Problem): LocalText {
  const { message, remedy } = problems[problem.code]
  const at = problem.place === undefined ? '' : `${problem.place}: `
  const values = sayValues(problem.values ?? {})
  const [what, then] = [fillText(message, values), fillText(remedy, values)]
  return { zh: `${at}${what.zh}。${then.zh}`, en: `${at}${what.en}. ${then.en}` }
}

/** May the same request succeed later, unchanged? */
export const isRetryable = (problem: Problem): boolean => problems[problem.code].kind === 'passing'
/** Is it the sender's fault (then a reply 4xx, exit status 1)? */
export const isBadInput = (problem: Problem): boolean => problems[problem.code].kind === 'input'
/** Is it ours (then a reply 5xx, exit status 3)? */
export const isOurFault = (problem: Problem): boolean => problems[problem.code].kind === 'ours'
