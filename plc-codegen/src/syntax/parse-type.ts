import { type Cursor, accept, advance, expect, expectDottedName, expectName, is, peek, report, shown, since, warn } from './cursor.ts'
import { parseDeclarations } from './parse-section.ts'
import { parseExpression, parsePostfix } from './parse-expression.ts'
import type { EnumValue, Expression, Range, TypeNode } from './tree.ts'

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
    if ((upper === 'POINTER' || upper === 'REF_TO' || upper === 'REFERENCE') && (upper === 'REF_TO' || peek(c).upper === 'TO')) {
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
  if (!is(c, end)) report(c, 'ST202', c.token, { wanted: end, opened: first.text, found: shown(c.token), at: `@${first.start}` })
  else advance(c)
  return { kind: 'structType', union, fields, ...(base === undefined ? {} : { extends: base }), span: since(c, first.start) }
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
  const fields = call.args.flatMap(arg => (arg.name === undefined || arg.value === undefined ? [] : [{ name: arg.name, value: arg.value }]))
  return { kind: 'structInit', fields, span: call.span }
}
