import { dialects } from '../syntax/dialect.ts'
import type { Span } from '../syntax/span.ts'
import type { Expression, TypeNode } from '../syntax/tree.ts'
import { type ConstantScope, evaluateConstant } from './constants.ts'
import { findPou, noticeUnknown, type Project, problem, type SourceFile, type TypeEntry } from './model.ts'
import type { Variable } from './symbols.ts'
import { type Elementary, type EnumType, elementary, INT, type StructType, type Type, UNKNOWN } from './types.ts'

export function findType(project: Project, name: string): Type | undefined {
  const upper = name.toUpperCase()
  const last = upper.slice(upper.lastIndexOf('.') + 1)
  for (const key of upper === last ? [upper] : [upper, last]) {
    const entry = project.types.get(key)
    if (entry !== undefined) return typeOfEntry(project, key, entry)
  }
  const basic = elementary(upper)
  if (basic !== undefined) return basic
  if (upper === 'VARIANT' || upper === 'ANY' || upper.startsWith('ANY_') || upper === 'PVOID' || upper === 'VOID')
    return UNKNOWN
  const pou = findPou(project, upper)
  if (pou === undefined) return undefined
  if (pou.kind === 'INTERFACE') return { kind: 'interface', name: pou.name }
  return pou.kind === 'FUNCTION_BLOCK' || pou.kind === 'CLASS' || pou.kind === 'PROGRAM'
    ? { kind: 'block', pou }
    : undefined
}

export function typeOfEntry(project: Project, key: string, entry: TypeEntry): Type {
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
export function resolveType(
  project: Project,
  source: SourceFile,
  node: TypeNode,
  variables: Map<string, Variable>,
  name = '',
): Type {
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
      return {
        kind: 'string',
        wide: node.wide,
        length: length ?? (node.length === undefined ? dialects[source.dialect].stringLength : 255),
      }
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
function pointer(
  project: Project,
  kind: 'pointer' | 'reference',
  node: TypeNode,
  inner: (node: TypeNode) => Type,
): Type {
  const entry = node.kind === 'namedType' ? project.types.get(node.name.toUpperCase()) : undefined
  if (entry?.busy !== true) return { kind, to: inner(node) }
  return {
    kind,
    get to() {
      return entry.type ?? UNKNOWN
    },
  }
}
