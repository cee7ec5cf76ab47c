/** What the uplink needs, and what it offers. */
import type { Clock, Problem } from '@millwright/contract'
import type { Counters } from '../outbox/counters.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { EdgeNode } from './edge-node.ts'
import type { ImageUpload } from './image-upload.ts'
import type { OpenMqtt } from './mqtt-link.ts'
import type { WindowLimits } from './send-window.ts'

export interface UplinkDeps {
  readonly group: string
  readonly agent: string
  /** Sparkplug primary host; undefined: none to wait for. */
  readonly hostId: string | undefined
  /** Brokers in the order in which they are tried; one at a time. */
  readonly urls: readonly string[]
  /** Certificates that vouch for the broker (PEM). */
  readonly ca?: string
  /**
   * Who says that an item may be forgotten. `host`: the plant server, once it is stored. `broker`: another vendor's host says
   * nothing, so the broker's PUBACK counts (data at QoS 1 then, where the standard has 0).
   */
  readonly confirm: 'host' | 'broker'
  readonly credentials: () => { readonly user: string; readonly password: string } | undefined
  readonly open: OpenMqtt
  readonly node: EdgeNode
  readonly outbox: Outbox
  readonly counters: Counters
  readonly images: ImageUpload
  readonly clock: Clock
  readonly random: () => number
  /** A command arrived, not yet checked. */
  readonly onCommand: (text: string) => void
  readonly onState: (online: boolean, detail: string) => void
  readonly onProblem: (problem: Problem) => void
  readonly limits?: WindowLimits
}

export interface Uplink {
  start(): void
  stop(): Promise<void>
  /** Tells the server that a device is there (again), or gone. */
  deviceOnline(device: string): void
  deviceOffline(device: string): void
  readonly online: boolean
}
