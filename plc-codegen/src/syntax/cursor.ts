import type { Problem, ProblemCode } from '../problems.ts'
import type { Dialect } from './dialect.ts'
import type { Span } from './span.ts'
import type { Token } from './tokens.ts'
import type { Name } from './tree.ts'

/** Where the parser stands. Made for one text, changed in place. */
export interface Cursor {
  readonly tokens: readonly Token[]
  readonly dialect: Dialect
  readonly problems: Problem[]
  at: number
  token: Token
  /** Ends of the blocks that are open, innermost last: tells a missing END_… from a stray one. */
  readonly open: string[]
  /** How many CASE statements are open. */
  cases: number
  /** Nesting of expressions and statements, bounded so that no text overflows the stack. */
  depth: number
  /** Starts of tokens that the lexer has complained about. */
  readonly unreadable: ReadonlySet<number>
  /** Token at which the last error was reported: one place, one error. */
  lastError: number
}

export const DEPTH_LIMIT = 400

export function createCursor(tokens: readonly Token[], dialect: Dialect, problems: Problem[]): Cursor {
  const unreadable = new Set(
    problems.filter(each => each.code === 'ST103' || each.code === 'ST104').map(each => each.span.start),
  )
  return {
    tokens,
    dialect,
    problems,
    at: 0,
    token: tokens[0]!,
    open: [],
    cases: 0,
    depth: 0,
    lastError: -1,
    unreadable,
  }
}

export function advance(c: Cursor): Token {
  const taken = c.token
  if (taken.kind !== 'end') {
    c.at += 1
    c.token = c.tokens[c.at]!
  }
  return taken
}

export function peek(c: Cursor, ahead = 1): Token {
  return c.tokens[Math.min(c.at + ahead, c.tokens.length - 1)]!
}

/** The token before this one, for the end of what was read. */
export function previous(c: Cursor): Token {
  return c.tokens[Math.max(0, c.at - 1)]!
}

export function is(c: Cursor, upper: string): boolean {
  return c.token.upper === upper
}

export function accept(c: Cursor, upper: string): boolean {
  if (c.token.upper !== upper) return false
  advance(c)
  return true
}

export function report(c: Cursor, code: ProblemCode, span: Span, values: Record<string, string | number> = {}): void {
  if (c.lastError === c.at) return
  // What the lexer could not read is already reported; that the grammar stumbles over it too says nothing new.
  if (c.token.kind === 'bad' || c.unreadable.has(previous(c).start)) {
    c.lastError = c.at
    return
  }
  c.lastError = c.at
  c.problems.push({ code, span, values })
}

/** Warnings do not hide errors at the same place. */
export function warn(c: Cursor, code: ProblemCode, span: Span, values: Record<string, string | number> = {}): void {
  c.problems.push({ code, span, values })
}

/** Takes the token, or reports that it is missing and stays. */
export function expect(c: Cursor, upper: string): boolean {
  if (accept(c, upper)) return true
  report(c, 'ST201', c.token, { wanted: upper, found: shown(c.token) })
  return false
}

export function shown(token: Token): string {
  if (token.kind === 'end') return 'EOF'
  return token.text.length > 40 ? `${token.text.slice(0, 40)}…` : token.text
}

/** A name, or undefined with a report. */
export function expectName(c: Cursor): Name | undefined {
  if (c.token.kind === 'name') {
    const token = advance(c)
    return { text: token.text, span: { start: token.start, end: token.end } }
  }
  report(c, 'ST206', c.token, { found: shown(c.token) })
  return undefined
}

/** `A.B.C`, as one name. */
export function expectDottedName(c: Cursor): Name | undefined {
  const first = expectName(c)
  if (first === undefined) return undefined
  let text = first.text
  let end = first.span.end
  while (is(c, '.') && peek(c).kind === 'name') {
    advance(c)
    const part = advance(c)
    text += `.${part.text}`
    end = part.end
  }
  return { text, span: { start: first.span.start, end } }
}

/** From a start to the last token taken. */
export function since(c: Cursor, start: number): Span {
  return { start, end: Math.max(start, previous(c).end) }
}
