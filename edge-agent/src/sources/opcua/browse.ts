/** Walks a server's tree from Objects and gives its variables with type, value and unit. */
import {
  AttributeIds,
  BrowseDirection,
  type ClientSession,
  DataType,
  NodeClass,
  type NodeId,
  type ReferenceDescription,
  ResultMask,
} from 'node-opcua'
import { readLimits } from './limits.ts'
import { plainValue, qualityOf } from './to-sample.ts'

export interface BrowsedVariable {
  /** As the agent's file names it. */
  readonly address: string
  readonly path: readonly string[]
  readonly type: string
  readonly unit: string
  readonly value: number | boolean | string | null
  readonly quality: string
}

const OBJECTS = 'i=85'
/** The Server object describes the server, not the plant. */
const SERVER = 'ns=0;i=2253'
const HIERARCHICAL = 'i=33'
const HAS_PROPERTY = 'i=46'
const MOST_DEPTH = 12
const MOST_VARIABLES = 20_000

export async function browseVariables(
  session: ClientSession,
  namespaces: readonly string[],
): Promise<BrowsedVariable[]> {
  const { nodesPerBrowse: atOnce } = await readLimits(session)
  const found: { nodeId: NodeId; path: string[] }[] = []
  const seen = new Set<string>()
  let level: { nodeId: string | NodeId; path: string[] }[] = [{ nodeId: OBJECTS, path: [] }]
  for (let depth = 0; depth < MOST_DEPTH && level.length > 0 && found.length < MOST_VARIABLES; depth += 1) {
    const next: typeof level = []
    for (let at = 0; at < level.length; at += atOnce) {
      const some = level.slice(at, at + atOnce)
      const references = await childrenOf(
        session,
        some.map(({ nodeId }) => nodeId),
        HIERARCHICAL,
      )
      for (const [index, children] of references.entries()) {
        for (const { nodeId, browseName, nodeClass, referenceTypeId } of children) {
          const id = nodeId.toString()
          // Properties (units, ranges) describe a variable; they are read with it.
          if (seen.has(id) || id === SERVER || referenceTypeId.toString().endsWith(HAS_PROPERTY)) continue
          seen.add(id)
          const path = [...some[index]!.path, browseName.name ?? id]
          if (nodeClass === NodeClass.Variable) found.push({ nodeId, path })
          next.push({ nodeId, path })
        }
      }
    }
    level = next
  }
  return read(session, found, namespaces, atOnce)
}

async function childrenOf(
  session: ClientSession,
  nodes: readonly (string | NodeId)[],
  referenceTypeId: string,
): Promise<ReferenceDescription[][]> {
  const results = await session.browse(
    nodes.map(nodeId => ({
      nodeId,
      referenceTypeId,
      browseDirection: BrowseDirection.Forward,
      includeSubtypes: true,
      nodeClassMask: NodeClass.Object | NodeClass.Variable,
      resultMask: ResultMask.BrowseName | ResultMask.NodeClass | ResultMask.ReferenceType,
    })),
  )
  return Promise.all(
    results.map(async result => {
      const references = [...(result.references ?? [])]
      let { continuationPoint } = result
      while (continuationPoint && continuationPoint.length > 0) {
        const more = await session.browseNext(continuationPoint, false)
        references.push(...(more.references ?? []))
        continuationPoint = more.continuationPoint
      }
      return references
    }),
  )
}

async function read(
  session: ClientSession,
  found: readonly { nodeId: NodeId; path: string[] }[],
  namespaces: readonly string[],
  atOnce: number,
): Promise<BrowsedVariable[]> {
  const rows: BrowsedVariable[] = []
  for (let at = 0; at < found.length; at += atOnce) {
    const some = found.slice(at, at + atOnce)
    const values = await session.read(some.map(({ nodeId }) => ({ nodeId, attributeId: AttributeIds.Value })))
    const units = await unitsOf(
      session,
      some.map(({ nodeId }) => nodeId),
    )
    for (const [index, { nodeId, path }] of some.entries()) {
      const data = values[index]!
      rows.push({
        address: addressOf(nodeId, namespaces),
        path,
        type: DataType[data.value?.dataType ?? DataType.Null] ?? 'Null',
        unit: units[index] ?? '',
        value: data.value ? plainValue(data.value) : null,
        quality: qualityOf(data.statusCode.value),
      })
    }
  }
  return rows
}

async function unitsOf(session: ClientSession, nodes: readonly NodeId[]): Promise<string[]> {
  const properties = await childrenOf(session, nodes, HAS_PROPERTY)
  const wanted = properties.map(list => list.find(({ browseName }) => browseName.name === 'EngineeringUnits')?.nodeId)
  const asked = wanted.filter(nodeId => nodeId !== undefined)
  const values =
    asked.length === 0 ? [] : await session.read(asked.map(nodeId => ({ nodeId, attributeId: AttributeIds.Value })))
  const texts = values.map(({ value }) => String(value?.value?.displayName?.text ?? ''))
  return wanted.map(nodeId => (nodeId === undefined ? '' : (texts.shift() ?? '')))
}

/** By namespace URI, since indexes move. */
function addressOf(nodeId: NodeId, namespaces: readonly string[]): string {
  const [, identifier = ''] = /^ns=\d+;(.*)$/s.exec(nodeId.toString()) ?? []
  return nodeId.namespace === 0 ? identifier : `nsu=${namespaces[nodeId.namespace]};${identifier}`
}
