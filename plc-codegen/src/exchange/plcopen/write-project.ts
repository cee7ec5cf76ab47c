import { printItem } from '../../print/structured-text.ts'
import type { Item, TypeDeclaration } from '../../syntax/tree.ts'
import type { Exchanged, Loss } from '../exchange.ts'
import { itemStarts, leadText, type Source } from '../source-text.ts'
import { element, type XmlElement, xmlText } from '../xml-write.ts'
import { lossesOf } from './losses.ts'
import { NAMESPACE, UNIT_TEXT } from './names.ts'
import { configurationElement, globalsConfiguration } from './write-instances.ts'
import { data, pouElement } from './write-pou.ts'
import { documentation, formatted, typeElement, valueElement } from './write-type.ts'

export interface PlcopenOptions {
  readonly name: string
  /** ISO 8601; a library has no clock. */
  readonly time: string
  readonly company?: string
  readonly author?: string
  /** The version of the product that writes. */
  readonly version?: string
}

/** Sources as one PLCopen XML project, TC6 2.01. */
export function writePlcopen(
  sources: readonly (Source & { readonly name: string })[],
  options: PlcopenOptions,
): Exchanged {
  const types: XmlElement[] = []
  const pous: XmlElement[] = []
  const configurations: XmlElement[] = []
  const lists: { source: Source; name: string; item: Extract<Item, { kind: 'globals' }> }[] = []
  const rest: XmlElement[] = []
  const losses: Loss[] = []
  for (const source of sources) {
    const { items } = source.parsed.unit
    const starts = itemStarts(items)
    items.forEach((item, i) => {
      const lead = leadText(source, item, starts[i]!)
      losses.push(...lossesOf(item))
      switch (item.kind) {
        case 'pou':
          pous.push(pouElement(source, item, lead))
          return
        case 'type':
          types.push(dataType(source, item, lead))
          return
        case 'globals':
          if (item.section.section !== 'VAR_GLOBAL') rest.push(unitText(item, lead))
          else lists.push({ source, name: source.name.replace(/\.\w+$/, ''), item })
          return
        case 'configuration':
          configurations.push(configurationElement(source, item))
          return
        case 'interface':
        case 'namespace':
        case 'dataBlock':
          rest.push(unitText(item, lead))
      }
    })
  }
  if (lists.length > 0) configurations.push(globalsConfiguration(lists))
  const scaling = (name: string) => element(name, {}, [element('scaling', { x: '1', y: '1' })])
  const project = element('project', { xmlns: NAMESPACE }, [
    element('fileHeader', {
      companyName: options.company ?? '',
      productName: 'Millwright',
      productVersion: options.version ?? '1',
      creationDateTime: options.time,
    }),
    element('contentHeader', { name: options.name, modificationDateTime: options.time, author: options.author }, [
      element('coordinateInfo', {}, [scaling('fbd'), scaling('ld'), scaling('sfc')]),
    ]),
    element('types', {}, [element('dataTypes', {}, types), element('pous', {}, pous)]),
    element('instances', {}, [element('configurations', {}, configurations)]),
    rest.length === 0 ? undefined : element('addData', {}, rest),
  ])
  return { files: [{ name: `${options.name}.xml`, text: xmlText(project) }], losses }
}

const unitText = (item: Item, lead: string) =>
  data(UNIT_TEXT, 'preserve', formatted(`${lead}${printItem(item).join('\n')}\n`))

function dataType(source: Source, item: TypeDeclaration, lead: string): XmlElement {
  const beyond = lossesOf(item).length > 0
  return element('dataType', { name: item.name.text }, [
    element('baseType', {}, [typeElement(source, item.type)]),
    item.init === undefined ? undefined : element('initialValue', {}, [valueElement(item.init)]),
    beyond ? element('addData', {}, [data(UNIT_TEXT, 'preserve', formatted(printItem(item).join('\n')))]) : undefined,
    lead === '' ? undefined : documentation(lead.trim()),
  ])
}
