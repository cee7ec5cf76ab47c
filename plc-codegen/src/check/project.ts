import { problemTable } from '../problems.ts'
import { parse } from '../syntax/parser.ts'
import type { Span } from '../syntax/span.ts'
import type { Declaration, Item, Pou, Property, Section } from '../syntax/tree.ts'
import { standardBlocks } from './library/blocks.ts'
import { findPou, noticeUnknown, type Project, problem, type SourceFile } from './model.ts'
import { resolveType, typeOfEntry } from './resolve-type.ts'
import type { PouSymbol, PropertySymbol, Variable } from './symbols.ts'
import { type Type, UNKNOWN, VOID } from './types.ts'

let parsed: readonly Item[] | undefined

/** Read once, at the first use: the text never changes. */
function standardItems(): readonly Item[] {
  parsed ??= parse(standardBlocks, 'iec').unit.items
  return parsed
}

/** Blocks of the standard library by name, made anew for each project: layouts and typings hang on them. */
function standardLibrary(): Map<string, PouSymbol> {
  const library = new Map<string, PouSymbol>()
  const source: SourceFile = {
    file: 'standard',
    dialect: 'iec',
    items: standardItems(),
    problems: [],
    unknown: new Set(),
  }
  const project = emptyProject(library)
  for (const item of source.items) {
    if (item.kind !== 'pou') continue
    const { node: _, ...rest } = declarePou(project, source, item)
    library.set(item.name.text, rest)
  }
  return library
}

function emptyProject(standard: ReadonlyMap<string, PouSymbol>): Project {
  return {
    standard,
    pous: new Map(),
    globals: new Map(),
    enumValues: new Map(),
    units: [],
    types: new Map(),
    typeInits: new Map(),
  }
}

/** Declares everything that the files hold; bodies are checked afterwards. */
export function createProject(sources: readonly SourceFile[]): Project {
  const project = emptyProject(standardLibrary())
  const pending: { source: SourceFile; pou: Pou }[] = []
  const variables: { source: SourceFile; section: Section }[] = []
  const names = new Map<string, string>()
  const declareName = (source: SourceFile, name: string, kind: string, span: Span): boolean => {
    const upper = name.toUpperCase()
    const held = names.get(upper)
    if (held !== undefined && held === kind && name !== '') {
      problem(source, 'ST306', span, { name })
      return false
    }
    names.set(upper, kind)
    return name !== ''
  }
  const visit = (source: SourceFile, items: readonly Item[]) => {
    for (const item of items) {
      switch (item.kind) {
        case 'pou':
          if (declareName(source, item.name.text, 'pou', item.name.span)) pending.push({ source, pou: item })
          break
        case 'type':
          if (declareName(source, item.name.text, 'type', item.name.span)) {
            project.types.set(item.name.text.toUpperCase(), {
              source,
              node: item.type,
              name: item.name.text,
              busy: false,
              ...(item.init === undefined ? {} : { init: item.init }),
            })
          }
          break
        case 'globals':
          variables.push({ source, section: item.section })
          break
        case 'configuration':
          for (const part of [item, ...item.resources])
            for (const section of part.sections) variables.push({ source, section })
          break
        case 'namespace':
          visit(source, item.items)
          break
        case 'interface':
          declareName(source, item.name.text, 'pou', item.name.span)
          project.pous.set(item.name.text.toUpperCase(), {
            name: item.name.text,
            kind: 'INTERFACE',
            file: source.file,
            variables: new Map(),
            returns: VOID,
            methods: new Map(),
            properties: new Map(),
            open: true,
          })
          break
        case 'dataBlock':
          break
      }
    }
  }
  for (const source of sources) visit(source, source.items)
  // Names first, so that blocks may use one another in any order; contents afterwards.
  const made = pending.map(({ source, pou }) => ({ source, node: pou, symbol: shell(source, pou) }))
  for (const { symbol } of made) project.pous.set(symbol.name.toUpperCase(), symbol)
  for (const [name, entry] of project.types) typeOfEntry(project, name, entry)
  for (const { source, section } of variables) declareSection(project, source, section, project.globals, new Map())
  for (const source of sources) declareDataBlocks(project, source)
  for (const { source, node, symbol } of made) {
    fillPou(project, source, node, symbol)
    project.units.push({ pou: symbol, source })
  }
  return project
}

function declareDataBlocks(project: Project, source: SourceFile): void {
  for (const item of source.items) {
    if (item.kind !== 'dataBlock') continue
    const type: Type = item.type === undefined ? UNKNOWN : resolveType(project, source, item.type, project.globals)
    project.globals.set(item.name.text.toUpperCase(), {
      name: item.name.text,
      type,
      section: 'VAR_GLOBAL',
      constant: false,
      retain: false,
      span: item.name.span,
    })
  }
}

function shell(source: SourceFile, node: Pou, owner?: PouSymbol): PouSymbol {
  return {
    name: node.name.text,
    kind: node.pou,
    file: source.file,
    node,
    variables: new Map(),
    returns: VOID,
    methods: new Map(),
    properties: new Map(),
    // Where reading went wrong, declarations may be missing: others must not be blamed for it.
    open: source.problems.some(each => /^ST[12]/.test(each.code) && problemTable[each.code].severity === 'error'),
    ...(owner === undefined ? {} : { owner }),
  }
}

function declarePou(project: Project, source: SourceFile, node: Pou, owner?: PouSymbol): PouSymbol {
  const symbol = shell(source, node, owner)
  fillPou(project, source, node, symbol)
  return symbol
}

function fillPou(project: Project, source: SourceFile, node: Pou, symbol: PouSymbol): void {
  if (node.extends !== undefined) {
    const base = findPou(project, node.extends.text)
    if (base === undefined) {
      symbol.open = true
      noticeUnknown(source, 'ST302', node.extends.text, node.extends.span)
    } else if (base !== symbol) {
      symbol.base = base
    }
  }
  for (const section of node.sections) declareSection(project, source, section, project.globals, symbol.variables)
  if (node.returns !== undefined) symbol.returns = resolveType(project, source, node.returns, symbol.variables)
  for (const member of node.members)
    symbol.methods.set(member.name.text.toUpperCase(), declarePou(project, source, member, symbol))
  for (const property of node.properties)
    symbol.properties.set(property.name.text.toUpperCase(), declareProperty(project, source, property, symbol))
}

function declareProperty(project: Project, source: SourceFile, property: Property, owner: PouSymbol): PropertySymbol {
  const type = property.type === undefined ? UNKNOWN : resolveType(project, source, property.type, owner.variables)
  const accessor = (part: Property['get']): PouSymbol | undefined => {
    if (part === undefined) return undefined
    const node: Pou = {
      kind: 'pou',
      pou: 'METHOD',
      name: property.name,
      modifiers: [],
      implements: [],
      sections: part.sections,
      members: [],
      properties: [],
      body: part.body,
      span: property.span,
    }
    const symbol = declarePou(project, source, node, owner)
    symbol.returns = type
    return symbol
  }
  const get = accessor(property.get)
  const set = accessor(property.set)
  return {
    name: property.name.text,
    type,
    node: property,
    ...(get === undefined ? {} : { get }),
    ...(set === undefined ? {} : { set }),
  }
}

/** Adds a section's variables to `into` (or to the globals, where the section is global). */
function declareSection(
  project: Project,
  source: SourceFile,
  section: Section,
  outer: Map<string, Variable>,
  into: Map<string, Variable>,
): void {
  const target = section.section === 'VAR_GLOBAL' || section.section === 'VAR_CONFIG' ? project.globals : into
  const constant = section.qualifiers.includes('CONSTANT')
  const retain = section.qualifiers.includes('RETAIN') || section.qualifiers.includes('PERSISTENT')
  for (const declaration of section.declarations) {
    const type = resolveType(project, source, declaration.type, into.size > 0 ? into : outer)
    for (const name of declaration.names) {
      const upper = name.text.toUpperCase()
      const held = target.get(upper)
      // A global that several files declare (or an external that repeats it) is one variable.
      if (held !== undefined && target === into) problem(source, 'ST301', name.span, { name: name.text })
      if (held !== undefined) continue
      target.set(upper, variableOf(declaration, name.text, name.span, type, section, constant, retain))
    }
  }
}

function variableOf(
  declaration: Declaration,
  name: string,
  span: Span,
  type: Type,
  section: Section,
  constant: boolean,
  retain: boolean,
): Variable {
  const { init, address, edge } = declaration
  return {
    name,
    type,
    section: section.section,
    constant,
    retain,
    span,
    ...(init === undefined ? {} : { init }),
    ...(address === undefined ? {} : { address }),
    ...(edge === undefined ? {} : { edge }),
  }
}
