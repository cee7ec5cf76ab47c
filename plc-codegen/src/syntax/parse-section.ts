import {
  type Cursor, accept, advance, expect, expectName, is, peek, previous, report, shown, since, warn,
} from './cursor.ts'
import { parseArrayItem, parseInitialValue } from './parse-expression.ts'
import { parseInstanceArguments, parseType } from './parse-type.ts'
import type { Token } from './tokens.ts'
import type { Declaration, Expression, Name, Section, SectionKind } from './tree.ts'

const qualifierWords = new Set([
  'CONSTANT', 'RETAIN', 'NON_RETAIN', 'PERSISTENT', 'PUBLIC', 'PRIVATE', 'PROTECTED', 'INTERNAL', 'DB_SPECIFIC',
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
  while (c.token.kind === 'name' && qualifierWords.has(c.token.upper) && peek(c).upper !== ':' && peek(c).upper !== ',') {
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
    names, type,
    ...(init === undefined ? {} : { init }), ...(address === undefined ? {} : { address }), ...(edge === undefined ? {} : { edge }),
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
