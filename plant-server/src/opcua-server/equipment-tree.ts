/**
 * The plant as ISA-95 equipment (OPC 10030, EquipmentType): what the plant file names, the lines of the agents, and the
 * equipment that only tags name. Nodes are made when first asked for.
 */
import type { Equipment } from '@millwright/contract'
import {
  type AddressSpace,
  DataType,
  LocalizedText,
  type Namespace,
  type UAObject,
  type UAVariable,
  Variant,
} from 'node-opcua'

export const ISA95_URI = 'http://www.OPCFoundation.org/UA/2013/01/ISA95'

/** ISA95EquipmentElementLevelEnum. */
const LEVELS = { enterprise: 0, site: 1, area: 2, work_center: 10, work_unit: 11 } as const
const PRODUCTION_LINE = 5
const OTHER = 14

export interface EquipmentTree {
  readonly plant: UAObject
  /** Takes in the equipment of a plant file. */
  learn(equipment: readonly Equipment[]): void
  line(agent: string): UAObject
  /** @param agent whose line it stands in where no plant file places it */
  unit(id: string, agent: string): UAObject
}

export function createEquipmentTree(addressSpace: AddressSpace, namespace: Namespace): EquipmentTree {
  const isa95 = addressSpace.getNamespaceIndex(ISA95_URI)
  const type = addressSpace.findObjectType('EquipmentType', isa95)
  if (type === null) throw new Error('the ISA-95 nodeset has no EquipmentType')
  const plant = namespace.addFolder(addressSpace.rootFolder.objects, {
    browseName: 'Plant',
    nodeId: 's=plant',
    displayName: [
      new LocalizedText({ text: 'Plant', locale: 'en' }),
      new LocalizedText({ text: '工厂', locale: 'zh' }),
    ],
  })
  const nodes = new Map<string, UAObject>()

  const add = (nodeId: string, browseName: string, parent: UAObject, level: number, name?: Equipment['name']) => {
    const node = type.instantiate({
      namespace,
      browseName,
      nodeId: `s=${nodeId}`,
      optionals: ['EquipmentLevel'],
      ...(name === undefined
        ? {}
        : {
            displayName: [
              new LocalizedText({ text: name.en, locale: 'en' }),
              new LocalizedText({ text: name.zh, locale: 'zh' }),
            ],
          }),
      ...(parent === plant ? { organizedBy: parent } : { componentOf: parent }),
    } as Parameters<typeof type.instantiate>[0])
    // It hangs by HasISA95Attribute, which the library does not count among components.
    const levelNode = node
      .findReferencesExAsObject('HierarchicalReferences')
      .find(child => child.browseName.name === 'EquipmentLevel') as UAVariable | undefined
    levelNode?.setValueFromSource(new Variant({ dataType: DataType.Int32, value: level }))
    nodes.set(nodeId, node)
    return node
  }
  const line = (agent: string) => nodes.get(`line/${agent}`) ?? add(`line/${agent}`, agent, plant, PRODUCTION_LINE)

  return {
    plant,
    learn(equipment) {
      const byId = new Map(equipment.map(each => [each.id, each]))
      const place = ({ id, level, parent, name }: Equipment, above: ReadonlySet<string>): UAObject => {
        const known = nodes.get(`equipment/${id}`)
        if (known !== undefined) return known
        const over = parent === undefined || above.has(parent) ? undefined : byId.get(parent)
        const parentNode = over === undefined ? plant : place(over, new Set([...above, id]))
        return add(`equipment/${id}`, id, parentNode, LEVELS[level], name)
      }
      for (const each of equipment) place(each, new Set([each.id]))
    },
    line,
    unit: (id, agent) => nodes.get(`equipment/${id}`) ?? add(`equipment/${id}`, id, line(agent), OTHER),
  }
}
