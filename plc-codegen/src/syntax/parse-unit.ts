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
} from './cursor.ts'
import { parseConfiguration } from './parse-configuration.ts'
import { isSectionStart, parseInit, parseSection, parseStruct, parseType } from './parse-declaration.ts'
import { parseStatements } from './parse-statement.ts'
import { closeBlock, startsMember } from './recover.ts'
import type { Item, Name, Pou, PouKind, Property, Section, Statement, TypeDeclaration, TypeNode, Unit } from './tree.ts'

const modifierWords = new Set(['PUBLIC', 'PRIVATE', 'PROTECTED', 'INTERNAL', 'ABSTRACT', 'FINAL', 'OVERRIDE'])
const attributeWords = new Set([
  'VERSION',
  'TITLE',
  'AUTHOR',
  'FAMILY',
  'NAME',
  'KNOW_HOW_PROTECT',
  'STANDARD',
  'NON_RETAIN',
])

export function parseUnit(c: Cursor): Unit {
  const items: Item[] = []
  while (c.token.kind !== 'end') parseItems(c, items)
  return { kind: 'unit', items, span: since(c, 0) }
}

function parseItems(c: Cursor, items: Item[]): void {
  const { upper, kind, start } = c.token
  switch (upper) {
    case 'FUNCTION':
    case 'FUNCTION_BLOCK':
    case 'PROGRAM':
    case 'CLASS':
    case 'ORGANIZATION_BLOCK':
      items.push(parsePou(c, upper))
      return
    case 'TYPE':
      items.push(...parseTypes(c))
      return
    case 'VAR_GLOBAL':
    case 'VAR_CONFIG':
    case 'VAR_EXTERNAL': {
      const section = parseSection(c)
      items.push({ kind: 'globals', section, span: section.span })
      return
    }
    case 'CONFIGURATION':
      items.push(parseConfiguration(c))
      return
    case 'DATA_BLOCK':
      items.push(parseDataBlock(c))
      return
    case ';':
      advance(c)
      return
    default:
  }
  if (kind === 'name' && peek(c).kind === 'name') {
    if (upper === 'INTERFACE') {
      items.push(parseInterface(c))
      return
    }
    if (upper === 'NAMESPACE') {
      advance(c)
      const name = expectDottedName(c) ?? { text: '', span: c.token }
      const inner: Item[] = []
      while (c.token.kind !== 'end' && !is(c, 'END_NAMESPACE')) parseItems(c, inner)
      closeBlock(c, 'END_NAMESPACE', start)
      items.push({ kind: 'namespace', name, items: inner, span: since(c, start) })
      return
    }
    if (upper === 'USING') {
      advance(c)
      expectDottedName(c)
      accept(c, ';')
      return
    }
    if (startsMember(c)) {
      // Members exported behind their block belong to it.
      const owner = items.at(-1)
      const member = parseMember(c)
      if (owner?.kind === 'pou' && member.kind === 'pou')
        items[items.length - 1] = { ...owner, members: [...owner.members, member] }
      return
    }
  }
  report(c, 'ST214', c.token, { found: shown(c.token) })
  advance(c)
  while (
    c.token.kind !== 'end' &&
    !/^(?:FUNCTION|FUNCTION_BLOCK|PROGRAM|CLASS|TYPE|VAR_GLOBAL|CONFIGURATION|ORGANIZATION_BLOCK|DATA_BLOCK|END_NAMESPACE)$/.test(
      c.token.upper,
    )
  )
    advance(c)
  if (is(c, 'END_NAMESPACE') && !c.open.includes('END_NAMESPACE')) advance(c)
}

function parseModifiers(c: Cursor): string[] {
  const found: string[] = []
  while (
    c.token.kind === 'name' &&
    modifierWords.has(c.token.upper) &&
    (peek(c).kind === 'name' || peek(c).kind === 'keyword')
  )
    found.push(advance(c).upper)
  return found
}

function nothing(c: Cursor): Name {
  return { text: '', span: { start: c.token.start, end: c.token.start } }
}

export function parsePou(c: Cursor, kind: PouKind): Pou {
  const { start } = advance(c)
  const modifiers = parseModifiers(c)
  // The quantity names of other blocks may be words of the language (`FUNCTION TIME_X`), never keywords.
  const name = expectDottedName(c) ?? nothing(c)
  const returns = accept(c, ':') ? parseType(c) : undefined
  let base: Name | undefined
  const interfaces: Name[] = []
  if (accept(c, 'EXTENDS')) {
    base = expectDottedName(c)
    while (accept(c, ',')) expectDottedName(c)
  }
  if (accept(c, 'IMPLEMENTS')) {
    do {
      const each = expectDottedName(c)
      if (each !== undefined) interfaces.push(each)
    } while (accept(c, ','))
  }
  // A semicolon right behind the head belongs to it; one on a line of its own is a statement.
  if (c.token.start - previous(c).end <= 1) accept(c, ';')
  skipAttributes(c)
  const end = `END_${kind}`
  const parts = parseParts(c, end, start)
  return {
    kind: 'pou',
    pou: kind,
    name,
    modifiers,
    implements: interfaces,
    ...parts,
    span: since(c, start),
    ...(returns === undefined ? {} : { returns }),
    ...(base === undefined ? {} : { extends: base }),
  }
}

/** SCL's `VERSION : 0.1`, `TITLE = …`: to the end of the line they say nothing to us. */
function skipAttributes(c: Cursor): void {
  while (
    c.token.kind === 'name' &&
    attributeWords.has(c.token.upper) &&
    (peek(c).upper === ':' || peek(c).upper === '=')
  ) {
    advance(c)
    advance(c)
    while (goesOn(c)) advance(c)
  }
}

function goesOn(c: Cursor): boolean {
  const { kind, upper } = c.token
  return kind !== 'end' && kind !== 'keyword' && upper !== 'BEGIN' && !(kind === 'name' && attributeWords.has(upper))
}

interface Parts {
  sections: Section[]
  members: Pou[]
  properties: Property[]
  body: Statement[]
}

function parseParts(c: Cursor, end: string, start: number): Parts {
  const parts: Parts = { sections: [], members: [], properties: [], body: [] }
  c.open.push(end)
  for (;;) {
    if (isSectionStart(c)) {
      parts.sections.push(parseSection(c))
    } else if (is(c, end) || c.token.kind === 'end') {
      break
    } else if (is(c, 'BEGIN') && peek(c).upper !== ':=') {
      advance(c)
    } else if (startsMember(c) && !is(c, 'INTERFACE') && !is(c, 'NAMESPACE')) {
      const member = parseMember(c)
      if (member.kind === 'pou') parts.members.push(member)
      else parts.properties.push(member.property)
    } else {
      const before = c.at
      parts.body.push(...parseStatements(c))
      if (c.at === before) break
    }
  }
  c.open.pop()
  if (is(c, end)) {
    advance(c)
    accept(c, ';')
  } else {
    report(c, 'ST202', c.token, { wanted: end, opened: end.slice(4), found: shown(c.token), at: `@${start}` })
    if (/^END_(?:FUNCTION|FUNCTION_BLOCK|PROGRAM|CLASS)$/.test(c.token.upper)) advance(c)
  }
  return parts
}

function parseMember(c: Cursor): Pou | { kind: 'property'; property: Property } {
  const { start, upper } = advance(c)
  const modifiers = parseModifiers(c)
  const name = expectName(c) ?? nothing(c)
  if (upper === 'ACTION') {
    accept(c, ':')
    const parts = parseParts(c, 'END_ACTION', start)
    return { kind: 'pou', pou: 'ACTION', name, modifiers, implements: [], ...parts, span: since(c, start) }
  }
  const type = accept(c, ':') ? parseType(c) : undefined
  if (c.token.start - previous(c).end <= 1) accept(c, ';')
  if (upper === 'PROPERTY') return { kind: 'property', property: parseProperty(c, name, modifiers, type, start) }
  const parts = parseParts(c, 'END_METHOD', start)
  return {
    kind: 'pou',
    pou: 'METHOD',
    name,
    modifiers,
    implements: [],
    ...parts,
    span: since(c, start),
    ...(type === undefined ? {} : { returns: type }),
  }
}

function parseProperty(
  c: Cursor,
  name: Name,
  modifiers: string[],
  type: TypeNode | undefined,
  start: number,
): Property {
  const accessors: { get?: Pick<Parts, 'sections' | 'body'>; set?: Pick<Parts, 'sections' | 'body'> } = {}
  c.open.push('END_PROPERTY')
  while (!is(c, 'END_PROPERTY') && c.token.kind !== 'end') {
    parseModifiers(c)
    const which = is(c, 'GET') ? 'get' : is(c, 'SET') ? 'set' : undefined
    if (which === undefined) break
    const from = advance(c).start
    accept(c, ';')
    const parts = parseParts(c, which === 'get' ? 'END_GET' : 'END_SET', from)
    accessors[which] = { sections: parts.sections, body: parts.body }
  }
  c.open.pop()
  closeBlock(c, 'END_PROPERTY', start)
  return { name, modifiers, ...(type === undefined ? {} : { type }), ...accessors, span: since(c, start) }
}

function parseInterface(c: Cursor): Item {
  const { start } = advance(c)
  const name = expectName(c) ?? nothing(c)
  const bases: Name[] = []
  if (accept(c, 'EXTENDS')) {
    do {
      const each = expectDottedName(c)
      if (each !== undefined) bases.push(each)
    } while (accept(c, ','))
  }
  const members: Pou[] = []
  const properties: Property[] = []
  c.open.push('END_INTERFACE')
  while (startsMember(c)) {
    const member = parseMember(c)
    if (member.kind === 'pou') members.push(member)
    else properties.push(member.property)
  }
  c.open.pop()
  closeBlock(c, 'END_INTERFACE', start)
  return { kind: 'interface', name, extends: bases, members, properties, span: since(c, start) }
}

function parseTypes(c: Cursor): TypeDeclaration[] {
  const { start } = advance(c)
  parseModifiers(c)
  const found: TypeDeclaration[] = []
  c.open.push('END_TYPE')
  while (c.token.kind === 'name') {
    const from = c.token.start
    const name = expectName(c)!
    const base = accept(c, 'EXTENDS') ? expectDottedName(c)?.text : undefined
    skipAttributes(c)
    const direct = is(c, 'STRUCT') || is(c, 'UNION')
    if (!direct && !expect(c, ':')) break
    const type = is(c, 'STRUCT') ? parseStruct(c, base) : parseType(c)
    const init = accept(c, ':=') ? parseInit(c) : undefined
    // Behind END_STRUCT and before END_TYPE the semicolon is often left out.
    if (!accept(c, ';') && !is(c, 'END_TYPE') && c.token.kind !== 'name') expect(c, ';')
    found.push({ kind: 'type', name, type, span: since(c, from), ...(init === undefined ? {} : { init }) })
  }
  c.open.pop()
  closeBlock(c, 'END_TYPE', start)
  return found
}

function parseDataBlock(c: Cursor): Item {
  const { start } = advance(c)
  const name = expectName(c) ?? nothing(c)
  skipAttributes(c)
  let type: TypeNode | undefined
  const sections: Section[] = []
  if (is(c, 'STRUCT')) type = parseStruct(c, undefined)
  else if (c.token.kind === 'name' && !is(c, 'BEGIN')) type = parseType(c)
  while (isSectionStart(c)) sections.push(parseSection(c))
  accept(c, ';')
  accept(c, 'BEGIN')
  c.open.push('END_DATA_BLOCK')
  const body = parseStatements(c)
  c.open.pop()
  closeBlock(c, 'END_DATA_BLOCK', start)
  return { kind: 'dataBlock', name, sections, body, span: since(c, start), ...(type === undefined ? {} : { type }) }
}
