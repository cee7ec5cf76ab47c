import {
  accept,
  advance,
  type Cursor,
  expect,
  expectDottedName,
  expectName,
  is,
  peek,
  previous,
  report,
  shown,
  since,
  warn,
} from './cursor.ts'
import { parseArrayItem, parseExpression, parseInitialValue, parsePostfix } from './parse-expression.ts'
import type { Token } from './tokens.ts'
import type { Declaration, EnumValue, Expression, Name, Range, Section, SectionKind, TypeNode } from './tree.ts'

export function parseType(c: Cursor): TypeNode {
  const { start, upper, kind } = c.token
  const span = () => since(c, start)
  if (kind === 'keyword') {
    if (upper === 'ARRAY') return parseArray(c)
    if (upper === 'STRUCT' || upper === 'UNION') return parseStruct(c, undefined)
  }
  if (upper === '^') {
    advance(c)
    return { kind: 'pointerType', to: parseType(c), span: span() }
  }
  if (upper === '(') return parseEnum(c)
  if (kind === 'name') {
    if (
      (upper === 'POINTER' || upper === 'REF_TO' || upper === 'REFERENCE') &&
      (upper === 'REF_TO' || peek(c).upper === 'TO')
    ) {
      advance(c)
      if (upper !== 'REF_TO') advance(c)
      return { kind: upper === 'REFERENCE' ? 'referenceType' : 'pointerType', to: parseType(c), span: span() }
    }
    if (upper === 'STRING' || upper === 'WSTRING') {
      advance(c)
      const open = is(c, '[') ? ']' : is(c, '(') ? ')' : undefined
      if (open === undefined) return { kind: 'stringType', wide: upper === 'WSTRING', span: span() }
      advance(c)
      if (is(c, 'SIZE') && peek(c).upper === ':=') {
        warn(c, 'ST252', c.token, { found: 'STRING(SIZE := n)', wanted: 'STRING[n]' })
        advance(c)
        advance(c)
      }
      const length = parseExpression(c)
      expect(c, open)
      return { kind: 'stringType', wide: upper === 'WSTRING', length, span: span() }
    }
    const name = expectDottedName(c)!
    if (is(c, '(') && isSubrange(c)) {
      advance(c)
      const range = parseRange(c)
      expect(c, ')')
      return { kind: 'subrangeType', base: name.text, range, span: span() }
    }
    return { kind: 'namedType', name: name.text, span: name.span }
  }
  report(c, 'ST213', c.token, { found: shown(c.token) })
  return { kind: 'namedType', name: '', span: { start, end: start } }
}

/** `INT (0..100)` against `TON (PT := T#1s)`. */
function isSubrange(c: Cursor): boolean {
  for (let i = 1; i < 40; i += 1) {
    const token = peek(c, i)
    if (token.upper === '..') return true
    if (token.upper === ')' || token.upper === ':=' || token.upper === ';' || token.kind === 'end') return false
  }
  return false
}

function parseRange(c: Cursor): Range {
  const low = parseExpression(c)
  expect(c, '..')
  return { low, high: parseExpression(c) }
}

function parseArray(c: Cursor): TypeNode {
  const { start } = advance(c)
  const ranges: (Range | undefined)[] = []
  if (expect(c, '[')) {
    do {
      if (accept(c, '*')) ranges.push(undefined)
      else ranges.push(parseRange(c))
    } while (accept(c, ','))
    expect(c, ']')
  }
  expect(c, 'OF')
  const element = parseType(c)
  return { kind: 'arrayType', ranges, element, span: since(c, start) }
}

export function parseStruct(c: Cursor, base: string | undefined): TypeNode {
  const first = advance(c)
  const union = first.upper === 'UNION'
  const end = union ? 'END_UNION' : 'END_STRUCT'
  c.open.push(end)
  const fields = parseDeclarations(c)
  c.open.pop()
  if (!is(c, end))
    report(c, 'ST202', c.token, { wanted: end, opened: first.text, found: shown(c.token), at: `@${first.start}` })
  else advance(c)
  return {
    kind: 'structType',
    union,
    fields,
    ...(base === undefined ? {} : { extends: base }),
    span: since(c, first.start),
  }
}

function parseEnum(c: Cursor): TypeNode {
  const { start } = advance(c)
  const values: EnumValue[] = []
  while (!is(c, ')') && c.token.kind !== 'end') {
    const name = expectName(c)
    if (name === undefined) break
    const value = accept(c, ':=') ? parseExpression(c) : undefined
    values.push({ name, ...(value === undefined ? {} : { value }) })
    if (!accept(c, ',')) break
  }
  expect(c, ')')
  const base = c.token.kind === 'name' ? expectDottedName(c)?.text : undefined
  return { kind: 'enumType', values, ...(base === undefined ? {} : { base }), span: since(c, start) }
}

/** The old spelling `x : TON(PT := T#1s)`: an initial value behind the type without `:=`. */
export function parseInstanceArguments(c: Cursor): Expression | undefined {
  if (!is(c, '(')) return undefined
  const { start } = c.token
  const call = parsePostfix(c, { kind: 'name', name: '', span: { start, end: start } })
  if (call.kind !== 'call') return undefined
  const fields = call.args.flatMap(arg =>
    arg.name === undefined || arg.value === undefined ? [] : [{ name: arg.name, value: arg.value }],
  )
  return { kind: 'structInit', fields, span: call.span }
}

const qualifierWords = new Set([
  'CONSTANT',
  'RETAIN',
  'NON_RETAIN',
  'PERSISTENT',
  'PUBLIC',
  'PRIVATE',
  'PROTECTED',
  'INTERNAL',
  'DB_SPECIFIC',
])
/** Section ends that no standard has, seen in real libraries: taken, with a warning. */
const looseEnds = /^END_VAR_\w+$/

export function isSectionStart(c: Cursor): boolean {
  return /^VAR(?:_[A-Z_]+)?$/.test(c.token.upper) && (c.token.kind === 'keyword' || c.token.upper === 'VAR_CONSTANT')
}

export function parseSection(c: Cursor): Section {
  const first = advance(c)
  const qualifiers: string[] = []
  let section = first.upper
  if (section === 'VAR_CONSTANT') {
    section = 'VAR'
    qualifiers.push('CONSTANT')
    warn(c, 'ST252', first, { found: first.text, wanted: 'VAR CONSTANT' })
  }
  while (
    c.token.kind === 'name' &&
    qualifierWords.has(c.token.upper) &&
    peek(c).upper !== ':' &&
    peek(c).upper !== ','
  ) {
    qualifiers.push(advance(c).upper)
  }
  c.open.push('END_VAR')
  const declarations = parseDeclarations(c)
  c.open.pop()
  if (is(c, 'END_VAR')) {
    advance(c)
    if (is(c, 'CONSTANT') || is(c, 'RETAIN')) {
      const extra = advance(c)
      warn(c, 'ST252', extra, { found: `END_VAR ${extra.text}`, wanted: 'END_VAR' })
    }
    accept(c, ';')
  } else if (looseEnds.test(c.token.upper)) {
    const end = advance(c)
    warn(c, 'ST252', end, { found: end.text, wanted: 'END_VAR' })
    accept(c, ';')
  } else {
    report(c, 'ST202', c.token, { wanted: 'END_VAR', opened: first.text, found: shown(c.token), at: `@${first.start}` })
  }
  return { section: section as SectionKind, qualifiers, declarations, span: since(c, first.start) }
}

/** Declarations up to a word or sign that cannot begin one. */
export function parseDeclarations(c: Cursor): Declaration[] {
  const found: Declaration[] = []
  for (;;) {
    if (accept(c, ';')) continue
    const { kind } = c.token
    const address = kind === 'address' || (is(c, 'AT') && peek(c).kind === 'address')
    if (kind !== 'name' && !address) {
      // A keyword where a name should stand: `by : BYTE;`.
      if (
        kind === 'keyword' &&
        (peek(c).upper === ':' || peek(c).upper === ',') &&
        !/^(?:END_|ELSE|VAR)/.test(c.token.upper)
      ) {
        report(c, 'ST206', c.token, { found: shown(c.token) })
        advance(c)
        skipDeclaration(c)
        continue
      }
      if (kind === 'keyword' || kind === 'end' || is(c, '(')) return found
      report(c, 'ST206', c.token, { found: shown(c.token) })
      skipDeclaration(c)
      continue
    }
    if (looseEnds.test(c.token.upper)) return found
    // A statement where a declaration should stand: the section was never closed.
    if (kind === 'name' && /^(?::=|\(|\.|\[|\^|;|\+=|-=)$/.test(peek(c).upper)) return found
    const before = c.at
    found.push(parseDeclaration(c))
    if (c.at === before) advance(c)
  }
}

function parseDeclaration(c: Cursor): Declaration {
  const { start } = c.token
  const names: Name[] = []
  let address: string | undefined
  if (c.token.kind === 'address') {
    // An anonymous variable at an address: `%IX0.0 : BOOL;`
    address = advance(c).text
  } else {
    if (!(is(c, 'AT') && peek(c).kind === 'address')) {
      do {
        const name = expectName(c)
        if (name === undefined) break
        names.push(name)
      } while (accept(c, ','))
    }
    if (is(c, 'AT') && peek(c).upper !== ':') {
      advance(c)
      const place: Token = c.token
      if (place.kind === 'address' || place.kind === 'name') address = advance(c).text
      else report(c, 'ST204', c.token, { found: shown(c.token) })
    }
  }
  if (!accept(c, ':')) {
    report(c, 'ST201', c.token, { wanted: ':', found: shown(c.token) })
    skipDeclaration(c)
    return { names, type: { kind: 'namedType', name: '', span: c.token }, span: since(c, start) }
  }
  const type = parseType(c)
  let edge: 'R_EDGE' | 'F_EDGE' | undefined
  if (is(c, 'R_EDGE') || is(c, 'F_EDGE')) edge = advance(c).upper as 'R_EDGE' | 'F_EDGE'
  let init = parseInstanceArguments(c)
  if (accept(c, ':=') || accept(c, '=')) init = parseInit(c)
  endDeclaration(c)
  return {
    names,
    type,
    ...(init === undefined ? {} : { init }),
    ...(address === undefined ? {} : { address }),
    ...(edge === undefined ? {} : { edge }),
    span: since(c, start),
  }
}

/** An initial value; without brackets a list as older CODESYS writes arrays: `:= 1, 2, 3(0)`. */
export function parseInit(c: Cursor): Expression {
  const { start } = c.token
  const first = parseArrayItem(c)
  if (!is(c, ',') && first.count === undefined) return first.value ?? parseInitialValue(c)
  const items = [first]
  while (accept(c, ',')) items.push(parseArrayItem(c))
  return { kind: 'arrayInit', items, span: since(c, start) }
}

function endDeclaration(c: Cursor): void {
  if (accept(c, ';')) return
  const last = previous(c)
  if (c.token.kind === 'name' || c.token.kind === 'keyword' || c.token.kind === 'end') {
    report(c, 'ST208', { start: last.end, end: last.end }, { after: shown(last) })
    return
  }
  expect(c, ';')
  skipDeclaration(c)
}

/** Panic mode: to behind the next semicolon or to a word that ends the section. */
export function skipDeclaration(c: Cursor): void {
  while (c.token.kind !== 'end') {
    if (accept(c, ';')) return
    if (c.token.kind === 'keyword' && /^(?:END_|VAR|IF$|CASE$|FOR$|FUNCTION|PROGRAM)/.test(c.token.upper)) return
    advance(c)
  }
}
