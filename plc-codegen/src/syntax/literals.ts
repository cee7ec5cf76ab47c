import type { Token } from './tokens.ts'
import type { Literal, LiteralKind } from './tree.ts'

const unitNs: Readonly<Record<string, number>> = { d: 86_400e9, h: 3_600e9, m: 60e9, s: 1e9, ms: 1e6, us: 1e3, ns: 1 }
const kindOfPrefix: Readonly<Record<string, LiteralKind>> = {
  T: 'time',
  TIME: 'time',
  LT: 'time',
  LTIME: 'time',
  S5T: 'time',
  S5TIME: 'time',
  D: 'date',
  DATE: 'date',
  LD: 'date',
  LDATE: 'date',
  DT: 'dateTime',
  DATE_AND_TIME: 'dateTime',
  LDT: 'dateTime',
  LDATE_AND_TIME: 'dateTime',
  DTL: 'dateTime',
  TOD: 'timeOfDay',
  TIME_OF_DAY: 'timeOfDay',
  LTOD: 'timeOfDay',
  LTIME_OF_DAY: 'timeOfDay',
}

/** A literal token as a tree node, or undefined where its value makes no sense (`2#12`, `D#2023-02-31`). */
export function readLiteral(token: Token): Literal | undefined {
  const span = { start: token.start, end: token.end }
  const make = (literal: LiteralKind, value: Literal['value'] | undefined, prefix?: string): Literal | undefined =>
    value === undefined
      ? undefined
      : { kind: 'literal', literal, value, text: token.text, span, ...(prefix === undefined ? {} : { prefix }) }
  switch (token.kind) {
    case 'integer':
      return make('integer', integerValue(token.text))
    case 'real':
      return make('real', Number(token.text.replaceAll('_', '')))
    case 'string':
      return make('string', unescapeText(token.text.slice(1, token.text.endsWith("'") ? -1 : undefined), 2))
    case 'wstring':
      return make('wstring', unescapeText(token.text.slice(1, token.text.endsWith('"') ? -1 : undefined), 4))
    case 'typed': {
      const hash = token.text.indexOf('#')
      const prefix = token.text.slice(0, hash).toUpperCase()
      const rest = token.text.slice(hash + 1)
      const kind = kindOfPrefix[prefix]
      if (kind === 'time') return make(kind, durationNs(rest), prefix)
      if (kind !== undefined) return make(kind, calendarNs(rest, kind), prefix)
      if (prefix === 'BOOL') return make('boolean', booleanValue(rest), prefix)
      if (rest.startsWith("'")) return make('string', unescapeText(rest.slice(1, -1), 2), prefix)
      if (rest.startsWith('"')) return make('wstring', unescapeText(rest.slice(1, -1), 4), prefix)
      if (/^[A-Za-z_\u00aa-\uffff]/.test(rest)) return make('enum', rest, prefix)
      if (prefix === 'REAL' || prefix === 'LREAL') {
        const value = rest.includes('#') ? integerValue(rest) : Number(rest.replaceAll('_', ''))
        return make('real', value === undefined ? undefined : Number(value), prefix)
      }
      return make('integer', integerValue(rest), prefix)
    }
    default:
      return undefined
  }
}

/** Value of `123`, `-5`, `16#FF_FF`: a number where it is exact, otherwise a bigint. */
export function integerValue(text: string): number | bigint | undefined {
  if (text.length < 16 && /^\d+$/.test(text)) return Number(text)
  const clean = text.replaceAll('_', '').replace(/^\+/, '')
  const negative = clean.startsWith('-')
  const [head, digits] = (negative ? clean.slice(1) : clean).split('#')
  let value = 0n
  if (digits === undefined) {
    if (!/^\d+$/.test(head!)) return undefined
    value = BigInt(head!)
  } else {
    const base = Number(head)
    if (base !== 2 && base !== 8 && base !== 10 && base !== 16) return undefined
    if (digits === '') return undefined
    let small = 0
    for (const c of digits) {
      const digit = Number.parseInt(c, 36)
      if (Number.isNaN(digit) || digit >= base) return undefined
      if (digits.length <= 12) small = small * base + digit
      else value = value * BigInt(base) + BigInt(digit)
    }
    if (digits.length <= 12) value = BigInt(small)
  }
  if (negative) value = -value
  const exact = Number(value)
  return Number.isSafeInteger(exact) ? exact : value
}

function booleanValue(text: string): boolean | undefined {
  const upper = text.toUpperCase()
  if (upper === 'TRUE' || upper === '1') return true
  if (upper === 'FALSE' || upper === '0') return false
  return undefined
}

/** `1h2m3.5s` in nanoseconds. */
function durationNs(text: string): bigint | undefined {
  const negative = text.startsWith('-')
  let total = 0
  let found = false
  for (const part of text.toLowerCase().matchAll(/(\d[\d_]*(?:\.[\d_]+)?)(ns|us|ms|[dhms])/g)) {
    total += Number(part[1]!.replaceAll('_', '')) * unitNs[part[2]!]!
    found = true
  }
  if (!found) return undefined
  return BigInt(Math.round(negative ? -total : total))
}

function calendarNs(text: string, kind: LiteralKind): bigint | undefined {
  const pattern =
    kind === 'timeOfDay'
      ? /^()()()(\d+):(\d+)(?::(\d+)(\.\d+)?)?$/
      : /^(\d+)-(\d+)-(\d+)(?:-(\d+):(\d+)(?::(\d+)(\.\d+)?)?)?$/
  const found = pattern.exec(text)
  if (found === null) return undefined
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(part => Number(part ?? 0))
  if (hour! > 23 || minute! > 59 || second! > 59) return undefined
  let days = 0
  if (kind !== 'timeOfDay') {
    const ms = Date.UTC(year!, month! - 1, day!)
    const back = new Date(ms)
    if (back.getUTCMonth() !== month! - 1 || back.getUTCDate() !== day!) return undefined
    days = ms / 86_400_000
  }
  const seconds = BigInt(days * 86_400 + hour! * 3600 + minute! * 60 + second!)
  return seconds * 1_000_000_000n + BigInt(Math.round(Number(found[7] ?? 0) * 1e9))
}

const escapes: Readonly<Record<string, string>> = { L: '\n', N: '\n', P: '\f', R: '\r', T: '\t' }

/** `$N`, `$'`, `$0D`: IEC 61131-3:2013 table 6. `width` hexadecimal digits name a character. */
export function unescapeText(text: string, width: 2 | 4): string {
  if (!text.includes('$')) return text
  const hex = width === 2 ? /\$([0-9A-Fa-f]{2})|\$([\s\S])/g : /\$([0-9A-Fa-f]{4})|\$([\s\S])/g
  return text.replace(hex, (_, code: string | undefined, other: string) =>
    code === undefined ? (escapes[other.toUpperCase()] ?? other) : String.fromCharCode(Number.parseInt(code, 16)),
  )
}

/** A value as the text of a STRING literal. */
export function stringLiteral(value: string): string {
  const body = [...value]
    .map(c =>
      c === '$' || c === "'"
        ? `$${c}`
        : c < ' '
          ? `$${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
          : c,
    )
    .join('')
  return `'${body}'`
}
