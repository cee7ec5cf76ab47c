/**
 * What a Sparkplug host knows of one edge node, as (state, message) to next state and what to do. Messages come in order
 * (`reorder.ts`). Sparkplug 3.0.0 sections 5.4 to 5.9 and 6.4.
 */
import type { SparkplugType } from '@millwright/contract'

export interface DeviceState {
  readonly online: boolean
  /** Since when, ms. */
  readonly since: number
}

export interface NodeState {
  readonly online: boolean
  /** Since when, ms. */
  readonly since: number
  /** Session number of the birth in force; a death with another one is of an older session. */
  readonly bdSeq: number | undefined
  readonly devices: ReadonlyMap<string, DeviceState>
}

export const unknownNode = (now: number): NodeState => ({
  online: false,
  since: now,
  bdSeq: undefined,
  devices: new Map(),
})

export interface NodeMessage {
  readonly type: SparkplugType
  readonly device: string | undefined
  readonly bdSeq: number | undefined
  /** The payload's, ms. */
  readonly timestamp: number
  /** Numbers before it are missing. */
  readonly gap: boolean
}

export interface NodeStep {
  readonly next: NodeState
  /** Ask for a rebirth, and why. */
  readonly rebirth?: 'no_birth' | 'gap'
  /** Whose values are old from now on. */
  readonly stale?: { readonly device: string | undefined }
}

export function stepNode(state: NodeState, message: NodeMessage, now: number): NodeStep {
  const { type, device, bdSeq } = message
  switch (type) {
    case 'NBIRTH':
      return { next: { online: true, since: now, bdSeq, devices: new Map() } }
    case 'NDEATH':
      // The death of an older session may overtake the birth of a newer one: topics are ordered one by one only.
      if (!state.online || bdSeq !== state.bdSeq) return { next: state }
      // tck-id-operational-behavior-edge-node-termination-host-action-ndeath-*: by the host's own clock.
      return {
        next: { ...state, online: false, since: now, devices: offline(state.devices, now) },
        stale: { device: undefined },
      }
    case 'DBIRTH':
      return { ...asked(state, message), next: withDevice(state, device, { online: true, since: now }) }
    case 'DDEATH': {
      // tck-id-operational-behavior-edge-node-termination-host-action-ddeath-*: by the payload's time.
      const since = message.timestamp > 0 ? message.timestamp : now
      return {
        ...asked(state, message),
        next: withDevice(state, device, { online: false, since }),
        stale: { device },
      }
    }
    case 'NDATA':
      return { ...asked(state, message), next: state }
    case 'DDATA': {
      const step = { ...asked(state, message), next: state }
      const born = device === undefined || state.devices.get(device)?.online === true
      return step.rebirth === undefined && !born ? { ...step, rebirth: 'no_birth' } : step
    }
    case 'NCMD':
    case 'DCMD':
      return { next: state }
  }
}

const asked = (state: NodeState, { gap }: NodeMessage): Pick<NodeStep, 'rebirth'> =>
  state.online ? (gap ? { rebirth: 'gap' } : {}) : { rebirth: 'no_birth' }

const withDevice = (state: NodeState, device: string | undefined, to: DeviceState): NodeState =>
  device === undefined ? state : { ...state, devices: new Map(state.devices).set(device, to) }

const offline = (devices: NodeState['devices'], now: number): NodeState['devices'] =>
  new Map([...devices].map(([name, device]) => [name, device.online ? { online: false, since: now } : device]))

/** The link to the broker is gone: nothing is known of the node until it is heard again. */
export const unheard = (state: NodeState, now: number): NodeState => ({
  online: false,
  since: now,
  bdSeq: undefined,
  devices: offline(state.devices, now),
})
