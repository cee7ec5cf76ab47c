/**
 * Inspections as machine vision results (OPC 40100-1): a ResultManagement object at each inspecting station with its newest
 * results, the methods to ask for others, and a ResultReadyEvent for each new one.
 */
import type { Inspection } from '@millwright/contract'
import {
  type AddressSpace,
  type CallMethodResultOptions,
  DataType,
  type ExtensionObject,
  type Namespace,
  StatusCodes,
  type UAMethod,
  type UAObject,
  type UAVariable,
  Variant,
  VariantArrayType,
} from 'node-opcua'
import type { EquipmentTree } from './equipment-tree.ts'
import { resultFieldsOf } from './result-shape.ts'

export const MACHINE_VISION_URI = 'http://opcfoundation.org/UA/MachineVision'
/** Results of a station that stand in the address space; older ones come by GetResultById. */
const KEPT = 50
/** One answer of GetResultListFiltered. */
const MOST_LISTED = 100

export interface ResultsDeps {
  readonly addressSpace: AddressSpace
  readonly namespace: Namespace
  readonly tree: EquipmentTree
  readonly find: (id: string) => Promise<Inspection | undefined>
  /** Newest first. */
  readonly list: (limit: number) => Promise<readonly Inspection[]>
}

export interface Results {
  /** @param announce with an event */
  add(inspection: Inspection, announce: boolean): void
}

interface Station {
  readonly management: UAObject
  readonly folder: UAObject
  readonly shown: UAVariable[]
}

export function createResults({ addressSpace, namespace, tree, find, list }: ResultsDeps): Results {
  const index = addressSpace.getNamespaceIndex(MACHINE_VISION_URI)
  const need = <T>(found: T | null | undefined, name: string): T => {
    if (found === null || found === undefined) throw new Error(`the machine vision nodeset has no ${name}`)
    return found
  }
  const managementType = need(addressSpace.findObjectType('ResultManagementType', index), 'ResultManagementType')
  const resultType = need(addressSpace.findDataType('ResultDataType', index), 'ResultDataType')
  const eventType = need(addressSpace.findEventType('ResultReadyEventType', index), 'ResultReadyEventType')
  const stations = new Map<string, Station>()

  const structure = (inspection: Inspection) =>
    addressSpace.constructExtensionObject(resultType, resultFieldsOf(inspection))
  const value = (object: ExtensionObject) => new Variant({ dataType: DataType.ExtensionObject, value: object })
  const handle = (n: number) => new Variant({ dataType: DataType.UInt32, value: n })
  const int = (n: number) => new Variant({ dataType: DataType.Int32, value: n })
  const idOf = (argument: Variant | undefined) => String((argument?.value as { id?: unknown } | null)?.id ?? '')
  const listOf = (objects: ExtensionObject[]) =>
    new Variant({ dataType: DataType.ExtensionObject, arrayType: VariantArrayType.Array, value: objects })
  const refused = { statusCode: StatusCodes.BadNotFound } satisfies CallMethodResultOptions

  /** Answers of the three methods; `Error` 0 is none. */
  const byId = async (args: Variant[]): Promise<CallMethodResultOptions> => {
    const found = await find(idOf(args[0]))
    if (found === undefined) return refused
    return { statusCode: StatusCodes.Good, outputArguments: [handle(0), value(structure(found)), int(0)] }
  }
  const componentsById = async (args: Variant[]): Promise<CallMethodResultOptions> => {
    const found = await find(idOf(args[0]))
    if (found === undefined) return refused
    const result = structure(found) as unknown as Record<string, ExtensionObject>
    const nothing = new Variant({ dataType: DataType.Null })
    const part = (name: string) => (result[name] == null ? nothing : value(result[name]))
    const fields = resultFieldsOf(found)
    const flag = (yes: boolean) => new Variant({ dataType: DataType.Boolean, value: yes })
    return {
      statusCode: StatusCodes.Good,
      outputArguments: [
        flag(false),
        handle(0),
        flag(false),
        flag(false),
        int(fields.resultState),
        part('measId'),
        part('partId'),
        nothing,
        part('internalRecipeId'),
        nothing,
        nothing,
        part('internalConfigurationId'),
        part('jobId'),
        new Variant({ dataType: DataType.DateTime, value: fields.creationTime }),
        part('processingTimes'),
        new Variant({ dataType: DataType.Variant, arrayType: VariantArrayType.Array, value: fields.resultContent }),
        int(0),
      ],
    }
  }
  const filtered =
    (station: string) =>
    async (args: Variant[]): Promise<CallMethodResultOptions> => {
      const [state, meas, part] = [Number(args[0]?.value ?? 0), idOf(args[1]), idOf(args[2])]
      const [most, start] = [Number(args[9]?.value ?? 0), Number(args[10]?.value ?? 0)]
      const limit = most > 0 ? Math.min(most, MOST_LISTED) : MOST_LISTED
      const all = (await list(1000)).filter(
        each =>
          each.station === station &&
          (state === 0 || resultFieldsOf(each).resultState === state) &&
          (meas === '' || each.lot === meas) &&
          (part === '' || each.line.panel === part),
      )
      const some = all.slice(start, start + limit)
      return {
        statusCode: StatusCodes.Good,
        outputArguments: [
          new Variant({ dataType: DataType.Boolean, value: start + some.length >= all.length }),
          int(some.length),
          handle(0),
          listOf(some.map(structure)),
          int(0),
        ],
      }
    }

  function stationOf(station: string, agent: string): Station {
    const known = stations.get(station)
    if (known !== undefined) return known
    const management = managementType.instantiate({
      namespace,
      browseName: { name: 'ResultManagement', namespaceIndex: index },
      nodeId: `s=results/${station}`,
      componentOf: tree.unit(station, agent),
      optionals: ['Results'],
      eventNotifier: 1,
    } as Parameters<typeof managementType.instantiate>[0])
    // Events of a station are seen at the Server object too (Part 3, 7.17).
    addressSpace.rootFolder.objects.server.addReference({ referenceType: 'HasEventSource', nodeId: management.nodeId })
    const bind = (name: string, answer: (args: Variant[]) => Promise<CallMethodResultOptions>) => {
      const method = management.getMethodByName(name, index) as UAMethod | null
      method?.bindMethod((args, _context, callback) => {
        answer(args).then(
          result => callback(null, result),
          () => callback(null, { statusCode: StatusCodes.BadInternalError }),
        )
      })
    }
    bind('GetResultById', byId)
    bind('GetResultComponentsById', componentsById)
    bind('GetResultListFiltered', filtered(station))
    const folder = need(management.getChildByName('Results', index) as UAObject | null, 'Results')
    const made = { management, folder, shown: [] }
    stations.set(station, made)
    return made
  }

  const resultVariable = need(addressSpace.findVariableType('ResultType', index), 'ResultType')

  /** The components of ResultType, and beside them what a client without structures can read. */
  const partsOf = (inspection: Inspection, object: Record<string, ExtensionObject>) => {
    const fields = resultFieldsOf(inspection)
    const text = (words: string) => new Variant({ dataType: DataType.String, value: words })
    const structures = ['resultId', 'jobId', 'internalRecipeId', 'internalConfigurationId', 'measId', 'partId']
    return {
      standard: {
        CreationTime: new Variant({ dataType: DataType.DateTime, value: fields.creationTime }),
        IsPartial: new Variant({ dataType: DataType.Boolean, value: false }),
        ResultState: int(fields.resultState),
        ...Object.fromEntries(
          structures.flatMap(name => {
            const part = object[name]
            return part == null ? [] : [[`${name[0]?.toUpperCase()}${name.slice(1)}`, value(part)]]
          }),
        ),
      } as Record<string, Variant>,
      own: {
        Verdict: text(inspection.line.verdict),
        Panel: text(inspection.line.panel ?? ''),
        Lot: text(inspection.lot),
        Score: new Variant({ dataType: DataType.Double, value: inspection.line.score ?? Number.NaN }),
      } as Record<string, Variant>,
    }
  }

  return {
    add(inspection, announce) {
      const { management, folder, shown } = stationOf(inspection.station, inspection.agent)
      const object = structure(inspection)
      const variable = resultVariable.instantiate({
        namespace,
        browseName: inspection.id,
        nodeId: `s=result/${inspection.id}`,
        componentOf: folder,
        optionals: ['MeasId', 'PartId'],
      } as Parameters<typeof resultVariable.instantiate>[0])
      const at = new Date(inspection.t)
      variable.setValueFromSource(value(object), StatusCodes.Good, at)
      const parts = partsOf(inspection, object as unknown as Record<string, ExtensionObject>)
      for (const [name, part] of Object.entries(parts.standard)) {
        const child = variable.getChildByName(name, index) as UAVariable | null
        child?.setValueFromSource(part, StatusCodes.Good, at)
      }
      for (const [name, part] of Object.entries(parts.own))
        namespace
          .addVariable({
            componentOf: variable,
            browseName: name,
            nodeId: `s=result/${inspection.id}/${name}`,
            dataType: part.dataType,
            accessLevel: 'CurrentRead',
            userAccessLevel: 'CurrentRead',
          })
          .setValueFromSource(part, StatusCodes.Good, at)
      shown.push(variable)
      if (shown.length > KEPT) {
        const oldest = shown.shift()
        if (oldest !== undefined) addressSpace.deleteNode(oldest)
      }
      if (!announce) return
      const fields = resultFieldsOf(inspection)
      const result = object as unknown as Record<string, ExtensionObject>
      management.raiseEvent(eventType, {
        message: {
          dataType: DataType.LocalizedText,
          value: { text: `${inspection.line.panel ?? inspection.id}: ${inspection.line.verdict}`, locale: 'en' },
        },
        severity: { dataType: DataType.UInt16, value: inspection.line.verdict === 'pass' ? 100 : 300 },
        creationTime: { dataType: DataType.DateTime, value: fields.creationTime },
        isPartial: { dataType: DataType.Boolean, value: false },
        resultState: { dataType: DataType.Int32, value: fields.resultState },
        ...Object.fromEntries(
          ['resultId', 'jobId', 'internalRecipeId', 'internalConfigurationId'].map(name => [
            name,
            { dataType: DataType.ExtensionObject, value: result[name] },
          ]),
        ),
      } as Parameters<UAObject['raiseEvent']>[1])
    },
  }
}
