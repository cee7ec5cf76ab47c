/** The tags of a source as items of subscriptions: handles, addresses, and which of them the server does not know. */
import type { TagConfig } from '../../config/schema.ts'
import { parseNodeAddress, resolveNodeAddress } from './node-address.ts'
import type { Refusal, WantedNode } from './subscribe.ts'
import type { ValueForm } from './to-sample.ts'

export interface ItemsDeps {
  readonly tags: readonly TagConfig[]
  readonly onFault: (name: string, detail: string) => void
}

export interface Items {
  /** By handle: the place of the tag in the agent's file, the same on every connection. */
  readonly forms: readonly ValueForm[]
  /** Nodes as this server numbers its namespaces; a namespace that it does not have is named for each of its tags. */
  resolve(namespaces: readonly string[]): WantedNode[]
  /** Names what the server refused; those are asked for again. */
  refused(refusals: readonly Refusal[]): void
  /** The node was there and is gone. */
  gone(handle: number): void
  /** Handles to ask for again; the list is empty afterwards. */
  takeMissing(): number[]
  /** Tags that want the text of an enumeration where their node has one. */
  readonly wantTexts: readonly number[]
  setTexts(handle: number, texts: ReadonlyMap<number, string> | undefined): void
}

export function createItems({ tags, onFault }: ItemsDeps): Items {
  const forms: ValueForm[] = tags.map(({ name, field }) => ({
    name,
    ...(field === undefined ? {} : { field: field.split('/').filter(step => step !== '') }),
  }))
  const missing = new Set<number>()
  /** Said once per outage of a node, not at each try. */
  const named = new Set<number>()

  const fault = (handle: number, detail: string) => {
    missing.add(handle)
    if (named.has(handle)) return
    named.add(handle)
    onFault(forms[handle]?.name ?? '', detail)
  }

  return {
    forms,
    resolve(namespaces) {
      missing.clear()
      named.clear()
      return tags.flatMap((tag, handle): WantedNode[] => {
        const address = parseNodeAddress(tag.address)
        const nodeId = address.ok ? resolveNodeAddress(address.value, namespaces) : address
        if (nodeId.ok) return [{ name: tag.name, nodeId: nodeId.value, handle }]
        onFault(tag.name, nodeId.fault)
        return []
      })
    },
    refused(refusals) {
      for (const { node, detail } of refusals) fault(node.handle, `${node.nodeId}: ${detail}`)
    },
    gone: handle => fault(handle, `${tags[handle]?.address}: BadNodeIdUnknown`),
    takeMissing() {
      const taken = [...missing]
      missing.clear()
      return taken
    },
    wantTexts: tags.flatMap(({ type }, handle) => (type === 'string' ? [handle] : [])),
    setTexts(handle, texts) {
      const { texts: _, ...form } = forms[handle]!
      forms[handle] = texts === undefined ? form : { ...form, texts }
    },
  }
}
