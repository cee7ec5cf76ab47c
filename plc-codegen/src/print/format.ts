import { type Dialect, recogniseDialect } from '../syntax/dialect.ts'
import { lex } from '../syntax/lexer.ts'
import { lineStarts, positionAt } from '../syntax/span.ts'
import { createIndenter } from './indent.ts'
import { type Piece, spaceBetween } from './spacing.ts'

const heads = /^(?:FUNCTION|METHOD|PROPERTY|STRUCT|TYPE|VAR(?:_[A-Z_]+)?)$/

/**
 * Lays a text out anew: indentation, spacing, upper-case keywords. Lines stay where their author broke them and comments
 * are kept, so that a text with faults can be formatted too.
 */
export function format(text: string, dialect: Dialect = recogniseDialect(text)): string {
  const { tokens, trivia } = lex(text, dialect)
  const pieces: Piece[] = [
    ...trivia.map(each => ({
      kind: each.kind,
      start: each.start,
      end: each.end,
      upper: '',
      shown: text.slice(each.start, each.end),
    })),
    ...tokens
      .filter(each => each.kind !== 'end')
      .map(({ kind, start, end, upper }) => ({
        kind,
        start,
        end,
        upper,
        shown: kind === 'keyword' ? upper : text.slice(start, end),
      })),
  ].sort((a, b) => a.start - b.start)
  if (pieces.length === 0) return ''
  const starts = lineStarts(text)
  const indenter = createIndenter()
  const lines: string[] = []
  let lastLine = 0
  for (let i = 0; i < pieces.length; ) {
    const from = i
    const line = positionAt(starts, pieces[i]!.start).line
    // A piece that begins on the line where a longer one before it ended goes on with that one's line.
    let end = line
    while (i < pieces.length && positionAt(starts, pieces[i]!.start).line <= end) {
      end = Math.max(end, positionAt(starts, pieces[i]!.end).line)
      i += 1
    }
    const own = pieces.slice(from, i)
    if (lastLine > 0 && line > lastLine + 1) lines.push('')
    lastLine = end
    const indent = indenter.indentOf(own)
    lines.push(`${'  '.repeat(indent)}${join(own, indenter.inDeclarations() || heads.test(own[0]!.upper))}`.trimEnd())
    indenter.take(own)
  }
  return `${lines.join('\n')}\n`
}

function join(pieces: readonly Piece[], declaring: boolean): string {
  let line = ''
  pieces.forEach((piece, i) => {
    const before = pieces[i - 1]
    line += before === undefined ? '' : spaceBetween(pieces[i - 2], before, piece, declaring)
    line += piece.shown
  })
  return line
}
