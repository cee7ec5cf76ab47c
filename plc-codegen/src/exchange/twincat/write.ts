/** TwinCAT 3 objects: a file for each unit (.TcPOU), list of globals (.TcGVL), type (.TcDUT) and interface (.TcIO). */
import { printDeclarationHead, printItem } from '../../print/structured-text.ts'
import type { Globals, Interface, Item, Pou, Property } from '../../syntax/tree.ts'
import type { Exchanged, Loss, NamedText } from '../exchange.ts'
import { accessorText, bodyText, declarationText, itemStarts, leadText, type Source, undent } from '../source-text.ts'
import { cdata, element, type XmlElement, xmlText } from '../xml-write.ts'
import { guidOf } from './guid.ts'

export function writeTwincat(sources: readonly (Source & { readonly name: string })[]): Exchanged {
  const files: NamedText[] = []
  const losses: Loss[] = []
  for (const source of sources) {
    const lists: { lead: string; item: Globals }[] = []
    const visit = (items: readonly Item[], starts: readonly number[]) =>
      items.forEach((item, i) => {
        const lead = leadText(source, item, starts[i]!)
        if (item.kind === 'pou') files.push(pouFile(source, item, lead))
        else if (item.kind === 'type')
          files.push(
            object('TcDUT', 'DUT', item.name.text, [cdata('Declaration', `${lead}${printItem(item).join('\n')}`)]),
          )
        else if (item.kind === 'interface') files.push(interfaceFile(source, item, lead))
        else if (item.kind === 'globals') lists.push({ lead, item })
        else if (item.kind === 'namespace')
          visit(
            item.items,
            item.items.map((each, k) => item.items[k - 1]?.span.end ?? each.span.start),
          )
        else
          losses.push({
            code: 'ST904',
            values: { name: item.name.text, what: item.kind === 'configuration' ? 'CONFIGURATION' : 'DATA_BLOCK' },
          })
      })
    visit(source.parsed.unit.items, itemStarts(source.parsed.unit.items))
    if (lists.length > 0) {
      const text = lists
        .map(({ lead, item }) => `${lead}${undent(source.text.slice(item.span.start, item.span.end))}`)
        .join('\n\n')
      files.push(object('TcGVL', 'GVL', source.name.replace(/\.\w+$/, ''), [cdata('Declaration', text)]))
    }
  }
  return { files, losses }
}

function object(
  extension: string,
  kind: string,
  name: string,
  content: readonly (XmlElement | undefined)[],
  extra: Record<string, string> = {},
): NamedText {
  const root = element('TcPlcObject', { Version: '1.1.0.1', ProductVersion: '3.1.4024.12' }, [
    element(kind, { Name: name, Id: guidOf(`${kind} ${name}`), ...extra }, content),
  ])
  return { name: `${name}.${extension}`, text: xmlText(root) }
}

function pouFile(source: Source, pou: Pou, lead: string): NamedText {
  const of = (each: Pou) => `${pou.name.text}.${each.name.text}`
  return object(
    'TcPOU',
    'POU',
    pou.name.text,
    [
      cdata('Declaration', declarationText(source, pou, lead)),
      implementation(bodyText(source, pou)),
      ...pou.members.map(each =>
        each.pou === 'ACTION'
          ? element('Action', { Name: each.name.text, Id: guidOf(of(each)) }, [implementation(bodyText(source, each))])
          : method(source, each, of(each)),
      ),
      ...pou.properties.map(each => propertyElement(source, each, `${pou.name.text}.${each.name.text}`)),
    ],
    { SpecialFunc: 'None' },
  )
}

const implementation = (body: string) => element('Implementation', {}, [cdata('ST', body)])

function method(source: Source, each: Pou, id: string): XmlElement {
  return element('Method', { Name: each.name.text, Id: guidOf(id) }, [
    cdata('Declaration', declarationText(source, each)),
    implementation(bodyText(source, each)),
  ])
}

function propertyElement(source: Source, each: Property, id: string): XmlElement {
  const accessor = (name: 'Get' | 'Set', part: Property['get']) =>
    part === undefined
      ? undefined
      : element(name, { Name: name, Id: guidOf(`${id}.${name}`) }, [
          cdata(
            'Declaration',
            part.sections.map(section => undent(source.text.slice(section.span.start, section.span.end))).join('\n'),
          ),
          implementation(accessorText(source, part)),
        ])
  return element('Property', { Name: each.name.text, Id: guidOf(id) }, [
    cdata('Declaration', printDeclarationHead(each)),
    accessor('Get', each.get),
    accessor('Set', each.set),
  ])
}

function interfaceFile(source: Source, item: Interface, lead: string): NamedText {
  const base = item.extends.length === 0 ? '' : ` EXTENDS ${item.extends.map(each => each.text).join(', ')}`
  return object('TcIO', 'Itf', item.name.text, [
    cdata('Declaration', `${lead}INTERFACE ${item.name.text}${base}`),
    ...item.members.map(each =>
      element('Method', { Name: each.name.text, Id: guidOf(`${item.name.text}.${each.name.text}`) }, [
        cdata('Declaration', declarationText(source, each)),
      ]),
    ),
    ...item.properties.map(each => propertyElement(source, each, `${item.name.text}.${each.name.text}`)),
  ])
}
