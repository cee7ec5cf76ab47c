import { type Dialect, recogniseDialect } from './dialect.ts'
import { lex } from './lexer.ts'
import type { Token } from './tokens.ts'

export type HighlightKind =
  | 'keyword'
  | 'type'
  | 'name'
  | 'number'
  | 'string'
  | 'comment'
  | 'pragma'
  | 'operator'
  | 'address'
  | 'bad'

export interface HighlightToken {
  readonly kind: HighlightKind
  /** Offsets in UTF-16 units; `end` is behind the last. */
  readonly start: number
  readonly end: number
}

const types = new Set(
  `BOOL BYTE WORD DWORD LWORD SINT INT DINT LINT USINT UINT UDINT ULINT REAL LREAL TIME LTIME DATE LDATE TOD LTOD DT LDT TIME_OF_DAY
DATE_AND_TIME STRING WSTRING CHAR WCHAR POINTER REFERENCE REF_TO TON TOF TP CTU CTD CTUD R_TRIG F_TRIG SR RS`.split(
    /\s+/,
  ),
)
const softKeywords = new Set([
  'METHOD',
  'PROPERTY',
  'ACTION',
  'INTERFACE',
  'EXTENDS',
  'IMPLEMENTS',
  'CONSTANT',
  'RETAIN',
  'PERSISTENT',
  'AT',
  'REGION',
  'BEGIN',
  'NAMESPACE',
])

/** The text in tokens for an editor's colours, comments and pragmas among them, in order and without overlap. */
export function tokenize(text: string, dialect: Dialect = recogniseDialect(text)): HighlightToken[] {
  const { tokens, trivia } = lex(text, dialect)
  const found: HighlightToken[] = trivia.map(({ kind, start, end }) => ({ kind, start, end }))
  for (const token of tokens) {
    if (token.kind !== 'end') found.push({ kind: highlight(token), start: token.start, end: token.end })
  }
  return found.sort((a, b) => a.start - b.start)
}

function highlight(token: Token): HighlightKind {
  switch (token.kind) {
    case 'integer':
    case 'real':
    case 'typed':
      return 'number'
    case 'string':
    case 'wstring':
      return 'string'
    case 'name':
      return types.has(token.upper) ? 'type' : softKeywords.has(token.upper) ? 'keyword' : 'name'
    case 'keyword':
    case 'operator':
    case 'address':
    case 'bad':
      return token.kind
    case 'end':
      return 'bad'
  }
}
