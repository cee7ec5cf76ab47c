/** The historian: every reading, once, in time order. `historian/` holds the suites that each implementation must keep. */
import type { HistoryBucket, HistoryPoint, Reading } from '@millwright/contract'

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

/** Widths of roll-ups: 1 s, 1 min, 1 h. */
export type RollupLevel = 'second' | 'minute' | 'hour'

/** How long a tag's readings (`raw`) and roll-ups are kept, ms; Infinity: for ever. */
export type Retention = Readonly<Record<'raw' | RollupLevel, number>>
/** Rows that retention took. */
export type Retained = Readonly<Record<'raw' | RollupLevel, number>>

export interface ExportRequest {
  readonly tags: readonly string[]
  /** ms, inclusive. */
  readonly from: number
  readonly to: number
  readonly format: 'parquet' | 'csv'
}

export interface Exported {
  readonly path: string
  readonly rows: number
  readonly bytes: number
  /** Removes the file; to be called when it has been read. */
  remove(): Promise<void>
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
   * each bucket that holds any, so that a gap stays a gap. Each is a value that was stored (of a time that came twice, either). Where retention has taken the
   * readings, their roll-ups answer.
   */
  decimated(tag: string, from: number, to: number, points: number): Promise<HistoryPoint[]>
  /**
   * Whole buckets that touch from..to (ms, inclusive), by time, of stored and held values; exact while the readings or a
   * roll-up of that width stand. The last value holds until `until`, at most `to`.
   */
  aggregates(tag: string, from: number, to: number, level: RollupLevel, until: number): Promise<HistoryBucket[]>
  /** Readings of a tag from..to, as roll-ups count them: a bound for what `raw` would give. */
  countIn(tag: string, from: number, to: number): Promise<number>
  /** Last value at or before `t`. */
  valueAt(tag: string, t: number): Promise<HistoryPoint | undefined>
  /** Newest value of each tag since `from`. */
  latest(from: number): Promise<Map<string, HistoryPoint>>
  /** Rows stored, doubles of one (tag, time) counted each. */
  count(): Promise<number>
  /** Names of all tags that were ever stored. */
  tags(): string[]
  /** Removes a tag's readings from..to (ms, inclusive) and what roll-ups hold of them; the readings removed. Marks stay. */
  remove(tag: string, from: number, to: number): Promise<number>
  /** Removes what is older at `now` than its tag keeps it, by whole hours. Roll-ups of a minute and an hour outlive readings. */
  retain(keep: (tag: string) => Retention, now: number): Promise<Retained>
  /** A file of readings by tag and time; the caller removes it. */
  exportFile(request: ExportRequest): Promise<Exported>
  /** Brings everything into its final, sorted form; happens by itself as rows gather. Appends and reads go on meanwhile. */
  compact(): Promise<void>
  /** Moves the write-ahead log into the file. */
  checkpoint(): Promise<void>
  close(): Promise<void>
}
