/** Outbox in SQLite: appends wait for a common commit, confirmations travel in the same one. */
import type { Clock } from '@millwright/contract'
import { counters } from './counters.ts'
import type { Db } from './database.ts'
import type { CaptureMark, NewItem, Outbox, OutboxItem, Rejection } from './outbox.ts'
import { createStatements, type Row, toItem } from './statements.ts'

export interface DiskOutboxOptions {
  readonly maxBytes: number
  readonly maxAgeMs: number
  readonly commitMs: number
  readonly clock: Clock
  /** An image that no item needs any more. */
  readonly onImageFree?: (sha256: string) => void
  /** Bytes that an image takes on the disk. */
  readonly imageBytes?: (sha256: string) => number
  /** A commit failed (disk full, say); what waits is kept and tried again. */
  readonly onFault?: (error: Error) => void
}

interface Waiting {
  readonly item: NewItem
  readonly mark: CaptureMark | undefined
  readonly resolve: (seq: number) => void
}

/** Largest batch of one commit. */
const MOST_IN_COMMIT = 2000
/** While the disk cannot be written, this many items wait in memory; then the oldest are dropped and counted. */
const MOST_WAITING = 20_000

export function createDiskOutbox(db: Db, options: DiskOutboxOptions): Outbox {
  const { clock } = options
  const sql = createStatements(db)
  const meta = counters(db)
  const listeners: ((items: readonly OutboxItem[]) => void)[] = []
  const dropListeners: ((count: number) => void)[] = []
  let waiting: Waiting[] = []
  let confirmed: { stored: (readonly [number, number])[]; rejected: Rejection[] } = { stored: [], rejected: [] }
  let unwritable = 0
  let closed = false
  let last = Math.max(meta.get('sequence'), sql.lastSeq(), 0)
  let bytes = sql.totalBytes()
  let pending = sql.count()
  // A new outbox starts at the present time in µs: sequences never repeat, even after a lost disk.
  if (last === 0) last = clock.now() * 1000

  const insert = ({ item, mark }: Waiting, seq: number): number => {
    const body = JSON.stringify(item.body)
    const image = item.kind === 'inspection' ? item.body.sha256 : null
    const size = body.length + 64 + (image === null ? 0 : (options.imageBytes?.(image) ?? 0))
    const t = clock.now()
    const device = item.kind === 'readings' ? item.device : ''
    sql.insert.run(seq, item.kind, device, t, item.kind === 'readings' ? item.body.length : 1, size, image, body)
    if (mark) sql.markCapture.run(mark.source, mark.name, mark.size, mark.modified, mark.sha256)
    return size
  }

  const drop = (rows: readonly Row[]): number => {
    let lost = 0
    for (const row of rows) {
      sql.remove.run(row.seq)
      lost += row.count
      bytes -= row.bytes
      pending -= 1
    }
    if (lost > 0) meta.add('dropped', lost)
    return lost
  }

  /** Oldest first, down to 95 % of the bound, so that a full outbox does not drop at every commit. */
  const trim = (freed: string[]): number => {
    let lost = 0
    const tooOld = clock.now() - options.maxAgeMs
    const goal = bytes > options.maxBytes ? options.maxBytes * 0.95 : options.maxBytes
    for (;;) {
      const first = sql.oldest(1)[0]
      if (first === undefined || (first.t >= tooOld && bytes <= goal)) return lost
      lost += drop([first])
      if (first.image !== null) freed.push(first.image)
    }
  }

  const applyConfirmed = (freed: string[]) => {
    for (const { seq, code, message } of confirmed.rejected) {
      const row = sql.bySeq(seq)
      if (row === undefined) continue
      sql.quarantine.run(seq, row.kind, row.body, code, message, clock.now())
      sql.remove.run(seq)
      bytes -= row.bytes
      pending -= 1
      if (row.image !== null) freed.push(row.image)
    }
    for (const [from, to] of confirmed.stored) {
      for (const image of sql.imagesBetween(from, to)) freed.push(image)
      const { count, bytes: size } = sql.sizeBetween(from, to)
      sql.removeBetween.run(from, to)
      bytes -= size
      pending -= count
    }
  }

  const commit = db.transaction((batch: readonly Waiting[], freed: string[]) => {
    const seqs = batch.map((entry, index) => {
      bytes += insert(entry, last + 1 + index)
      pending += 1
      return last + 1 + index
    })
    applyConfirmed(freed)
    const lost = trim(freed)
    meta.set('sequence', last + batch.length)
    const newest = Math.max(
      clock.now(),
      ...batch.map(({ item }) => (item.kind === 'readings' ? Math.max(0, ...item.body.map(r => r.t)) : 0)),
    )
    meta.set('alive', Math.max(newest, meta.get('alive')))
    return { seqs, lost }
  })

  /** One commit of what waits; false when the disk refused. */
  const commitOnce = (): boolean => {
    const batch = waiting.slice(0, MOST_IN_COMMIT)
    const freed: string[] = []
    const before = { bytes, pending }
    let done: { seqs: number[]; lost: number }
    try {
      done = commit(batch, freed)
    } catch (error) {
      ;({ bytes, pending } = before)
      options.onFault?.(error instanceof Error ? error : new Error(String(error)))
      if (waiting.length > MOST_WAITING) {
        const lost = waiting.splice(0, waiting.length - MOST_WAITING)
        unwritable += lost.length
        for (const listener of dropListeners) listener(lost.length)
      }
      return false
    }
    if (unwritable > 0) {
      meta.add('dropped', unwritable)
      unwritable = 0
    }
    waiting = waiting.slice(batch.length)
    confirmed = { stored: [], rejected: [] }
    last += batch.length
    for (const image of freed) if (sql.imageUses(image) === 0) options.onImageFree?.(image)
    const items = batch.map(({ item }, index) => ({ ...item, seq: done.seqs[index]! }) as OutboxItem)
    batch.forEach(({ resolve }, index) => {
      resolve(done.seqs[index]!)
    })
    if (items.length > 0) for (const listener of listeners) listener(items)
    if (done.lost > 0) for (const listener of dropListeners) listener(done.lost)
    return true
  }

  const commitAll = (): boolean => {
    do {
      if (!commitOnce()) return false
    } while (waiting.length > 0)
    return true
  }

  let touched = 0
  const stop = clock.every(options.commitMs, () => {
    if (closed) return
    const busy = waiting.length > 0 || confirmed.stored.length > 0 || confirmed.rejected.length > 0
    // The last time alive is written at least once a second, so that a gap is dated right.
    if (!busy && clock.now() - touched < 1000) return
    touched = clock.now()
    commitAll()
  })

  return {
    append: (item, mark) => new Promise(resolve => waiting.push({ item, mark, resolve })),
    flush: async () => {
      if (!closed) commitAll()
    },
    read(after, most) {
      const known = ({ seq }: Row) =>
        confirmed.stored.some(([from, to]) => from <= seq && seq <= to) || confirmed.rejected.some(r => r.seq === seq)
      return sql
        .readAfter(after, most)
        .filter(row => !known(row))
        .map(toItem)
    },
    lastSequence: () => last,
    confirm(stored, rejected) {
      confirmed.stored.push(...stored)
      confirmed.rejected.push(...rejected)
    },
    stats: () => ({
      pending: pending + waiting.length,
      dropped: meta.get('dropped') + unwritable,
      quarantined: sql.quarantined(),
      bytes,
    }),
    onAppended: listener => void listeners.push(listener),
    onDropped: listener => void dropListeners.push(listener),
    close: async () => {
      if (closed) return
      stop()
      commitAll()
      closed = true
    },
  }
}
