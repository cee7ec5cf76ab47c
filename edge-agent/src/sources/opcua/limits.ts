/** What a server takes in one request (OPC 10000-5, 6.3.11), read once per session. */
import { AttributeIds, type ClientSession } from 'node-opcua'

export interface ServerLimits {
  readonly itemsPerCall: number
  readonly nodesPerRead: number
  readonly nodesPerBrowse: number
  readonly pathsPerTranslate: number
  readonly itemsPerSubscription: number
}

const OUR_MOST = {
  itemsPerCall: 500,
  nodesPerRead: 500,
  nodesPerBrowse: 50,
  pathsPerTranslate: 200,
  itemsPerSubscription: 1000,
} as const
const NODES = {
  itemsPerCall: 'i=11714',
  nodesPerRead: 'i=11705',
  nodesPerBrowse: 'i=11710',
  pathsPerTranslate: 'i=11712',
  itemsPerSubscription: 'i=24104',
} as const
const NAMES = Object.keys(NODES) as (keyof ServerLimits)[]

/** 0 or absent: the server sets no limit. */
export async function readLimits(session: ClientSession): Promise<ServerLimits> {
  const values = await session.read(NAMES.map(name => ({ nodeId: NODES[name], attributeId: AttributeIds.Value })))
  const entries = NAMES.map((name, index) => {
    const given = Number(values[index]?.value?.value ?? 0)
    return [name, given > 0 ? Math.min(given, OUR_MOST[name]) : OUR_MOST[name]] as const
  })
  return Object.fromEntries(entries) as unknown as ServerLimits
}
