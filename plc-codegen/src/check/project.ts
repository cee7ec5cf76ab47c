import { type Problem, type ProblemCode, problemTable } from '../problems.ts'
import type { Dialect } from '../syntax/dialect.ts'
import { dialects } from '../syntax/dialect.ts'
import { parse } from '../syntax/parser.ts'
import type { Span } from '../syntax/span.ts'
import type { Declaration, Expression, Item, Pou, Property, Section, TypeNode } from '../syntax/tree.ts'
import { type ConstantScope, evaluateConstant } from './constants.ts'
import { standardBlocks } from './library/blocks.ts'
import type { PouSymbol, PropertySymbol, Variable } from './symbols.ts'
import { INT, type Elementary, type EnumType, type StructType, type Type, UNKNOWN, VOID, elementary } from './types.ts'

export interface SourceFile {
  readonly file: string
  readonly dialect: Dialect
  readonly items: readonly Item[]
  readonly problems: Problem[]
  /** Names that were already reported as unknown in this file: one notice each. */
  readonly unknown: Set<string>
}

type TypeEntry = { readonly source: SourceFile; readonly node: TypeNode; readonly name: string; readonly init?: Expression; type?: Type; busy: boolean }

export interface Project {
  readonly pous: Map<string, PouSymbol>
  readonly globals: Map<string, Variable>
  readonly enumValues: Map<string, { readonly type: EnumType; readonly value: number }>
  /** POUs in the order of the files, each with its file. */
  readonly units: { readonly pou: PouSymbol; readonly source: SourceFile }[]
  readonly types: Map<string, TypeEntry>
  /** Initial values that a TYPE gives to its variables. */
  readonly typeInits: Map<Type, Expression>
}

let standard: Map<string, PouSymbol> | undefined

/** Blocks of the standard library by name; made at the first use. */
export function standardBlock(upper: string): PouSymbol | undefined {
  if (standard === undefined) {
    standard = new Map()
    const source: SourceFile = { file: 'standard', dialect: 'iec', items: parse(standardBlocks, 'iec').unit.items, problems: [], unknown: new Set() }
    const project = emptyProject()
    for (const item of source.items) if (item.kind === 'pou') standard.set(item.name.text, { ...declarePou(project, source, item), kind: 'FUNCTION_BLOCK' })
    for (const [name, pou] of standard) {
      const { node: _, ...rest } = pou
      standard.set(name, rest)
    }
  }
  return standard.get(upper)
}

function emptyProject(): Project {
  return { pous: new Map(), globals: new Map(), enumValues: new Map(), units: [], types: new Map(), typeInits: new Map() }
}

export function problem(source: SourceFile, code: ProblemCode, span: Span, values: Record<string, string | number> = {}): void {
  source.problems.push({ code, span, values })
}

/** Declares everything that the files hold; bodies are checked afterwards. */
export function createProject(sources: readonly SourceFile[]): Project {
  const project = emptyProject()
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
              source, node: item.type, name: item.name.text, busy: false, ...(item.init === undefined ? {} : { init: item.init }),
            })
          }
          break
        case 'globals':
          variables.push({ source, section: item.section })
          break
        case 'configuration':
          for (const section of item.sections) variables.push({ source, section })
          break
        case 'namespace':
          visit(source, item.items)
          break
        case 'interface':
          declareName(source, item.name.text, 'pou', item.name.span)
          project.pous.set(item.name.text.toUpperCase(), {
            name: item.name.text, kind: 'INTERFACE', file: source.file, variables: new Map(), returns: VOID, methods: new Map(), properties: new Map(), open: true,
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
      name: item.name.text, type, section: 'VAR_GLOBAL', constant: false, retain: false, span: item.name.span,
    })
  }
}

function shell(source: SourceFile, node: Pou, owner?: PouSymbol): PouSymbol {
  return {
    name: node.name.text, kind: node.pou, file: source.file, node, variables: new Map(), returns: VOID, methods: new Map(), properties: new Map(),
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
  for (const member of node.members) symbol.methods.set(member.name.text.toUpperCase(), declarePou(project, source, member, symbol))
  for (const property of node.properties) symbol.properties.set(property.name.text.toUpperCase(), declareProperty(project, source, property, symbol))
}

function declareProperty(project: Project, source: SourceFile, property: Property, owner: PouSymbol): PropertySymbol {
  const type = property.type === undefined ? UNKNOWN : resolveType(project, source, property.type, owner.variables)
  const accessor = (part: Property['get']): PouSymbol | undefined => {
    if (part === undefined) return undefined
    const node: Pou = {
      kind: 'pou', pou: 'METHOD', name: property.name, modifiers: [], implements: [], sections: part.sections, members: [], properties: [], body: part.body, span: property.span,
    }
    const symbol = declarePou(project, source, node, owner)
    symbol.returns = type
    return symbol
  }
  const get = accessor(property.get)
  const set = accessor(property.set)
  return { name: property.name.text, type, node: property, ...(get === undefined ? {} : { get }), ...(set === undefined ? {} : { set }) }
}

/** Adds a section's variables to `into` (or to the globals, where the section is global). */
function declareSection(project: Project, source: SourceFile, section: Section, outer: Map<string, Variable>, into: Map<string, Variable>): void {
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

function variableOf(declaration: Declaration, name: string, span: Span, type: Type, section: Section, constant: boolean, retain: boolean): Variable {
  const { init, address, edge } = declaration
  return {
    name, type, section: section.section, constant, retain, span,
    ...(init === undefined ? {} : { init }), ...(address === undefined ? {} : { address }), ...(edge === undefined ? {} : { edge }),
  }
}

/** A POU by its name, or by the last part of a name with a library before it. */
export function findPou(project: Project, name: string): PouSymbol | undefined {
  const upper = name.toUpperCase()
  const last = upper.slice(upper.lastIndexOf('.') + 1)
  return project.pous.get(upper) ?? project.pous.get(last) ?? standardBlock(last)
}

export function noticeUnknown(source: SourceFile, code: ProblemCode, name: string, span: Span): void {
  const key = `${code} ${name.toUpperCase()}`
  if (source.unknown.has(key) || name === '') return
  source.unknown.add(key)
  problem(source, code, span, { name })
}

export function findType(project: Project, name: string): Type | undefined {
  const upper = name.toUpperCase()
  const last = upper.slice(upper.lastIndexOf('.') + 1)
  for (const key of upper === last ? [upper] : [upper, last]) {
    const entry = project.types.get(key)
    if (entry !== undefined) return typeOfEntry(project, key, entry)
  }
  const basic = elementary(upper)
  if (basic !== undefined) return basic
  if (upper === 'VARIANT' || upper === 'ANY' || upper.startsWith('ANY_') || upper === 'PVOID' || upper === 'VOID') return UNKNOWN
  const pou = findPou(project, upper)
  if (pou === undefined) return undefined
  if (pou.kind === 'INTERFACE') return { kind: 'interface', name: pou.name }
  return pou.kind === 'FUNCTION_BLOCK' || pou.kind === 'CLASS' || pou.kind === 'PROGRAM' ? { kind: 'block', pou } : undefined
}

function typeOfEntry(project: Project, key: string, entry: TypeEntry): Type {
  if (entry.type !== undefined) return entry.type
  if (entry.busy) {
    problem(entry.source, 'ST308', entry.node.span, { name: entry.name })
    return UNKNOWN
  }
  entry.busy = true
  const type = resolveType(project, entry.source, entry.node, project.globals, entry.name)
  entry.busy = false
  entry.type = type
  if (entry.init !== undefined && type.kind !== 'elementary') project.typeInits.set(type, entry.init)
  project.types.set(key, entry)
  return type
}

/** A type as written. `name` is that of its TYPE declaration, where it has one. */
export function resolveType(project: Project, source: SourceFile, node: TypeNode, variables: Map<string, Variable>, name = ''): Type {
  const scope: ConstantScope = {
    variable: upper => variables.get(upper) ?? project.globals.get(upper),
    enumValue: upper => project.enumValues.get(upper)?.value,
  }
  const constant = (expression: Expression): number | undefined => {
    const value = evaluateConstant(expression, scope)
    return typeof value === 'number' ? value : typeof value === 'bigint' ? Number(value) : undefined
  }
  const inner = (each: TypeNode) => resolveType(project, source, each, variables)
  switch (node.kind) {
    case 'namedType': {
      if (node.name === '') return UNKNOWN
      const found = findType(project, node.name)
      if (found !== undefined) return found
      noticeUnknown(source, 'ST302', node.name, node.span)
      return UNKNOWN
    }
    case 'stringType': {
      const length = node.length === undefined ? undefined : constant(node.length)
      return { kind: 'string', wide: node.wide, length: length ?? (node.length === undefined ? dialects[source.dialect].stringLength : 255) }
    }
    case 'arrayType': {
      const dimensions = node.ranges.map(range => {
        if (range === undefined) return undefined
        const low = constant(range.low)
        const high = constant(range.high)
        if (low === undefined || high === undefined) return undefined
        if (low > high) problem(source, 'ST307', range.low.span, { low, high })
        return low > high ? undefined : { low, high }
      })
      return { kind: 'array', dimensions, element: inner(node.element) }
    }
    case 'pointerType':
      return pointer(project, 'pointer', node.to, inner)
    case 'referenceType':
      return pointer(project, 'reference', node.to, inner)
    case 'structType': {
      const fields: StructType['fields'] = new Map()
      const struct: StructType = { kind: 'struct', name: name === '' ? 'STRUCT' : name, union: node.union, fields }
      const base = node.extends === undefined ? undefined : findType(project, node.extends)
      if (base?.kind === 'struct') for (const [key, field] of base.fields) fields.set(key, field)
      const inits: { name: { text: string; span: Span }; value: Expression }[] = []
      for (const declaration of node.fields) {
        const type = inner(declaration.type)
        for (const each of declaration.names) {
          if (fields.has(each.text.toUpperCase())) problem(source, 'ST301', each.span, { name: each.text })
          else fields.set(each.text.toUpperCase(), { name: each.text, type, index: fields.size })
          if (declaration.init !== undefined) inits.push({ name: each, value: declaration.init })
        }
      }
      if (inits.length > 0) project.typeInits.set(struct, { kind: 'structInit', fields: inits, span: node.span })
      return struct
    }
    case 'enumType': {
      const base: Elementary = (node.base === undefined ? undefined : elementary(node.base.toUpperCase())) ?? INT
      const values: EnumType['values'] = new Map()
      const type: EnumType = { kind: 'enum', name: name === '' ? 'ENUM' : name, values, base }
      let next = 0
      for (const each of node.values) {
        const value = each.value === undefined ? next : (constant(each.value) ?? next)
        const upper = each.name.text.toUpperCase()
        if (values.has(upper)) problem(source, 'ST301', each.name.span, { name: each.name.text })
        values.set(upper, { name: each.name.text, value })
        if (!project.enumValues.has(upper)) project.enumValues.set(upper, { type, value })
        next = value + 1
      }
      return type
    }
    case 'subrangeType': {
      const base = elementary(node.base.toUpperCase())
      const low = constant(node.range.low)
      const high = constant(node.range.high)
      if (base === undefined) return inner({ kind: 'namedType', name: node.base, span: node.span })
      if (low === undefined || high === undefined) return base
      if (low > high) problem(source, 'ST307', node.range.low.span, { low, high })
      return { kind: 'subrange', name: name === '' ? `${base.name}(${low}..${high})` : name, base, low, high }
    }
  }
}

/** A pointer may lead back to the type that holds it: such a target is looked up when first asked. */
function pointer(project: Project, kind: 'pointer' | 'reference', node: TypeNode, inner: (node: TypeNode) => Type): Type {
  const entry = node.kind === 'namedType' ? project.types.get(node.name.toUpperCase()) : undefined
  if (entry?.busy !== true) return { kind, to: inner(node) }
  return {
    kind,
    get to() {
      return entry.type ?? UNKNOWN
    },
  }
}
