import type {
  Argument,
  Declaration,
  Interface,
  Item,
  Pou,
  Property,
  Resource,
  Section,
  TypeDeclaration,
  TypeNode,
  Unit,
} from '../syntax/tree.ts'
import { printArgument, printExpression } from './print-expression.ts'
import { printStatements } from './print-statement.ts'

const STEP = '  '

/** A tree as text in the spelling of IEC 61131-3. Reading it back gives the same tree (but for places). */
export function printText(unit: Unit): string {
  return `${unit.items.map(item => printItem(item).join('\n')).join('\n\n')}\n`
}

/** One item as lines. */
export function printItem(item: Item): string[] {
  switch (item.kind) {
    case 'pou':
      return printPou(item, '')
    case 'type':
      return printTypeDeclaration(item)
    case 'globals':
      return printSection(item.section, '')
    case 'interface':
      return printInterface(item)
    case 'namespace':
      return [`NAMESPACE ${item.name.text}`, ...item.items.flatMap(printItem), 'END_NAMESPACE']
    case 'configuration':
      return [
        `CONFIGURATION ${item.name.text}`,
        ...printRunning(item, STEP),
        ...item.resources.flatMap(each => [
          `${STEP}RESOURCE ${each.name.text}${each.on === undefined ? '' : ` ON ${each.on.text}`}`,
          ...printRunning(each, STEP + STEP),
          `${STEP}END_RESOURCE`,
        ]),
        'END_CONFIGURATION',
      ]
    case 'dataBlock':
      return [
        `DATA_BLOCK ${item.name.text}`,
        ...(item.type === undefined ? [] : [printType(item.type, '')]),
        ...item.sections.flatMap(each => printSection(each, '')),
        'BEGIN',
        ...printStatements(item.body, STEP),
        'END_DATA_BLOCK',
      ]
  }
}

/** Sections, tasks and programs of a configuration or resource. */
function printRunning(item: Pick<Resource, 'sections' | 'tasks' | 'programs'>, indent: string): string[] {
  const args = (list: readonly Argument[]) => (list.length === 0 ? '' : `(${list.map(printArgument).join(', ')})`)
  return [
    ...item.sections.flatMap(each => printSection(each, indent)),
    ...item.tasks.map(each => `${indent}TASK ${each.name.text}${args(each.args)};`),
    ...item.programs.map(each => {
      const qualifiers = each.qualifiers.map(word => `${word} `).join('')
      const task = each.task === undefined ? '' : ` WITH ${each.task.text}`
      return `${indent}PROGRAM ${qualifiers}${each.name.text}${task} : ${each.type.text}${args(each.args)};`
    }),
  ]
}

function printPou(pou: Pou, indent: string): string[] {
  const word = pou.pou
  const modifiers = pou.modifiers.map(each => `${each} `).join('')
  const returns = pou.returns === undefined ? '' : ` : ${printType(pou.returns, indent)}`
  const base = pou.extends === undefined ? '' : ` EXTENDS ${pou.extends.text}`
  const interfaces =
    pou.implements.length === 0 ? '' : ` IMPLEMENTS ${pou.implements.map(each => each.text).join(', ')}`
  return [
    `${indent}${word} ${modifiers}${pou.name.text}${returns}${base}${interfaces}${word === 'ACTION' ? ':' : ''}`,
    ...pou.sections.flatMap(each => printSection(each, indent)),
    ...pou.properties.flatMap(each => printProperty(each, indent + STEP)),
    ...pou.members.flatMap(each => printPou(each, indent + STEP)),
    ...printStatements(pou.body, indent + STEP),
    `${indent}END_${word}`,
  ]
}

/** The head of a property alone. */
export function printDeclarationHead(property: Property): string {
  const type = property.type === undefined ? '' : ` : ${printType(property.type, '')}`
  return `PROPERTY ${property.modifiers.map(each => `${each} `).join('')}${property.name.text}${type}`
}

function printProperty(property: Property, indent: string): string[] {
  const lines = [`${indent}${printDeclarationHead(property)}`]
  for (const which of ['get', 'set'] as const) {
    const part = property[which]
    if (part === undefined) continue
    const word = which.toUpperCase()
    lines.push(
      `${indent}${STEP}${word}`,
      ...part.sections.flatMap(each => printSection(each, indent + STEP)),
      ...printStatements(part.body, indent + STEP + STEP),
      `${indent}${STEP}END_${word}`,
    )
  }
  return [...lines, `${indent}END_PROPERTY`]
}

function printInterface(item: Interface): string[] {
  const base = item.extends.length === 0 ? '' : ` EXTENDS ${item.extends.map(each => each.text).join(', ')}`
  return [
    `INTERFACE ${item.name.text}${base}`,
    ...item.members.flatMap(each => printPou(each, STEP)),
    ...item.properties.flatMap(each => printProperty(each, STEP)),
    'END_INTERFACE',
  ]
}

function printTypeDeclaration(item: TypeDeclaration): string[] {
  const init = item.init === undefined ? '' : ` := ${printExpression(item.init)}`
  const base = item.type.kind === 'structType' && item.type.extends !== undefined ? ` EXTENDS ${item.type.extends}` : ''
  return ['TYPE', `${STEP}${item.name.text}${base} : ${printType(item.type, STEP)}${init};`, 'END_TYPE']
}

function printSection(section: Section, indent: string): string[] {
  const words = [section.section, ...section.qualifiers].join(' ')
  return [
    `${indent}${words}`,
    ...section.declarations.map(each => printDeclaration(each, indent + STEP)),
    `${indent}END_VAR`,
  ]
}

function printDeclaration(declaration: Declaration, indent: string): string {
  const names = declaration.names.map(each => each.text).join(', ')
  const address =
    declaration.address === undefined
      ? ''
      : declaration.names.length === 0
        ? declaration.address
        : ` AT ${declaration.address}`
  const edge = declaration.edge === undefined ? '' : ` ${declaration.edge}`
  const init = declaration.init === undefined ? '' : ` := ${printExpression(declaration.init)}`
  const comment = declaration.comment === undefined ? '' : ` // ${declaration.comment}`
  return `${indent}${names}${address} : ${printType(declaration.type, indent)}${edge}${init};${comment}`
}

/** A type as written behind a colon. */
export function printType(type: TypeNode, indent: string): string {
  switch (type.kind) {
    case 'namedType':
      return type.name
    case 'stringType': {
      const word = type.wide ? 'WSTRING' : 'STRING'
      return type.length === undefined ? word : `${word}[${printExpression(type.length)}]`
    }
    case 'arrayType': {
      const ranges = type.ranges.map(each =>
        each === undefined ? '*' : `${printExpression(each.low)}..${printExpression(each.high)}`,
      )
      return `ARRAY[${ranges.join(', ')}] OF ${printType(type.element, indent)}`
    }
    case 'pointerType':
      return `POINTER TO ${printType(type.to, indent)}`
    case 'referenceType':
      return `REFERENCE TO ${printType(type.to, indent)}`
    case 'structType': {
      const word = type.union ? 'UNION' : 'STRUCT'
      return [word, ...type.fields.map(each => printDeclaration(each, indent + STEP)), `${indent}END_${word}`].join(
        '\n',
      )
    }
    case 'enumType': {
      const values = type.values.map(each =>
        each.value === undefined ? each.name.text : `${each.name.text} := ${printExpression(each.value)}`,
      )
      return `(${values.join(', ')})${type.base === undefined ? '' : ` ${type.base}`}`
    }
    case 'subrangeType':
      return `${type.base} (${printExpression(type.range.low)}..${printExpression(type.range.high)})`
  }
}
