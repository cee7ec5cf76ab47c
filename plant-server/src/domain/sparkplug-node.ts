/**
 * What a Sparkplug host knows of one edge node, as (state, message) to next state and what to do.
 * Sparkplug B 3.0 sections 5.4 to 5.9 and 6.4.
 */
import type { SparkplugType } from '@millwright/contract'

export interface NodeState {
  readonly online: boolean
  /** Session number of the birth in force; a death with another one is of an older session. */
  readonly bdSeq: number | undefined
  /** Last `seq` seen, 0..255. */
  readonly seq: number | undefined
  readonly devices: ReadonlyMap<string, boolean>
}

export const unknownNode: NodeState = { online: false, bdSeq: undefined, seq: undefined, devices: new Map() }

export interface NodeMessage {
  readonly type: SparkplugType
  readonly device: string | undefined
  readonly seq: number | undefined
  readonly bdSeq: number | undefined
}

export interface NodeStep {
  readonly next: NodeState
  /** Ask for a rebirth, and why. */
  readonly rebirth?: 'no_birth' | 'gap'
  /** Whose values are old from now on. */
  readonly stale?: { readonly device: string | undefined }
}

export function stepNode(state: NodeState, message: NodeMessage): NodeStep {
  const { type, device, seq, bdSeq } = message
  switch (type) {
    case 'NBIRTH':
      return { next: { online: true, bdSeq, seq, devices: new Map() } }
    case 'NDEATH':
      // The death of an older session may overtake the birth of a newer one: topics are ordered one by one only.
      if (bdSeq !== state.bdSeq) return { next: state }
      return { next: { ...state, online: false, devices: offline(state.devices) }, stale: { device: undefined } }
    case 'DBIRTH':
      return inOrder(state, seq, { devices: withDevice(state.devices, device, true) })
    case 'DDEATH':
      return { ...inOrder(state, seq, { devices: withDevice(state.devices, device, false) }), stale: { device } }
    case 'NDATA':
      return inOrder(state, seq, {})
    case 'DDATA': {
      const step = inOrder(state, seq, {})
      const born = device === undefined || state.devices.get(device) === true
      return step.rebirth === undefined && !born ? { ...step, rebirth: 'no_birth' } : step
    }
    case 'NCMD':
    case 'DCMD':
      return { next: state }
  }
}

function inOrder(state: NodeState, seq: number | undefined, change: Partial<NodeState>): NodeStep {
  const next = { ...state, ...change, seq: seq ?? state.seq }
  if (!state.online || state.seq === undefined) return { next, rebirth: 'no_birth' }
  return seq === (state.seq + 1) % 256 ? { next } : { next, rebirth: 'gap' }
}

const withDevice = (devices: ReadonlyMap<string, boolean>, device: string | undefined, online: boolean) =>
  device === undefined ? devices : new Map(devices).set(device, online)
const offline = (devices: ReadonlyMap<string, boolean>) => new Map([...devices].map(([name]) => [name, false]))
