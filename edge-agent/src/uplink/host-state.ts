/** What the primary host says of itself (Sparkplug B 3.0, STATE), pure. */
import { parseJson, parser } from '@millwright/contract'
import { Type } from 'typebox'

export interface HostState {
  readonly online: boolean
  readonly timestamp: number
}

const statePayload = parser(Type.Object({ online: Type.Boolean(), timestamp: Type.Number() }))

/** The state after a message; undefined where it says nothing new: no state at all, or an older one. */
export function hostStateAfter(state: HostState | undefined, text: string): HostState | undefined {
  const parsed = parseJson(statePayload, text, 'STATE')
  if (!parsed.ok) return undefined
  // tck-id-message-flow-edge-node-birth-publish-phid-wait-timestamp: an offline older than the last birth is void.
  if (state !== undefined && parsed.value.timestamp < state.timestamp) return undefined
  return { online: parsed.value.online, timestamp: parsed.value.timestamp }
}
