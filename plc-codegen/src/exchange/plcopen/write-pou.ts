import { printDeclarationHead } from '../../print/structured-text.ts'
import type { Pou, Property, Section } from '../../syntax/tree.ts'
import { accessorText, bodyText, declarationText, type Source } from '../source-text.ts'
import { element, type XmlElement } from '../xml-write.ts'
import { INHERITANCE, METHOD, PLAIN_TEXT, PROPERTY, qualifierAttributes, sectionElements } from './names.ts'
import { documentation, formatted, typeElement, variableElements } from './write-type.ts'

const kinds: Readonly<Partial<Record<Pou['pou'], string>>> = {
  FUNCTION: 'function',
  FUNCTION_BLOCK: 'functionBlock',
  CLASS: 'functionBlock',
  PROGRAM: 'program',
  ORGANIZATION_BLOCK: 'program',
}

/** A program, block or function with its methods, properties and actions. */
export function pouElement(source: Source, pou: Pou, lead: string): XmlElement {
  const actions = pou.members.filter(each => each.pou === 'ACTION')
  const methods = pou.members.filter(each => each.pou === 'METHOD')
  return element('pou', { name: pou.name.text, pouType: kinds[pou.pou] ?? 'functionBlock' }, [
    interfaceElement(source, pou),
    actions.length === 0
      ? undefined
      : element(
          'actions',
          {},
          actions.map(each => element('action', { name: each.name.text }, [body(bodyText(source, each))])),
        ),
    body(bodyText(source, pou)),
    element('addData', {}, [
      ...methods.map(each => data(METHOD, 'implementation', methodElement(source, each))),
      ...pou.properties.map(each => data(PROPERTY, 'implementation', propertyElement(source, each))),
      plainText(declarationText(source, pou, lead)),
    ]),
    lead === '' ? undefined : documentation(words(lead)),
  ])
}

function interfaceElement(source: Source, pou: Pou): XmlElement {
  const inherits = pou.extends !== undefined || pou.implements.length > 0
  return element('interface', {}, [
    pou.returns === undefined ? undefined : element('returnType', {}, [typeElement(source, pou.returns)]),
    ...pou.sections.map(each => sectionElement(source, each)),
    inherits
      ? element('addData', {}, [
          data(
            INHERITANCE,
            'implementation',
            element('Inheritance', {}, [
              pou.extends === undefined ? undefined : element('Extends', {}, pou.extends.text),
              ...pou.implements.map(each => element('Implements', {}, each.text)),
            ]),
          ),
        ])
      : undefined,
  ])
}

export function sectionElement(source: Source, section: Section, name?: string): XmlElement {
  const attributes: Record<string, string | undefined> = { name }
  for (const each of section.qualifiers) {
    const attribute = qualifierAttributes[each]
    if (attribute !== undefined) attributes[attribute] = 'true'
  }
  return element(
    sectionElements[section.section] ?? 'localVars',
    attributes,
    section.declarations.flatMap(each => variableElements(source, each)),
  )
}

export function body(text: string): XmlElement {
  return element('body', {}, [element('ST', {}, [formatted(text)])])
}

export function data(name: string, handleUnknown: 'preserve' | 'discard' | 'implementation', content: XmlElement) {
  return element('data', { name, handleUnknown }, [content])
}

function plainText(text: string): XmlElement {
  return data(PLAIN_TEXT, 'implementation', element('InterfaceAsPlainText', {}, [formatted(text)]))
}

function methodElement(source: Source, pou: Pou): XmlElement {
  return element('Method', { name: pou.name.text }, [
    interfaceElement(source, pou),
    body(bodyText(source, pou)),
    element('addData', {}, [plainText(declarationText(source, pou))]),
  ])
}

function propertyElement(source: Source, property: Property): XmlElement {
  const accessor = (name: string, part: Property['get']) =>
    part === undefined
      ? undefined
      : element(name, {}, [
          element(
            'interface',
            {},
            part.sections.map(each => sectionElement(source, each)),
          ),
          body(accessorText(source, part)),
        ])
  return element('Property', { name: property.name.text }, [
    element('interface', {}, [
      property.type === undefined ? undefined : element('returnType', {}, [typeElement(source, property.type)]),
    ]),
    accessor('GetAccessor', property.get),
    accessor('SetAccessor', property.set),
    element('addData', {}, [plainText(printDeclarationHead(property))]),
  ])
}

/** Comments as words, without their marks. */
function words(lead: string): string {
  return lead
    .split('\n')
    .filter(line => !line.startsWith('{'))
    .map(line => line.replace(/^\s*(?:\/\/|\(\*|\/\*)|\*\)|\*\//g, '').trim())
    .join('\n')
    .trim()
}
