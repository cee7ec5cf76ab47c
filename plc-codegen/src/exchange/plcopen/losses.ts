import type { Declaration, Item, Pou, Section, TypeNode } from '../../syntax/tree.ts'
import type { Loss } from '../exchange.ts'
import { qualifierAttributes, sectionElements } from './names.ts'

/** What of an item TC6 2.01 has no element for: it travels as an addition that other tools may leave out. */
export function lossesOf(item: Item): Loss[] {
  const found = new Set<string>()
  switch (item.kind) {
    case 'pou':
      ofPou(item, found)
      break
    case 'type':
      ofType(item.type, found)
      break
    case 'globals':
      ofSection(item.section, found)
      break
    case 'configuration':
      for (const section of item.sections) ofSection(section, found)
      break
    case 'interface':
      found.add('INTERFACE')
      break
    case 'namespace':
      found.add('NAMESPACE')
      break
    case 'dataBlock':
      found.add('DATA_BLOCK')
  }
  const name = item.kind === 'globals' ? 'VAR_GLOBAL' : item.name.text
  return [...found].map(what => ({ code: 'ST901', values: { name, what } }))
}

function ofPou(pou: Pou, found: Set<string>): void {
  if (pou.members.some(each => each.pou === 'METHOD')) found.add('METHOD')
  if (pou.properties.length > 0) found.add('PROPERTY')
  if (pou.extends !== undefined) found.add('EXTENDS')
  if (pou.implements.length > 0) found.add('IMPLEMENTS')
  for (const each of pou.modifiers) found.add(each)
  if (pou.pou === 'CLASS' || pou.pou === 'ORGANIZATION_BLOCK') found.add(pou.pou)
  for (const each of pou.sections) ofSection(each, found)
  for (const each of pou.members) for (const section of each.sections) ofSection(section, found)
}

function ofSection(section: Section, found: Set<string>): void {
  if (sectionElements[section.section] === undefined) found.add(section.section)
  for (const each of section.qualifiers) if (qualifierAttributes[each] === undefined) found.add(each)
  for (const each of section.declarations) ofDeclaration(each, found)
}

function ofDeclaration(declaration: Declaration, found: Set<string>): void {
  if (declaration.edge !== undefined) found.add(declaration.edge)
  ofType(declaration.type, found)
}

function ofType(type: TypeNode, found: Set<string>): void {
  switch (type.kind) {
    case 'arrayType':
      if (type.ranges.includes(undefined)) found.add('ARRAY[*]')
      ofType(type.element, found)
      return
    case 'pointerType':
      ofType(type.to, found)
      return
    case 'referenceType':
      found.add('REFERENCE TO')
      return
    case 'structType':
      if (type.union) found.add('UNION')
      if (type.extends !== undefined) found.add('EXTENDS')
      for (const each of type.fields) ofDeclaration(each, found)
      return
    default:
  }
}
