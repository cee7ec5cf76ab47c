import {
  accept,
  advance,
  type Cursor,
  DEPTH_LIMIT,
  expect,
  expectName,
  is,
  peek,
  previous,
  report,
  shown,
  since,
} from './cursor.ts'
import { parseExpression, parsePostfix } from './parse-expression.ts'
import { blockEnds, closeBlock, endStatement, sectionStarts, skipStatement, startsMember } from './recover.ts'
import type { AssignOperator, CaseBranch, CaseLabel, Expression, IfBranch, Statement } from './tree.ts'

const tryWords: ReadonlySet<string> = new Set(['__TRY', '__CATCH', '__FINALLY', '__ENDTRY'])
const assignOperators = new Set([':=', '?=', '+=', '-=', '*=', '/='])
const wordOperators: Readonly<Record<string, AssignOperator>> = { S: 'S=', R: 'R=', REF: 'REF=' }
/** Statements up to a word that ends or divides an open block. */
export function parseStatements(c: Cursor, labels = false): Statement[] {
  const found: Statement[] = []
  for (;;) {
    const { kind, upper } = c.token
    if (kind === 'end' || sectionStarts.test(upper) || startsMember(c)) return found
    if (kind === 'keyword') {
      if (upper === 'ELSE' || upper === 'ELSIF' || upper === 'UNTIL') {
        if (c.open.length > 0 && divides(c, upper)) return found
        report(c, 'ST203', c.token, { found: upper })
        advance(c)
        skipStatement(c)
        continue
      }
      if (blockEnds.test(upper)) {
        if (c.open.includes(upper)) return found
        report(c, 'ST203', c.token, { found: upper })
        advance(c)
        accept(c, ';')
        continue
      }
    }
    if (labels && startsLabel(c)) return found
    const literal = kind === 'integer' || kind === 'typed'
    if (!labels && c.cases > 0 && literal && startsLabel(c)) return found
    const before = c.at
    found.push(parseStatement(c))
    if (c.at === before) advance(c)
  }
}

/** Whether an open block can take this word. */
function divides(c: Cursor, word: string): boolean {
  const fits = word === 'UNTIL' ? ['END_REPEAT'] : word === 'ELSE' ? ['END_IF', 'END_CASE'] : ['END_IF']
  return fits.some(end => c.open.includes(end))
}

/** Looks ahead for `label, low..high :`. */
function startsLabel(c: Cursor): boolean {
  for (let i = 0; i < 400; i += 1) {
    const token = peek(c, i)
    if (token.upper === ':') return i > 0
    const fits =
      token.kind === 'integer' ||
      token.kind === 'typed' ||
      token.kind === 'name' ||
      token.kind === 'string' ||
      token.upper === ',' ||
      token.upper === '..' ||
      token.upper === '.' ||
      token.upper === '-' ||
      token.upper === '+' ||
      token.upper === 'TRUE' ||
      token.upper === 'FALSE' ||
      token.upper === '*'
    if (!fits) return false
  }
  return false
}

export function parseStatement(c: Cursor): Statement {
  if (c.depth >= DEPTH_LIMIT) {
    report(c, 'ST211', c.token)
    return bad(c, c.token.start)
  }
  c.depth += 1
  const statement = parseOne(c)
  c.depth -= 1
  return statement
}

function parseOne(c: Cursor): Statement {
  const { start, upper } = c.token
  switch (upper) {
    case ';':
      advance(c)
      return { kind: 'empty', span: since(c, start) }
    case 'IF':
      return parseIf(c)
    case 'CASE':
      return parseCase(c)
    case 'FOR':
      return parseFor(c)
    case 'WHILE': {
      advance(c)
      const condition = parseExpression(c)
      expect(c, 'DO')
      const body = parseBlock(c, 'END_WHILE', start)
      return { kind: 'while', condition, body, span: since(c, start) }
    }
    case 'REPEAT': {
      advance(c)
      c.open.push('END_REPEAT')
      const body = parseStatements(c)
      c.open.pop()
      const known = expect(c, 'UNTIL')
      const until: Expression = known ? parseExpression(c) : { kind: 'bad', span: since(c, start) }
      if (known) accept(c, ';')
      closeBlock(c, 'END_REPEAT', start)
      return { kind: 'repeat', body, until, span: since(c, start) }
    }
    case 'EXIT':
    case 'CONTINUE':
      advance(c)
      endStatement(c)
      return { kind: upper === 'EXIT' ? 'exit' : 'continue', span: since(c, start) }
    case 'RETURN': {
      advance(c)
      const value = is(c, '(') ? parseExpression(c) : undefined
      endStatement(c)
      return { kind: 'return', ...(value === undefined ? {} : { value }), span: since(c, start) }
    }
    case 'GOTO':
    case 'JMP': {
      advance(c)
      const label = expectName(c) ?? { text: '', span: since(c, start) }
      endStatement(c)
      return { kind: 'jump', label, span: since(c, start) }
    }
    default:
  }
  if (c.token.kind === 'name' && tryWords.has(upper)) {
    // Exceptions of CODESYS: the parts are read as they stand, one after the other.
    advance(c)
    if (upper === '__CATCH' && is(c, '(')) parseExpression(c)
    accept(c, ';')
    return { kind: 'empty', span: since(c, start) }
  }
  if (upper === 'REGION' && c.token.kind === 'name' && peek(c).upper !== ':=' && peek(c).upper !== '.')
    return parseRegion(c)
  if (c.token.kind === 'name' && peek(c).upper === ':' && !is(c, 'REGION')) {
    const name = advance(c)
    advance(c)
    return {
      kind: 'label',
      label: { text: name.text, span: { start: name.start, end: name.end } },
      span: since(c, start),
    }
  }
  if (c.token.kind === 'name' || c.token.kind === 'address' || callableKeyword(c)) return parseAssignmentOrCall(c)
  if (
    c.token.kind === 'integer' ||
    c.token.kind === 'real' ||
    c.token.kind === 'typed' ||
    c.token.kind === 'string' ||
    c.token.kind === 'wstring'
  ) {
    if (peek(c).upper === ':=') report(c, 'ST207', c.token, { found: shown(c.token) })
    else report(c, 'ST205', c.token, { found: shown(c.token) })
    return bad(c, start)
  }
  report(c, 'ST205', c.token, { found: shown(c.token) })
  return bad(c, start)
}

function callableKeyword(c: Cursor): boolean {
  return (is(c, 'AND') || is(c, 'OR') || is(c, 'XOR') || is(c, 'MOD')) && peek(c).upper === '('
}

function parseRegion(c: Cursor): Statement {
  const { start } = advance(c)
  // The title is the rest of the line, in any words: take tokens until a statement could begin on a new one.
  const words: string[] = []
  let last = previous(c)
  while (c.token.kind !== 'end' && !is(c, 'END_REGION') && c.token.start - last.end < 2 && !is(c, ';')) {
    last = advance(c)
    words.push(last.text)
  }
  c.open.push('END_REGION')
  const body = parseStatements(c)
  c.open.pop()
  closeBlock(c, 'END_REGION', start)
  return { kind: 'region', title: words.join(' '), body, span: since(c, start) }
}

function parseAssignmentOrCall(c: Cursor): Statement {
  const { start } = c.token
  const token = advance(c)
  const head: Expression =
    token.kind === 'address'
      ? { kind: 'address', address: token.text, span: { start: token.start, end: token.end } }
      : { kind: 'name', name: token.text, span: { start: token.start, end: token.end } }
  const target = parsePostfix(c, head)
  const word =
    c.token.kind === 'name' && peek(c).upper === '=' && peek(c).start === c.token.end
      ? wordOperators[c.token.upper]
      : undefined
  if (word !== undefined || assignOperators.has(c.token.upper)) {
    if (word !== undefined) advance(c)
    const operator = word ?? (c.token.upper as AssignOperator)
    advance(c)
    return finishAssignment(c, target, operator, start)
  }
  if (target.kind === 'call') {
    endStatement(c)
    return { kind: 'callStatement', call: target, span: since(c, start) }
  }
  if (is(c, '=') || is(c, ':')) {
    report(c, 'ST209', c.token, { found: c.token.text })
    advance(c)
    if (is(c, '=')) advance(c)
    return finishAssignment(c, target, ':=', start)
  }
  if (is(c, ';')) {
    // SCL and old CODESYS call a block or action by its bare name.
    advance(c)
    return { kind: 'callStatement', call: { kind: 'call', target, args: [], span: target.span }, span: since(c, start) }
  }
  report(c, 'ST201', c.token, { wanted: ':=', found: shown(c.token) })
  return bad(c, start)
}

function finishAssignment(c: Cursor, target: Expression, operator: AssignOperator, start: number): Statement {
  let value = parseExpression(c)
  // `a := b := c` (CODESYS): every target takes the last value.
  const also: Expression[] = []
  while (is(c, ':=') && value.kind !== 'bad' && value.kind !== 'literal') {
    also.push(value)
    advance(c)
    value = parseExpression(c)
  }
  endStatement(c)
  return { kind: 'assign', operator, target, ...(also.length === 0 ? {} : { also }), value, span: since(c, start) }
}

function parseIf(c: Cursor): Statement {
  const { start } = c.token
  const branches: IfBranch[] = []
  let otherwise: Statement[] | undefined
  c.open.push('END_IF')
  do {
    const from = advance(c).start
    const condition = parseExpression(c)
    if (!accept(c, 'THEN')) {
      report(c, 'ST201', c.token, { wanted: 'THEN', found: shown(c.token) })
      // A stray bracket or word before a THEN on the way: go on behind it.
      const then = nearBy(c, 'THEN', 12)
      if (then > 0) {
        while (c.at < then) advance(c)
        advance(c)
      }
    }
    const body = parseStatements(c)
    branches.push({ condition, body, span: since(c, from) })
  } while (is(c, 'ELSIF'))
  if (is(c, 'ELSE')) {
    advance(c)
    // `ELSE IF … THEN` is no fault, but an ELSE: after it is a common slip that CODESYS takes.
    accept(c, ':')
    otherwise = parseStatements(c)
  }
  c.open.pop()
  closeBlock(c, 'END_IF', start)
  return { kind: 'if', branches, ...(otherwise === undefined ? {} : { otherwise }), span: since(c, start) }
}

/** Index of a word among the next tokens of this statement, or 0. */
function nearBy(c: Cursor, upper: string, reach: number): number {
  for (let i = 0; i < reach; i += 1) {
    const token = peek(c, i)
    if (token.upper === upper) return c.at + i
    if (token.upper === ';' || token.upper === ':=' || token.kind === 'end') return 0
  }
  return 0
}

function parseCase(c: Cursor): Statement {
  const { start } = advance(c)
  const selector = parseExpression(c)
  expect(c, 'OF')
  c.open.push('END_CASE')
  c.cases += 1
  const branches: CaseBranch[] = []
  let otherwise: Statement[] | undefined
  accept(c, ';')
  while (startsLabel(c)) {
    const from = c.token.start
    const before = c.at
    const labels = [parseLabel(c)]
    while (accept(c, ',')) labels.push(parseLabel(c))
    expect(c, ':')
    const body = parseStatements(c, true)
    branches.push({ labels, body, span: since(c, from) })
    // A sign that begins no label and ends no statement (`CASE .: x`) is left behind, or it would be read for ever.
    if (c.at === before) advance(c)
  }
  if (is(c, 'ELSE')) {
    advance(c)
    accept(c, ':')
    otherwise = parseStatements(c)
  } else if (!is(c, 'END_CASE') && c.token.kind !== 'end' && branches.length === 0) {
    report(c, 'ST212', c.token, { found: shown(c.token) })
    parseStatements(c, true)
  }
  c.cases -= 1
  c.open.pop()
  closeBlock(c, 'END_CASE', start)
  return { kind: 'case', selector, branches, ...(otherwise === undefined ? {} : { otherwise }), span: since(c, start) }
}

function parseLabel(c: Cursor): CaseLabel {
  const { start } = c.token
  const low = parseExpression(c)
  if (accept(c, '..')) {
    const high = parseExpression(c)
    return { low, high, span: since(c, start) }
  }
  return { low, span: since(c, start) }
}

function parseFor(c: Cursor): Statement {
  const { start } = advance(c)
  const variable = parsePostfix(c, nameOrBad(c))
  if (!accept(c, ':=')) {
    report(c, 'ST201', c.token, { wanted: ':=', found: shown(c.token) })
    if (is(c, '=')) advance(c)
  }
  const from = parseExpression(c)
  expect(c, 'TO')
  const to = parseExpression(c)
  const by = accept(c, 'BY') ? parseExpression(c) : undefined
  expect(c, 'DO')
  const body = parseBlock(c, 'END_FOR', start)
  return { kind: 'for', variable, from, to, ...(by === undefined ? {} : { by }), body, span: since(c, start) }
}

function nameOrBad(c: Cursor): Expression {
  const name = expectName(c)
  return name === undefined ? { kind: 'bad', span: c.token } : { kind: 'name', name: name.text, span: name.span }
}

function parseBlock(c: Cursor, end: string, start: number): Statement[] {
  c.open.push(end)
  const body = parseStatements(c)
  c.open.pop()
  closeBlock(c, end, start)
  return body
}

function bad(c: Cursor, start: number): Statement {
  skipStatement(c)
  return { kind: 'badStatement', span: since(c, start) }
}
