/** How the agent's file names a node (OPC 10000-6, 5.3.1.10 with a namespace URI), pure. */
import { failed, ok, type Result } from '@millwright/contract'

export interface NodeAddress {
  /** `nsu=`: resolved to an index at each connection, since indexes move. */
  readonly uri?: string
  /** `ns=`, or 0. */
  readonly index: number
  /** `s=Dryer.Moisture`, `i=85`, `g=...`, `b=...`. */
  readonly identifier: string
}

const FORM = /^(?:nsu=([^;]+);|ns=(\d+);)?([isgb]=.+)$/s

export function parseNodeAddress(text: string): Result<NodeAddress, string> {
  const match = FORM.exec(text.trim())
  if (match === null) return failed('not a NodeId')
  const [, uri, index, identifier = ''] = match
  if (identifier.startsWith('i=') && !/^i=\d+$/.test(identifier)) return failed('i= needs a number')
  return ok({ ...(uri === undefined ? {} : { uri }), index: Number(index ?? 0), identifier })
}

/** The NodeId as this server numbers its namespaces; fails where it does not have the URI. */
export function resolveNodeAddress(address: NodeAddress, namespaces: readonly string[]): Result<string, string> {
  const index = address.uri === undefined ? address.index : namespaces.indexOf(address.uri)
  if (index < 0) return failed(`the server has no namespace ${address.uri}`)
  return ok(`ns=${index};${address.identifier}`)
}
