import type { Loss } from '../exchange.ts'
import { indented } from '../source-text.ts'
import { at, elementsOf, textOf, type XmlNode } from '../xml-read.ts'
import { elementSections, INHERITANCE, METHOD, PLAIN_TEXT, PROPERTY, qualifierAttributes } from './names.ts'
import { typeText, variableText } from './read-type.ts'

const kinds: Readonly<Record<string, string>> = {
  function: 'FUNCTION',
  functionBlock: 'FUNCTION_BLOCK',
  program: 'PROGRAM',
}

/** Contents of an element's additions of one name. */
export function additions(node: XmlNode | undefined, name: string): XmlNode[] {
  return elementsOf(at(node, 'addData'), 'data')
    .filter(each => each.attributes.name === name)
    .flatMap(each => elementsOf(each))
}

/** A unit in Structured Text. The declaration that CODESYS adds as text is taken before the elements, unless `plain` is false. */
export function pouText(pou: XmlNode, plain: boolean, losses: Loss[]): string {
  const { name = '', pouType = '' } = pou.attributes
  const word = kinds[pouType] ?? 'FUNCTION_BLOCK'
  const lead = documentationLines(pou)
  const declared = plain ? declaration(pou) : undefined
  // CODESYS keeps the true kind (CLASS, ORGANIZATION_BLOCK) in its text.
  const own = /^\s*(?:\{[^}]*\}|\/\/[^\n]*|\(\*[\s\S]*?\*\)|\/\*[\s\S]*?\*\/|\s)*([A-Z_]+)/i
    .exec(declared ?? '')?.[1]
    ?.toUpperCase()
  const kind =
    own !== undefined && /^(?:FUNCTION|FUNCTION_BLOCK|PROGRAM|CLASS|ORGANIZATION_BLOCK)$/.test(own) ? own : word
  const head = declared ?? [...lead, headText(pou, `${kind} ${name}`), ...interfaceLines(pou, '')].join('\n')
  const members = [
    ...additions(pou, PROPERTY).map(each => propertyText(each, name, losses)),
    ...additions(pou, METHOD).map(each => methodText(each, name, plain, losses)),
    ...elementsOf(at(pou, 'actions'), 'action').map(each =>
      [`  ACTION ${each.attributes.name ?? ''}:`, indented(bodyOf(each, name, losses), '    '), '  END_ACTION'].join(
        '\n',
      ),
    ),
  ]
  if (elementsOf(at(pou, 'transitions')).length > 0)
    losses.push({ code: 'ST902', values: { name, what: 'transitions' } })
  const body = bodyOf(pou, name, losses)
  return [head, ...members, indented(body, '  '), `END_${kind}`].filter(each => each !== '').join('\n')
}

const declaration = (node: XmlNode): string | undefined => {
  const [found] = additions(node, PLAIN_TEXT)
  const text = textOf(found).trim()
  return text === '' ? undefined : text
}

function headText(node: XmlNode, start: string): string {
  const returns = at(node, 'interface', 'returnType')
  const [inherits] = additions(at(node, 'interface'), INHERITANCE)
  const names = (name: string) => elementsOf(inherits, name).map(each => textOf(each).trim())
  const bases = names('Extends')
  const interfaces = names('Implements')
  return [
    start,
    returns === undefined ? '' : ` : ${typeText(returns, '')}`,
    bases.length === 0 ? '' : ` EXTENDS ${bases.join(', ')}`,
    interfaces.length === 0 ? '' : ` IMPLEMENTS ${interfaces.join(', ')}`,
  ].join('')
}

function interfaceLines(node: XmlNode, indent: string): string[] {
  return elementsOf(at(node, 'interface')).flatMap(list => sectionLines(list, indent))
}

/** A list of variables as a section; nothing where the element is none. */
export function sectionLines(list: XmlNode, indent: string): string[] {
  const section = elementSections[list.name]
  if (section === undefined) return []
  const qualifiers = Object.entries(qualifierAttributes)
    .filter(([, attribute]) => list.attributes[attribute] === 'true' || list.attributes[attribute] === '1')
    .map(([word]) => ` ${word}`)
  return [
    `${indent}${section}${qualifiers.join('')}`,
    ...elementsOf(list, 'variable').map(each => variableText(each, `${indent}  `)),
    `${indent}END_VAR`,
  ]
}

/** The Structured Text of a body; another language is named as lost. */
function bodyOf(node: XmlNode, name: string, losses: Loss[]): string {
  return elementsOf(node, 'body')
    .map(each => {
      const st = at(each, 'ST')
      if (st !== undefined) return textOf(st).replace(/^\n+/, '').trimEnd()
      const other = elementsOf(each)[0]?.name
      if (other !== undefined && other !== 'addData') losses.push({ code: 'ST902', values: { name, what: other } })
      return ''
    })
    .join('\n')
}

function methodText(method: XmlNode, owner: string, plain: boolean, losses: Loss[]): string {
  const { name = '' } = method.attributes
  const head =
    (plain ? declaration(method) : undefined) ??
    [headText(method, `METHOD ${name}`), ...interfaceLines(method, '')].join('\n')
  return [indented(head, '  '), indented(bodyOf(method, `${owner}.${name}`, losses), '    '), '  END_METHOD']
    .filter(each => each !== '')
    .join('\n')
}

function propertyText(property: XmlNode, owner: string, losses: Loss[]): string {
  const { name = '' } = property.attributes
  const head = declaration(property) ?? headText(property, `PROPERTY ${name}`)
  const accessor = (element: string, word: string) => {
    const part = at(property, element)
    if (part === undefined) return []
    return [
      `    ${word}`,
      ...interfaceLines(part, '    '),
      indented(bodyOf(part, `${owner}.${name}`, losses), '      '),
      `    END_${word}`,
    ]
  }
  return [indented(head, '  '), ...accessor('GetAccessor', 'GET'), ...accessor('SetAccessor', 'SET'), '  END_PROPERTY']
    .filter(each => each !== '')
    .join('\n')
}

function documentationLines(node: XmlNode): string[] {
  const text = textOf(at(node, 'documentation')).trim()
  return text === '' ? [] : text.split('\n').map(line => `// ${line.trim()}`)
}
