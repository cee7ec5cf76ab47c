import type { Span } from '../syntax/span.ts'
import type { TokenKind, Trivia } from '../syntax/tokens.ts'

/** A token, comment or pragma with the text that it is shown as. */
export interface Piece extends Span {
  readonly kind: TokenKind | Trivia['kind']
  readonly upper: string
  readonly shown: string
}

const tightAfter = new Set(['(', '[', '.', '..'])
const tightBefore = new Set([')', ']', ',', ';', '.', '..', '^'])
const words: ReadonlySet<string> = new Set([
  'name',
  'keyword',
  'integer',
  'real',
  'typed',
  'string',
  'wstring',
  'address',
])

/** What stands between two pieces of one line. */
export function spaceBetween(before: Piece | undefined, left: Piece, right: Piece, declaring: boolean): string {
  const adjacent = left.end === right.start
  if (left.kind === 'comment' || right.kind === 'comment' || left.kind === 'pragma' || right.kind === 'pragma')
    return ' '
  // `S=`, `R=`, `REF=` are one sign.
  if (adjacent && right.upper === '=' && (left.upper === 'S' || left.upper === 'R' || left.upper === 'REF')) return ''
  if (tightAfter.has(left.upper) || tightBefore.has(right.upper)) return ''
  if (right.upper === '(' || right.upper === '[') {
    const callee =
      left.kind === 'name' || left.upper === ')' || left.upper === ']' || left.upper === '^' || left.kind === 'integer'
    return callee || left.upper === 'ARRAY' ? '' : ' '
  }
  if (right.upper === ':') return declaring ? ' ' : ''
  if ((left.upper === '-' || left.upper === '+') && isSign(before)) return ''
  if (
    left.upper === '^' &&
    right.kind === 'name' &&
    !(before !== undefined && (words.has(before.kind) || before.upper === ')' || before.upper === ']'))
  )
    return ''
  return ' '
}

/** Whether a plus or minus behind this piece is a sign, not an operation. */
function isSign(before: Piece | undefined): boolean {
  if (before === undefined) return true
  if (before.kind === 'keyword') return before.upper !== 'TRUE' && before.upper !== 'FALSE'
  return before.kind === 'operator' && before.upper !== ')' && before.upper !== ']' && before.upper !== '^'
}
