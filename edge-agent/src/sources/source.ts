/** Interface of everything that brings values. */
import type { AlarmPriority, LocalText, Quality, SourceKind } from '@millwright/contract'

/** A value as the device gave it, before the rules. */
export interface Sample {
  /** Name of the tag in the agent's file. */
  readonly name: string
  readonly value: number | boolean | string | null
  readonly quality: Quality
  /** Source time, ms; undefined where the device gives none. */
  readonly t: number | undefined
  /** The device kept it through a cut: in order, none twice, though older than the mark of the gap. */
  readonly kept?: true
  /** The device has dropped values before this one. */
  readonly lost?: true
}

/** One change of an alarm condition that lives in the device (OPC UA Part 9). */
export interface DeviceAlarm {
  /** Stable within the source. */
  readonly condition: string
  readonly active: boolean
  readonly acknowledged: boolean
  /** Absent where the device asks for no confirmation. */
  readonly confirmed?: boolean
  /** Set aside by a person, for a time or until it returns; absent where the device cannot. */
  readonly shelved?: boolean
  readonly t: number
  readonly priority: AlarmPriority
  readonly message: LocalText
  readonly equipment?: string
  readonly tag?: string
  readonly value?: number
}

export type SourceState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'online' }
  /** Not connected; tries again by itself. */
  | {
      readonly kind: 'offline'
      readonly detail: string
      /** When it was last heard, ms; now where it does not say. */
      readonly since?: number
    }

export interface SourceEvents {
  samples(samples: readonly Sample[]): void
  alarm(alarm: DeviceAlarm): void
  /** The device has said all conditions that stand; any other of this source is over. */
  standing(conditions: ReadonlySet<string>): void
  state(state: SourceState): void
  /** A tag that the device does not know; the others go on. */
  fault(name: string, detail: string): void
}

export type WriteAnswer =
  | { readonly kind: 'written'; readonly readBack: number | boolean | string }
  | { readonly kind: 'refused'; readonly detail: string }
  /** The device does not answer. */
  | { readonly kind: 'failed'; readonly detail: string }

export interface Source {
  readonly id: string
  readonly kind: SourceKind
  /** Begins to connect; returns at once. */
  start(events: SourceEvents): void
  /** After it resolves, no event comes any more and no connection is open. */
  stop(): Promise<void>
  /** Writes a raw value (before scale and offset undone by the caller) and reads it back. */
  write?(name: string, value: number | boolean | string): Promise<WriteAnswer>
  /** Writes several by as few requests as the device allows; answers in the order given. */
  writeMany?(entries: readonly (readonly [name: string, value: number | boolean | string])[]): Promise<WriteAnswer[]>
  /** Reads now, all in one look of the device where it can; undefined where it is not connected. Never rejects. */
  read?(names: readonly string[]): Promise<readonly Sample[] | undefined>
  /** Acknowledges a condition in the device. */
  acknowledge?(condition: string, person: string, comment: string): Promise<WriteAnswer>
  /** Says that what the condition asked for has been done. */
  confirm?(condition: string, person: string, comment: string): Promise<WriteAnswer>
  /** Sets a condition aside for `ms`, or without it until it returns to normal. */
  shelve?(condition: string, ms: number | undefined): Promise<WriteAnswer>
  unshelve?(condition: string): Promise<WriteAnswer>
}
