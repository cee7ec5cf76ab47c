import { accept, advance, type Cursor, DEPTH_LIMIT, expect, is, peek, report, shown, since } from './cursor.ts'
import { readLiteral } from './literals.ts'
import type { Argument, BinaryOperator, Expression, Name } from './tree.ts'

/** Binding strength, IEC 61131-3:2013 table 71. */
export const strength: Readonly<Record<string, number>> = {
  OR: 1,
  OR_ELSE: 1,
  XOR: 2,
  AND: 3,
  AND_THEN: 3,
  '&': 3,
  '=': 4,
  '<>': 4,
  '<': 5,
  '>': 5,
  '<=': 5,
  '>=': 5,
  '+': 6,
  '-': 6,
  '*': 7,
  '/': 7,
  MOD: 7,
  '**': 8,
}

export function parseExpression(c: Cursor): Expression {
  return parseBinary(c, 1)
}

function parseBinary(c: Cursor, least: number): Expression {
  let left = parseUnary(c)
  for (;;) {
    const binds = strength[c.token.upper]
    if (binds === undefined || binds < least) return left
    const operator = advance(c)
    const right = parseBinary(c, binds + 1)
    left = {
      kind: 'binary',
      operator: (operator.upper === '&' ? 'AND' : operator.upper) as BinaryOperator,
      left,
      right,
      span: { start: left.span.start, end: Math.max(operator.end, right.span.end) },
    }
  }
}

function parseUnary(c: Cursor): Expression {
  const { upper, start } = c.token
  if (upper === 'NOT' || upper === '-' || upper === '+') {
    if (c.depth >= DEPTH_LIMIT) return tooDeep(c)
    advance(c)
    c.depth += 1
    const operand = parseUnary(c)
    c.depth -= 1
    return { kind: 'unary', operator: upper, operand, span: since(c, start) }
  }
  return parsePostfix(c, parsePrimary(c))
}

const callableOperators = new Set(['AND', 'OR', 'XOR', 'MOD'])

function parsePrimary(c: Cursor): Expression {
  const token = c.token
  const span = { start: token.start, end: token.end }
  switch (token.kind) {
    case 'integer':
    case 'real':
    case 'typed':
    case 'string':
    case 'wstring': {
      advance(c)
      const literal = readLiteral(token)
      if (literal !== undefined) return literal
      // The lexer has already reported a typed literal that it could not read.
      const known = c.problems.some(problem => problem.code === 'ST104' && problem.span.start === token.start)
      if (!known) c.problems.push({ code: 'ST104', span, values: { text: token.text } })
      return { kind: 'bad', span }
    }
    case 'address':
      advance(c)
      return { kind: 'address', address: token.text, span }
    case 'name':
      advance(c)
      return { kind: 'name', name: token.text, span }
    default:
  }
  if (token.upper === 'TRUE' || token.upper === 'FALSE') {
    advance(c)
    return { kind: 'literal', literal: 'boolean', value: token.upper === 'TRUE', text: token.text, span }
  }
  if (token.upper === '(') {
    if (c.depth >= DEPTH_LIMIT) return tooDeep(c)
    advance(c)
    c.depth += 1
    const inner = parseExpression(c)
    c.depth -= 1
    if (!accept(c, ')')) report(c, 'ST201', c.token, { wanted: ')', found: shown(c.token) })
    return inner
  }
  if (callableOperators.has(token.upper) && peek(c).upper === '(') {
    advance(c)
    return { kind: 'name', name: token.text, span }
  }
  report(c, 'ST204', token, { found: shown(token) })
  return { kind: 'bad', span: { start: token.start, end: token.start } }
}

function tooDeep(c: Cursor): Expression {
  report(c, 'ST211', c.token)
  return { kind: 'bad', span: { start: c.token.start, end: c.token.start } }
}

const slice = /^%([XBWD])(\d+)$/

export function parsePostfix(c: Cursor, first: Expression): Expression {
  let target = first
  const { start } = first.span
  if (first.kind === 'bad' || first.kind === 'literal') return target
  for (;;) {
    if (is(c, '.')) {
      const next = peek(c)
      const part = slice.exec(next.upper)
      if (next.kind === 'integer' || part !== null) {
        advance(c)
        advance(c)
        const size = (part?.[1] ?? 'X') as 'X' | 'B' | 'W' | 'D'
        target = { kind: 'bit', target, size, index: Number(part?.[2] ?? next.text), span: since(c, start) }
      } else if (next.kind === 'name' || next.kind === 'keyword') {
        advance(c)
        advance(c)
        const name: Name = { text: next.text, span: { start: next.start, end: next.end } }
        target = { kind: 'member', target, name, span: since(c, start) }
      } else {
        advance(c)
        report(c, 'ST206', c.token, { found: shown(c.token) })
        return target
      }
    } else if (is(c, '[')) {
      advance(c)
      const indices = [parseExpression(c)]
      while (accept(c, ',')) indices.push(parseExpression(c))
      expect(c, ']')
      target = { kind: 'index', target, indices, span: since(c, start) }
    } else if (is(c, '^')) {
      advance(c)
      target = { kind: 'deref', target, span: since(c, start) }
    } else if (is(c, '(')) {
      const args = parseArguments(c)
      target = { kind: 'call', target, args, span: since(c, start) }
    } else {
      return target
    }
  }
}

/** `( a, x := b, NOT q => c )`. */
export function parseArguments(c: Cursor): Argument[] {
  advance(c)
  const args: Argument[] = []
  if (accept(c, ')')) return args
  for (;;) {
    args.push(parseArgument(c))
    if (accept(c, ',')) {
      if (is(c, ')')) break
      continue
    }
    break
  }
  if (!accept(c, ')')) {
    report(c, 'ST201', c.token, { wanted: ')', found: shown(c.token) })
  }
  return args
}

function parseArgument(c: Cursor): Argument {
  const { start } = c.token
  const negated = is(c, 'NOT') && peek(c).kind === 'name' && peek(c, 2).upper === '=>'
  const nameAt = negated ? peek(c) : c.token
  const sign = peek(c, negated ? 2 : 1).upper
  if ((nameAt.kind === 'name' || nameAt.kind === 'keyword') && (sign === ':=' || sign === '=>')) {
    if (negated) advance(c)
    advance(c)
    advance(c)
    const name: Name = { text: nameAt.text, span: { start: nameAt.start, end: nameAt.end } }
    const output = sign === '=>'
    if (is(c, ',') || is(c, ')')) return { name, output, negated, span: since(c, start) }
    return { name, value: parseInitialValue(c), output, negated, span: since(c, start) }
  }
  return { value: parseExpression(c), output: false, negated: false, span: since(c, start) }
}

/** What may stand after `:=` in a declaration: an expression, `[…]` or `(field := …)`. */
export function parseInitialValue(c: Cursor): Expression {
  const { start } = c.token
  if (is(c, '[')) {
    advance(c)
    const items: { count?: Expression; value?: Expression }[] = []
    while (!is(c, ']') && c.token.kind !== 'end') {
      items.push(parseArrayItem(c))
      if (!accept(c, ',')) break
    }
    expect(c, ']')
    return { kind: 'arrayInit', items, span: since(c, start) }
  }
  if (is(c, '(') && peek(c).kind === 'name' && peek(c, 2).upper === ':=') {
    advance(c)
    const fields: { name: Name; value: Expression }[] = []
    do {
      if (c.token.kind !== 'name') break
      const token = advance(c)
      expect(c, ':=')
      fields.push({
        name: { text: token.text, span: { start: token.start, end: token.end } },
        value: parseInitialValue(c),
      })
    } while (accept(c, ','))
    expect(c, ')')
    return { kind: 'structInit', fields, span: since(c, start) }
  }
  return parseExpression(c)
}

/** `v`, `n(v)` or `n()`: a count may be a literal or a constant's name. */
export function parseArrayItem(c: Cursor): { count?: Expression; value?: Expression } {
  if (c.token.kind === 'integer' && peek(c).upper === '(') {
    const count = parsePrimary(c)
    advance(c)
    if (accept(c, ')')) return { count }
    const values = [parseArrayItem(c)]
    while (accept(c, ',')) values.push(parseArrayItem(c))
    expect(c, ')')
    const only = values[0]!
    if (values.length === 1 && only.count === undefined && only.value !== undefined) return { count, value: only.value }
    return { count, value: { kind: 'arrayInit', items: values, span: since(c, count.span.start) } }
  }
  return { value: parseInitialValue(c) }
}
