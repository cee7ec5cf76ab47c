/**
 * The outbox: what the agent has seen and the plant server has not yet confirmed. Durable, bounded, in order of sequence.
 *
 * Guarantees: an append that resolved survives kill -9 and power loss; sequences rise and never repeat, even after a lost
 * disk; what is confirmed is never given again; when full the oldest go first and are counted; what the server rejects is
 * set aside, not lost. A disk that is full or breaks never stops the agent: it is said, and gone on as well as can be.
 */
import type { EventItem, Reading } from '@millwright/contract'

type WithoutSeq<T> = T extends { seq: number } ? Omit<T, 'seq'> : never
export type NewEvent = WithoutSeq<EventItem>
export interface NewReadings {
  readonly kind: 'readings'
  /** Sparkplug device: the source's id. */
  readonly device: string
  readonly body: readonly Reading[]
}
export type NewItem = NewEvent | NewReadings
export type OutboxItem = EventItem | (NewReadings & { readonly seq: number })

/** A capture file that is done once its inspection is durable; recorded in the same transaction. */
export interface CaptureMark {
  readonly source: string
  readonly name: string
  readonly size: number
  readonly modified: number
  readonly sha256: string
}

export interface OutboxStats {
  readonly pending: number
  /** Readings and events that a full or aged outbox dropped since it was made. */
  readonly dropped: number
  /** Items that the server rejected and that were set aside. */
  readonly quarantined: number
  readonly bytes: number
}

/** Inspections, whose images take long, travel beside everything else. */
export type Lane = 'values' | 'captures'

export interface Rejection {
  readonly seq: number
  readonly code: string
  readonly message: string
}

export interface Outbox {
  /**
   * Resolves with the item's sequence once it is durable; commits are grouped. Rejects with OutboxFull where the disk could
   * not be written for so long that the item was dropped.
   */
  append(item: NewItem, mark?: CaptureMark): Promise<number>
  /** Commits at once what waits. */
  flush(): Promise<void>
  /** Items with `after < seq`, in order, at most `most`: fewer only where there are no more. Of one lane, or of both. */
  read(after: number, most: number, lane?: Lane): OutboxItem[]
  /** Sequence of the newest durable item, or of the last one ever given. */
  lastSequence(): number
  /**
   * Forgets what the server has stored (inclusive ranges) and sets aside what it rejected. Unknown sequences are fine;
   * sequences that have not been given yet are never forgotten.
   */
  confirm(stored: readonly (readonly [number, number])[], rejected: readonly Rejection[]): void
  stats(): OutboxStats
  /** Called after each commit with the items that became durable. */
  onAppended(listener: (items: readonly OutboxItem[]) => void): void
  /** Called with the count of a drop. */
  onDropped(listener: (count: number) => void): void
  close(): Promise<void>
}
