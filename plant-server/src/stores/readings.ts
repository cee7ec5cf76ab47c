/** The historian: every reading, once, in time order. `readings.suite.ts` is what each implementation must keep. */
import type { HistoryPoint, Reading } from '@millwright/contract'

/** One outbox item of an agent. Without a sequence (another vendor's node) it is stored without the promise of "once". */
export interface ReadingItem {
  readonly agent: string
  readonly sequence?: number
  readonly readings: readonly Reading[]
}

/** Something else of the same outbox that is stored elsewhere: its sequence joins the marks. */
export interface StoredElsewhere {
  readonly agent: string
  readonly sequence: number
}

export interface ReadingStore {
  /**
   * Stores the readings of all items together with their (agent, sequence) marks, in one transaction: when it resolves
   * everything is on the disk, when it rejects nothing is. Items that are marked already are passed over.
   */
  append(items: readonly ReadingItem[], elsewhere?: readonly StoredElsewhere[]): Promise<void>
  /** Is this sequence committed? */
  isStored(agent: string, sequence: number): boolean
  /** Every stored value from..to (ms, inclusive), by time; a (tag, time) appears once: the first that came. */
  raw(tag: string, from: number, to: number): Promise<HistoryPoint[]>
  /**
   * At most `points` (>= 2) values: all where so few are stored, else the least and greatest of each bucket, and one bad point for
   * each bucket that holds any, so that a gap stays a gap.
   */
  decimated(tag: string, from: number, to: number, points: number): Promise<HistoryPoint[]>
  /** Last value at or before `t`. */
  valueAt(tag: string, t: number): Promise<HistoryPoint | undefined>
  /** Newest value of each tag since `from`. */
  latest(from: number): Promise<Map<string, HistoryPoint>>
  /** Rows stored, doubles of one (tag, time) counted each. */
  count(): Promise<number>
  /** Moves the write-ahead log into the file. */
  checkpoint(): Promise<void>
  close(): Promise<void>
}
