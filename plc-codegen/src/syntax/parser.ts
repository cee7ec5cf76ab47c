import type { Problem } from '../problems.ts'
import { createCursor } from './cursor.ts'
import { type Dialect, recogniseDialect } from './dialect.ts'
import { lex } from './lexer.ts'
import { parseUnit } from './parse-unit.ts'
import type { Token, Trivia } from './tokens.ts'
import type { Unit } from './tree.ts'

export interface Parsed {
  readonly unit: Unit
  readonly dialect: Dialect
  readonly tokens: readonly Token[]
  readonly trivia: readonly Trivia[]
  /** In the order of the text. */
  readonly problems: readonly Problem[]
}

/** Text to tree. Always gives a tree; what could not be read is reported and left out. */
export function parse(text: string, dialect: Dialect = recogniseDialect(text)): Parsed {
  const { tokens, trivia, problems } = lex(text, dialect)
  const unit = parseUnit(createCursor(tokens, dialect, problems))
  problems.sort((a, b) => a.span.start - b.span.start)
  return { unit, dialect, tokens, trivia, problems }
}
