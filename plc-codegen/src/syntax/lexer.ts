import type { Problem } from '../problems.ts'
import { type Dialect, dialects } from './dialect.ts'
import { scanComment, scanPragma } from './lexer-trivia.ts'
import { keywords, type Token, type TokenKind, type Trivia } from './tokens.ts'

export interface Lexed {
  readonly tokens: Token[]
  readonly trivia: Trivia[]
  readonly problems: Problem[]
}

const real = /\d[\d_]*\.\d[\d_]*(?:[eE][+-]?\d+)?|\d[\d_]*[eE][+-]?\d+/y
const based = /\d{1,2}#[0-9a-zA-Z_]+/y
const integer = /\d[\d_]*/y
const duration = /[+-]?(?:\d[\d_]*(?:\.[\d_]+)?(?:ns|us|ms|[dhms])_?)+/iy
const calendar = /\d+-\d+-\d+(?:-\d+:\d+(?::\d+(?:\.\d+)?)?)?/y
const clock = /\d+:\d+(?::\d+(?:\.\d+)?)?/y
const signed = /[+-]?(?:\d{1,2}#[0-9a-zA-Z_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?)/y
const word = /[A-Za-z_\u00aa-\uffff][\w\u00aa-\uffff]*/y
const address = /%[IQMiqm][XBWDLxbwdl]?(?:\*|\d+(?:\.\d+)*)|%[XBWDxbwd]\d+|%[A-Za-z]+\d+(?:\.[A-Za-z]+\d+)?(?:\.\d+)*/y
const pairs = new Set([':=', '=>', '<=', '>=', '<>', '**', '..', '+=', '-=', '*=', '/=', '?='])
const singles = new Set([...'+-*/=<>()[]{},;:.^&@|'])
const durations = new Set(['T', 'TIME', 'LT', 'LTIME', 'S5T', 'S5TIME'])
const calendars = new Set(['D', 'DATE', 'LD', 'LDATE', 'DT', 'DATE_AND_TIME', 'LDT', 'LDATE_AND_TIME', 'DTL'])
const clocks = new Set(['TOD', 'TIME_OF_DAY', 'LTOD', 'LTIME_OF_DAY'])

/** Text to tokens; comments and pragmas come apart. Every character is accounted for, whatever the text. */
export function lex(text: string, dialect: Dialect): Lexed {
  const tokens: Token[] = []
  const trivia: Trivia[] = []
  const problems: Problem[] = []
  const { quotedNames } = dialects[dialect]
  let at = 0

  const match = (pattern: RegExp, from: number): number => {
    pattern.lastIndex = from
    return pattern.test(text) ? pattern.lastIndex : -1
  }
  const push = (kind: TokenKind, start: number, end: number, shown: string, upper: string) => {
    tokens.push({ kind, start, end, text: shown, upper })
    at = end
  }
  const literal = (kind: TokenKind, end: number) => push(kind, at, end, text.slice(at, end), '')

  const scanString = (quote: number, kind: 'string' | 'wstring') => {
    let i = at + 1
    while (i < text.length) {
      const c = text.charCodeAt(i)
      if (c === quote) {
        literal(kind, i + 1)
        return
      }
      if (c === 10 || c === 13) break
      i += c === 36 && i + 1 < text.length && text.charCodeAt(i + 1) >= 32 ? 2 : 1
    }
    problems.push({ code: 'ST103', span: { start: at, end: i }, values: {} })
    literal(kind, i)
  }

  const scanTyped = (prefix: string, hash: number): number => {
    const from = hash + 1
    if (durations.has(prefix)) return match(duration, from)
    if (calendars.has(prefix)) return match(calendar, from)
    if (clocks.has(prefix)) return match(clock, from)
    const quote = text.charCodeAt(from)
    if (quote === 39 || quote === 34) {
      const close = text.indexOf(String.fromCharCode(quote), from + 1)
      return close < 0 ? -1 : close + 1
    }
    const number = match(signed, from)
    return number >= 0 ? number : match(word, from)
  }

  const scanWord = () => {
    const end = match(word, at)
    const shown = text.slice(at, end)
    const upper = shown.toUpperCase()
    if (text.charCodeAt(end) === 35) {
      const close = scanTyped(upper, end)
      if (close >= 0) {
        literal('typed', close)
        return
      }
      const rest = /[^\s;,)\]]*/y
      const stop = match(rest, end + 1)
      problems.push({
        code: 'ST104',
        span: { start: at, end: stop },
        values: { text: text.slice(at, stop) },
      })
      literal('typed', stop)
      return
    }
    push(keywords.has(upper) ? 'keyword' : 'name', at, end, shown, upper)
  }

  const scanNumber = () => {
    let end = match(based, at)
    if (end >= 0) return literal('integer', end)
    const previous = tokens.at(-1)
    // After a dot a number is a bit of a word: `x.0` must not swallow a following range or digit.
    if (previous?.upper !== '.') {
      end = match(real, at)
      if (end >= 0) return literal('real', end)
    }
    end = match(integer, at)
    return literal('integer', end)
  }

  if (text.charCodeAt(0) === 0xfeff) at = 1
  while (at < text.length) {
    const c = text.charCodeAt(at)
    if (c <= 32 || c === 160 || c === 0xfeff || c === 0x3000 || c === 0x200b) {
      at += 1
      continue
    }
    const two = text.charCodeAt(at + 1)
    if (
      (c === 40 && (two === 42 || (two === 47 && text.charCodeAt(at + 2) === 42))) ||
      (c === 47 && (two === 47 || two === 42))
    ) {
      const found = scanComment(text, at, problems)
      trivia.push({ kind: 'comment', start: at, end: found })
      at = found
    } else if (c === 123) {
      const found = scanPragma(text, at, problems)
      trivia.push({ kind: 'pragma', start: at, end: found })
      at = found
    } else if (c >= 48 && c <= 57) {
      scanNumber()
    } else if ((c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95 || c > 169) {
      if (match(word, at) < 0) bad()
      else scanWord()
    } else if (c === 39) {
      scanString(39, 'string')
    } else if (c === 34) {
      const close = text.indexOf('"', at + 1)
      if (quotedNames && close > 0) {
        const shown = text.slice(at + 1, close)
        push('name', at, close + 1, shown, shown.toUpperCase())
      } else {
        scanString(34, 'wstring')
      }
    } else if (c === 35 && match(word, at + 1) >= 0) {
      const end = match(word, at + 1)
      const shown = text.slice(at + 1, end)
      // `#VAR_INPUT` is a slip: no name may be a keyword.
      if (keywords.has(shown.toUpperCase())) bad()
      else push('name', at, end, shown, shown.toUpperCase())
    } else if (c === 35 && two === 34 && text.indexOf('"', at + 2) > 0) {
      const close = text.indexOf('"', at + 2)
      const shown = text.slice(at + 2, close)
      push('name', at, close + 1, shown, shown.toUpperCase())
    } else if (c === 37 && match(address, at) >= 0) {
      const end = match(address, at)
      push('address', at, end, text.slice(at, end), text.slice(at, end).toUpperCase())
    } else {
      const pair = text.slice(at, at + 2)
      const one = text.charAt(at)
      if (pairs.has(pair)) push('operator', at, at + 2, pair, pair)
      else if (singles.has(one)) push('operator', at, at + 1, one, one)
      else bad()
    }
  }
  tokens.push({ kind: 'end', start: text.length, end: text.length, text: '', upper: '\u0000END' })
  return { tokens, trivia, problems }

  function bad() {
    problems.push({ code: 'ST101', span: { start: at, end: at + 1 }, values: { text: text.charAt(at) } })
    push('bad', at, at + 1, text.charAt(at), '')
  }
}
