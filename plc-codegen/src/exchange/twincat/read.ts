/** TwinCAT 3 objects (.TcPOU, .TcGVL, .TcDUT, .TcIO) as Structured Text. */
import { type Exchanged, ExchangeFault, type Loss, type NamedText } from '../exchange.ts'
import { indented } from '../source-text.ts'
import { at, elementsOf, readXml, textOf, XmlFault, type XmlNode } from '../xml-read.ts'

export function readTwincat({ name, text }: NamedText): Exchanged {
  let root: XmlNode
  try {
    root = readXml(text)
  } catch (error) {
    if (error instanceof XmlFault) throw new ExchangeFault('ST903', { file: name, what: error.message })
    throw error
  }
  if (root.name !== 'TcPlcObject') throw new ExchangeFault('ST903', { file: name, what: `<${root.name}>` })
  const losses: Loss[] = []
  const parts = elementsOf(root).flatMap(each => {
    if (each.name === 'POU') return [pouText(each, losses)]
    if (each.name === 'Itf') return [interfaceText(each, losses)]
    const declaration = declarationOf(each)
    return declaration === '' ? [] : [declaration]
  })
  if (parts.length === 0) throw new ExchangeFault('ST903', { file: name, what: 'no object' })
  return { files: [{ name: `${name.replace(/\.\w+$/, '')}.st`, text: `${parts.join('\n\n')}\n` }], losses }
}

const declarationOf = (node: XmlNode) => textOf(at(node, 'Declaration')).trim()

/** The word that the declaration begins with, behind comments and pragmas. */
function kindOf(declaration: string): string {
  const plain = declaration.replace(/\(\*[\s\S]*?\*\)|\/\*[\s\S]*?\*\/|\/\/[^\n]*|\{[^}]*\}/g, ' ')
  return /[A-Z_]+/i.exec(plain)?.[0].toUpperCase() ?? 'FUNCTION_BLOCK'
}

function pouText(node: XmlNode, losses: Loss[]): string {
  const declaration = declarationOf(node)
  const name = node.attributes.Name ?? ''
  return [
    declaration,
    ...membersOf(node, name, losses),
    indented(bodyOf(node, name, losses), '  '),
    `END_${kindOf(declaration)}`,
  ]
    .filter(each => each !== '')
    .join('\n')
}

function interfaceText(node: XmlNode, losses: Loss[]): string {
  return [declarationOf(node), ...membersOf(node, node.attributes.Name ?? '', losses), 'END_INTERFACE'].join('\n')
}

function membersOf(node: XmlNode, owner: string, losses: Loss[]): string[] {
  return elementsOf(node).flatMap(each => {
    const name = `${owner}.${each.attributes.Name ?? ''}`
    const body = () => indented(bodyOf(each, name, losses), '    ')
    const lines = (...all: string[]) => [all.filter(line => line !== '').join('\n')]
    if (each.name === 'Method') return lines(indented(declarationOf(each), '  '), body(), '  END_METHOD')
    if (each.name === 'Action') return lines(`  ACTION ${each.attributes.Name ?? ''}:`, body(), '  END_ACTION')
    if (each.name !== 'Property') return []
    const accessor = (word: 'Get' | 'Set') => {
      const part = at(each, word)
      if (part === undefined) return []
      const upper = word.toUpperCase()
      return [
        `    ${upper}`,
        indented(declarationOf(part), '    '),
        indented(bodyOf(part, name, losses), '      '),
        `    END_${upper}`,
      ]
    }
    return lines(indented(declarationOf(each), '  '), ...accessor('Get'), ...accessor('Set'), '  END_PROPERTY')
  })
}

function bodyOf(node: XmlNode, name: string, losses: Loss[]): string {
  const implementation = at(node, 'Implementation')
  const [language] = elementsOf(implementation)
  if (language !== undefined && language.name !== 'ST')
    losses.push({ code: 'ST902', values: { name, what: language.name } })
  return textOf(at(implementation, 'ST')).replace(/^\n+/, '').trimEnd()
}
