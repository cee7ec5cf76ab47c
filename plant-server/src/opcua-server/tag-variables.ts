/** Every tag as a variable below its equipment, read from the live values when a client asks: no client, no work. */
import { type LiveValue, metricOf, type TagDefinition } from '@millwright/contract'
import { type AddressSpace, LocalizedText, type Namespace } from 'node-opcua'
import type { EquipmentTree } from './equipment-tree.ts'
import { dataTypeOf, dataValueOf } from './to-data-value.ts'

/** Clients' sampling is never quicker, ms. */
const SAMPLING_MS = 100

export interface TagVariablesDeps {
  readonly addressSpace: AddressSpace
  readonly namespace: Namespace
  readonly tree: EquipmentTree
  readonly live: (tag: string) => LiveValue | undefined
  readonly now: () => number
}

/** Adds the tags that are not there yet. */
export function createTagVariables({ addressSpace, namespace, tree, live, now }: TagVariablesDeps) {
  const known = new Set<string>()
  return (definitions: readonly TagDefinition[]): void => {
    for (const definition of definitions) {
      const { tag, agent, equipment, type, unit, description, range } = definition
      if (known.has(tag)) continue
      known.add(tag)
      const parent = equipment === undefined ? tree.line(agent) : tree.unit(equipment, agent)
      const variable = namespace.addVariable({
        componentOf: parent,
        browseName: metricOf(tag),
        nodeId: `s=${tag}`,
        displayName: [
          new LocalizedText({ text: description.en || metricOf(tag), locale: 'en' }),
          new LocalizedText({ text: description.zh || metricOf(tag), locale: 'zh' }),
        ],
        description: new LocalizedText({ text: description.en, locale: 'en' }),
        // Part 8, 5.3.2.3: an analog item has its unit; its range where it is known.
        typeDefinition: type === 'float' || type === 'int' ? 'BaseAnalogType' : 'BaseDataVariableType',
        dataType: dataTypeOf(type),
        accessLevel: 'CurrentRead',
        userAccessLevel: 'CurrentRead',
        minimumSamplingInterval: SAMPLING_MS,
        value: { timestamped_get: () => dataValueOf(definition, live(tag), now()) },
      })
      if (unit !== '')
        namespace.addVariable({
          propertyOf: variable,
          browseName: { name: 'EngineeringUnits', namespaceIndex: 0 },
          typeDefinition: 'PropertyType',
          dataType: 'EUInformation',
          value: { dataType: 'ExtensionObject', value: unitOf(addressSpace, unit) },
        } as Parameters<Namespace['addVariable']>[0])
      if (range !== undefined)
        namespace.addVariable({
          propertyOf: variable,
          browseName: { name: 'EURange', namespaceIndex: 0 },
          typeDefinition: 'PropertyType',
          dataType: 'Range',
          value: { dataType: 'ExtensionObject', value: rangeOf(addressSpace, range) },
        } as Parameters<Namespace['addVariable']>[0])
    }
  }
}

const dataType = (addressSpace: AddressSpace, name: string) => {
  const found = addressSpace.findDataType(name)
  if (found === null) throw new Error(`no data type ${name}`)
  return found
}
const unitOf = (addressSpace: AddressSpace, unit: string) =>
  addressSpace.constructExtensionObject(dataType(addressSpace, 'EUInformation'), {
    namespaceUri: 'http://www.opcfoundation.org/UA/units/un/cefact',
    unitId: -1,
    displayName: new LocalizedText({ text: unit }),
    description: new LocalizedText({ text: unit }),
  })
const rangeOf = (addressSpace: AddressSpace, { low, high }: { low: number; high: number }) =>
  addressSpace.constructExtensionObject(dataType(addressSpace, 'Range'), { low, high })
