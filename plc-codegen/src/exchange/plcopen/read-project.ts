import { type Exchanged, ExchangeFault, type Loss } from '../exchange.ts'
import { at, elementsOf, readXml, textOf, XmlFault, type XmlNode } from '../xml-read.ts'
import { UNIT_TEXT } from './names.ts'
import { additions, pouText, sectionLines } from './read-pou.ts'
import { typeText, valueText } from './read-type.ts'
import { LISTS } from './write-instances.ts'

export interface ReadPlcopenOptions {
  /** Whether declarations that travel as text are taken before the elements (they keep comments); true where absent. */
  readonly plainText?: boolean
}

/** A PLCopen XML project (TC6, any version since 1.0) as one Structured Text. */
export function readPlcopen(name: string, text: string, options: ReadPlcopenOptions = {}): Exchanged {
  let project: XmlNode
  try {
    project = readXml(text)
  } catch (error) {
    if (error instanceof XmlFault) throw new ExchangeFault('ST903', { file: name, what: error.message })
    throw error
  }
  if (project.name !== 'project' || at(project, 'types') === undefined)
    throw new ExchangeFault('ST903', { file: name, what: `<${project.name}>` })
  const plain = options.plainText ?? true
  const losses: Loss[] = []
  const configurations = elementsOf(at(project, 'instances', 'configurations'), 'configuration')
  const parts = [
    ...elementsOf(at(project, 'types', 'dataTypes'), 'dataType').map(each => typeDeclaration(each, plain)),
    ...configurations.filter(each => each.attributes.name === LISTS).map(globalLists),
    ...additions(project, UNIT_TEXT).map(each => textOf(each).trim()),
    ...elementsOf(at(project, 'types', 'pous'), 'pou').map(each => pouText(each, plain, losses)),
    ...configurations.filter(each => each.attributes.name !== LISTS).map(configurationText),
  ].filter(each => each !== '')
  const base = at(project, 'contentHeader')?.attributes.name ?? name.replace(/\.\w+$/, '')
  return {
    files: [
      { name: `${base.replaceAll(/[^\w\u4e00-\u9fff.-]/g, '_') || 'project'}.st`, text: `${parts.join('\n\n')}\n` },
    ],
    losses,
  }
}

function typeDeclaration(node: XmlNode, plain: boolean): string {
  const [text] = plain ? additions(node, UNIT_TEXT) : []
  if (text !== undefined) return textOf(text).trim()
  const initial = at(node, 'initialValue')
  const init = initial === undefined ? '' : ` := ${valueText(initial)}`
  const note = textOf(at(node, 'documentation')).trim()
  return [
    ...(note === '' ? [] : note.split('\n')),
    'TYPE',
    `  ${node.attributes.name ?? ''} : ${typeText(at(node, 'baseType'), '  ')}${init};`,
    'END_TYPE',
  ].join('\n')
}

function globalLists(configuration: XmlNode): string {
  return elementsOf(configuration, 'resource')
    .flatMap(each => elementsOf(each, 'globalVars').map(list => sectionLines(list, '').join('\n')))
    .join('\n\n')
}

function configurationText(node: XmlNode): string {
  const { name = '' } = node.attributes
  const lines = [`CONFIGURATION ${name}`, ...elementsOf(node, 'globalVars').flatMap(each => sectionLines(each, '  '))]
  for (const resource of elementsOf(node, 'resource')) {
    // Tasks without a resource were put into one of the configuration's own name.
    const own = resource.attributes.name === name
    const indent = own ? '  ' : '    '
    const on = textOf(additions(resource, UNIT_TEXT)[0]).trim()
    if (!own) lines.push(`  RESOURCE ${resource.attributes.name ?? ''}${on === '' ? ' ON PLC' : ` ${on}`}`)
    lines.push(...elementsOf(resource, 'globalVars').flatMap(each => sectionLines(each, indent)))
    const tasks = elementsOf(resource, 'task')
    for (const { attributes } of tasks) {
      const args = (['single', 'interval', 'priority'] as const)
        .filter(each => attributes[each] !== undefined && attributes[each] !== '')
        .map(
          each =>
            `${each.toUpperCase()} := ${each === 'interval' ? durationText(attributes[each]!) : attributes[each]}`,
        )
      lines.push(`${indent}TASK ${attributes.name ?? ''}(${args.join(', ')});`)
    }
    for (const task of tasks)
      lines.push(...elementsOf(task, 'pouInstance').map(each => instanceText(each, indent, task)))
    lines.push(...elementsOf(resource, 'pouInstance').map(each => instanceText(each, indent)))
    if (!own) lines.push('  END_RESOURCE')
  }
  return [...lines, 'END_CONFIGURATION'].join('\n')
}

/** Tools write an interval as `T#10ms`, as `PT0.01S` (ISO 8601) or as milliseconds. */
function durationText(text: string): string {
  const iso = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(text)
  if (iso !== null)
    return `T#${Math.round(((Number(iso[1] ?? 0) * 60 + Number(iso[2] ?? 0)) * 60 + Number(iso[3] ?? 0)) * 1000)}ms`
  return /^[\d.]+$/.test(text) ? `T#${text}ms` : text
}

function instanceText(node: XmlNode, indent: string, task?: XmlNode): string {
  const connections = textOf(additions(node, UNIT_TEXT)[0]).trim()
  const wanted = task === undefined ? '' : ` WITH ${task.attributes.name}`
  return `${indent}PROGRAM ${node.attributes.name}${wanted} : ${node.attributes.typeName}${connections === '' ? '' : `(${connections})`};`
}
