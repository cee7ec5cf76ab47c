/**
 * Siemens SCL source (TIA Portal): local names with `#`, blocks and types in quotes, one file of units and one of PLC tags for
 * variables at addresses. The author's comments stay: names are changed in the text, not printed anew.
 */
import { printExpression } from '../../print/print-expression.ts'
import { printType } from '../../print/structured-text.ts'
import { lex } from '../../syntax/lexer.ts'
import type { Token } from '../../syntax/tokens.ts'
import type { Declaration, Pou, Section, TypeNode } from '../../syntax/tree.ts'
import type { Exchanged, Loss } from '../exchange.ts'
import { bodyText, noteOf, type Source } from '../source-text.ts'
import { sclBlocks, unknownToScl } from './names.ts'

interface Names {
  /** In upper case: units, types and lists of the project that SCL writes in quotes. */
  readonly quoted: ReadonlyMap<string, string>
  readonly tags: ReadonlyMap<string, string>
  /** Variables of the global data block. */
  readonly globals: ReadonlySet<string>
}

const GLOBALS = 'Globals'

export function writeScl(sources: readonly (Source & { readonly name: string })[]): Exchanged {
  const losses: Loss[] = []
  const items = sources.flatMap(source => source.parsed.unit.items.map(item => ({ source, item })))
  const quoted = new Map<string, string>()
  const tags = new Map<string, string>()
  const globals = new Set<string>()
  const tagLines: string[] = []
  const located = (section: Section, source: Source) => {
    for (const each of section.declarations)
      if (each.address !== undefined)
        for (const { text } of each.names) {
          tags.set(text.toUpperCase(), text)
          tagLines.push(tagLine(source, each, text))
        }
  }
  for (const { source, item } of items) {
    if (item.kind === 'pou' || item.kind === 'type') quoted.set(item.name.text.toUpperCase(), item.name.text)
    if (item.kind === 'pou' && item.pou === 'PROGRAM') for (const each of item.sections) located(each, source)
    if (item.kind === 'globals') {
      located(item.section, source)
      for (const each of item.section.declarations)
        for (const { text } of each.names) if (!tags.has(text.toUpperCase())) globals.add(text.toUpperCase())
    }
  }
  const names: Names = { quoted, tags, globals }
  const parts: string[] = []
  const globalLines = items.flatMap(({ source, item }) =>
    item.kind === 'globals' ? declarationLines(source, item.section, names, '      ', losses) : [],
  )
  for (const { item } of items)
    if (item.kind === 'type') {
      if (item.type.kind === 'structType' && !item.type.union && item.type.extends === undefined) {
        const fields = item.type.fields.map(each => `      ${declared(each, names)}`)
        parts.push(
          [`TYPE "${item.name.text}"`, 'VERSION : 0.1', '   STRUCT', ...fields, '   END_STRUCT;', 'END_TYPE'].join(
            '\n',
          ),
        )
      } else losses.push({ code: 'ST904', values: { name: item.name.text, what: item.type.kind } })
    }
  if (globalLines.length > 0)
    parts.push(
      [
        `DATA_BLOCK "${GLOBALS}"`,
        'VERSION : 0.1',
        '   STRUCT',
        ...globalLines,
        '   END_STRUCT;',
        'BEGIN',
        'END_DATA_BLOCK',
      ].join('\n'),
    )
  for (const { source, item } of items) {
    if (item.kind === 'pou') parts.push(unit(source, item, names, losses))
    else if (item.kind === 'interface' || item.kind === 'namespace' || item.kind === 'configuration')
      losses.push({ code: 'ST904', values: { name: item.name.text, what: item.kind.toUpperCase() } })
  }
  // Siemens runs what the organisation block calls: each program is a block with an instance of its own.
  const programs = items.flatMap(({ item }) => (item.kind === 'pou' && item.pou === 'PROGRAM' ? [item.name.text] : []))
  for (const name of programs) parts.push(`DATA_BLOCK "${name}_DB"\nVERSION : 0.1\n"${name}"\nBEGIN\nEND_DATA_BLOCK`)
  if (programs.length > 0)
    parts.push(
      [
        'ORGANIZATION_BLOCK "OB_Main"',
        'VERSION : 0.1',
        'BEGIN',
        ...programs.map(each => `   "${each}_DB"();`),
        'END_ORGANIZATION_BLOCK',
      ].join('\n'),
    )
  const base = sources[0]?.name.replace(/\.\w+$/, '') ?? 'project'
  const files = [{ name: `${base}.scl`, text: `${parts.join('\n\n')}\n` }]
  return {
    files: tagLines.length === 0 ? files : [...files, { name: `${base}.tags.sdf`, text: `${tagLines.join('\n')}\n` }],
    losses,
  }
}

function unit(source: Source, pou: Pou, names: Names, losses: Loss[]): string {
  const lost = [
    ...pou.members.map(each => each.pou),
    ...(pou.properties.length > 0 ? ['PROPERTY'] : []),
    ...(pou.extends === undefined ? [] : ['EXTENDS']),
  ]
  for (const what of new Set(lost)) losses.push({ code: 'ST904', values: { name: pou.name.text, what } })
  const word = pou.pou === 'FUNCTION' ? 'FUNCTION' : 'FUNCTION_BLOCK'
  const returns =
    pou.pou === 'FUNCTION' ? ` : ${pou.returns === undefined ? 'Void' : typeWord(pou.returns, names)}` : ''
  const locals = new Set(
    pou.sections.flatMap(each => each.declarations.flatMap(one => one.names.map(name => name.text.toUpperCase()))),
  )
  const sections = pou.sections.flatMap(each => {
    if (each.section === 'VAR_EXTERNAL') {
      for (const one of each.declarations) for (const name of one.names) locals.delete(name.text.toUpperCase())
      return []
    }
    const lines = declarationLines(source, each, names, '      ', losses)
    const constant = each.qualifiers.includes('CONSTANT')
      ? ' CONSTANT'
      : each.qualifiers.includes('RETAIN')
        ? ' RETAIN'
        : ''
    return lines.length === 0 ? [] : [`   ${each.section}${constant}`, ...lines, '   END_VAR']
  })
  if (pou.pou === 'FUNCTION') locals.add(pou.name.text.toUpperCase())
  for (const name of names.tags.keys()) if (pou.pou === 'PROGRAM') locals.delete(name)
  const body = renamed(bodyText(source, pou), locals, names)
  return [
    `${word} "${pou.name.text}"${returns}`,
    "{ S7_Optimized_Access := 'TRUE' }",
    'VERSION : 0.1',
    ...sections,
    'BEGIN',
    ...body.split('\n').map(line => (line === '' ? '' : `   ${line}`)),
    `END_${word}`,
  ].join('\n')
}

function declarationLines(source: Source, section: Section, names: Names, indent: string, losses: Loss[]): string[] {
  return section.declarations
    .filter(each => each.address === undefined)
    .map(each => {
      const unknown = unknownToScl(each.type)
      if (unknown !== undefined)
        losses.push({ code: 'ST904', values: { name: each.names[0]?.text ?? '', what: unknown } })
      const note = noteOf(source, each.span)
      return `${indent}${declared(each, names)}${note === undefined ? '' : ` // ${note}`}`
    })
}

function declared(each: Declaration, names: Names): string {
  const init = each.init === undefined || each.init.kind === 'structInit' ? '' : ` := ${printExpression(each.init)}`
  return `${each.names.map(name => name.text).join(', ')} : ${typeWord(each.type, names)}${init};`
}

function typeWord(type: TypeNode, names: Names): string {
  if (type.kind === 'arrayType')
    return `${printType({ ...type, element: { kind: 'namedType', name: '', span: type.span } }, '')}${typeWord(type.element, names)}`
  if (type.kind === 'namedType') {
    const upper = type.name.toUpperCase()
    const own = names.quoted.get(upper)
    return own === undefined ? (sclBlocks[upper] ?? type.name) : `"${own}"`
  }
  return printType(type, '      ')
}

/** Puts `#` before local names and quotes around those of the project; members, labels and named arguments stay. */
function renamed(text: string, locals: ReadonlySet<string>, names: Names): string {
  const { tokens } = lex(text, 'codesys')
  let result = ''
  let at = 0
  tokens.forEach((token, i) => {
    if (token.kind !== 'name' || tokens[i - 1]?.upper === '.') return
    const shown = shownAs(token, tokens, i, locals, names)
    if (shown === undefined) return
    result += text.slice(at, token.start) + shown
    at = token.end
  })
  return result + text.slice(at)
}

function shownAs(
  token: Token,
  tokens: readonly Token[],
  i: number,
  locals: ReadonlySet<string>,
  names: Names,
): string | undefined {
  const { upper, text } = token
  const next = tokens[i + 1]?.upper
  const before = tokens[i - 1]?.upper
  // Inside a call's parentheses a name before `:=` or `=>` is that of a parameter.
  if ((next === ':=' || next === '=>') && (before === '(' || before === ',')) return undefined
  if (locals.has(upper)) return `#${text}`
  if (names.tags.has(upper)) return `"${text}"`
  if (names.globals.has(upper)) return `"${GLOBALS}".${text}`
  return names.quoted.has(upper) ? `"${text}"` : undefined
}

/** A PLC tag as TIA Portal's text import takes it: name, address, type, three visibilities, comment. */
function tagLine(source: Source, each: Declaration, name: string): string {
  const address = each
    .address!.toUpperCase()
    .replace(/^%([IQM])X/, '%$1')
    .replace(/^%([IQM])(\d)/, '%$1$2')
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`
  return [name, address, printType(each.type, ''), 'True', 'True', 'False', noteOf(source, each.span) ?? '', '', 'True']
    .map(quote)
    .join(',')
}
