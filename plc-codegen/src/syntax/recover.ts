import { accept, advance, type Cursor, is, peek, previous, report, shown, warn } from './cursor.ts'
import { dialects } from './dialect.ts'

export const blockEnds = /^END_/
/** Words that begin a declaration: statements cannot go on past them. */
export const sectionStarts =
  /^(?:VAR(?:_\w+)?|FUNCTION|FUNCTION_BLOCK|PROGRAM|CLASS|TYPE|ORGANIZATION_BLOCK|DATA_BLOCK|CONFIGURATION)$/
const memberStarts = new Set(['METHOD', 'PROPERTY', 'ACTION', 'INTERFACE', 'NAMESPACE'])

/** A member or another unit begins here (`METHOD Start`, not `method := 1`). */
export function startsMember(c: Cursor): boolean {
  return c.token.kind === 'name' && memberStarts.has(c.token.upper) && peek(c).kind === 'name'
}

const statementEnds = /^END_(?:IF|CASE|FOR|WHILE|REPEAT)$/

/** Takes the end of a block and its semicolon, or reports that the end is missing and leaves what follows to others. */
export function closeBlock(c: Cursor, end: string, start: number): void {
  if (!is(c, end)) {
    report(c, 'ST202', c.token, { wanted: end, opened: end.slice(4), found: shown(c.token), at: `@${start}` })
    // A block closed by another's end that nobody waits for, as in WHILE … END_FOR.
    if (/^END_(?:IF|FOR|WHILE|REPEAT|CASE)$/.test(c.token.upper) && !c.open.includes(c.token.upper)) {
      advance(c)
      accept(c, ';')
    }
    return
  }
  const last = advance(c)
  if (accept(c, ';') || !statementEnds.test(end)) {
    if (is(c, '.')) accept(c, '.')
    return
  }
  if (dialects[c.dialect].looseBlockEnd) warn(c, 'ST251', last, { end })
  else report(c, 'ST208', { start: last.end, end: last.end }, { after: end })
}

/** The semicolon of a statement: reported where the statement ends, and reading goes on with the next. */
export function endStatement(c: Cursor): void {
  if (accept(c, ';')) return
  const last = previous(c)
  const { kind, upper } = c.token
  const begins =
    kind === 'name' || kind === 'address' || kind === 'keyword' || kind === 'end' || (c.cases > 0 && kind === 'integer')
  if (begins && upper !== 'THEN' && upper !== 'DO' && upper !== 'OF') {
    report(c, 'ST208', { start: last.end, end: last.end }, { after: shown(last) })
    return
  }
  report(c, 'ST205', c.token, { found: shown(c.token) })
  skipStatement(c)
}

const resume = /^(?:IF|CASE|FOR|WHILE|REPEAT|EXIT|CONTINUE|RETURN|ELSE|ELSIF|UNTIL|GOTO|JMP|END_\w+)$/

/** Panic mode: to behind the next semicolon, or to a word that begins or ends a statement. */
export function skipStatement(c: Cursor): void {
  while (c.token.kind !== 'end') {
    if (accept(c, ';')) return
    if (c.token.kind === 'keyword' && (resume.test(c.token.upper) || sectionStarts.test(c.token.upper))) return
    advance(c)
  }
}
