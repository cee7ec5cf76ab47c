/** Outbox in SQLite: appends wait for a common commit, confirmations travel in the same one. */
import type { Clock } from '@millwright/contract'
import { counters } from './counters.ts'
import { type Aside, type Db, isDamage } from './database.ts'
import { type Change, createForgetting, type Told } from './forgetting.ts'
import type { Outbox, OutboxItem } from './outbox.ts'
import type { SequenceReserve } from './sequence-reserve.ts'
import { createSequenceSet } from './sequence-set.ts'
import { createStatements, type Row, toItem } from './statements.ts'
import { countOf, createWaitingRoom, type Waiting } from './waiting-room.ts'

export interface DiskOutboxOptions {
  readonly maxBytes: number
  readonly maxAgeMs: number
  readonly commitMs: number
  readonly clock: Clock
  readonly reserve: SequenceReserve
  /** An item that names this image is stored. */
  readonly onImageTaken?: (sha256: string) => void
  /** An image that no item needs any more. */
  readonly onImageFree?: (sha256: string) => void
  /** Bytes that an image takes on the disk. */
  readonly imageBytes?: (sha256: string) => number
  /** A commit failed (disk full, say); what waits is kept and tried again. Said at each failure. */
  readonly onFault?: (error: Error) => void
  /** Commits work again after a fault. */
  readonly onWell?: () => void
  /** The database was found damaged and put aside. */
  readonly onDamaged?: (aside: Aside) => void
}

/** Largest batch of one commit. */
const MOST_IN_COMMIT = 2000
const MOST_BYTES_IN_COMMIT = 8 * 2 ** 20
/** While the disk cannot be written, so much waits in memory; then the oldest are dropped and counted. */
export const MOST_WAITING_BYTES = 16 * 2 ** 20

export function createDiskOutbox(db: Db, options: DiskOutboxOptions): Outbox {
  const { clock } = options
  const sql = createStatements(db)
  const meta = counters(db)
  const forgetting = createForgetting(sql)
  const waiting = createWaitingRoom()
  const told: Told = { stored: createSequenceSet(), rejected: [] }
  const appended: ((items: readonly OutboxItem[]) => void)[] = []
  const dropped: ((count: number) => void)[] = []
  let unwritable = 0
  let faulty = false
  let closed = false
  let last = Math.max(meta.get('sequence'), sql.lastSeq())
  let bytes = sql.totalBytes()
  let pending = sql.count()
  let droppedInAll = meta.get('dropped')
  let quarantined = sql.quarantined()
  // A new outbox starts at the present time in µs: sequences never repeat, even after a lost disk.
  if (meta.get('sequence') === 0) last = Math.max(last, clock.now() * 1000, options.reserve.bound)

  const recount = () => {
    last = Math.max(last, meta.get('sequence'), sql.lastSeq())
    bytes = sql.totalBytes()
    pending = sql.count()
    quarantined = sql.quarantined()
    droppedInAll = Math.max(droppedInAll, meta.get('dropped'))
  }

  const insert = ({ item, mark, text }: Waiting, seq: number, change: Change) => {
    const image = item.kind === 'inspection' ? item.body.sha256 : null
    const size = text.length + 64 + (image === null ? 0 : (options.imageBytes?.(image) ?? 0))
    const device = item.kind === 'readings' ? item.device : ''
    sql.insert.run(seq, item.kind, device, clock.now(), countOf(item), size, image, text)
    if (mark) sql.markCapture.run(mark.source, mark.name, mark.size, mark.modified, mark.sha256)
    change.bytes += size
    change.pending += 1
  }

  /** One transaction; throws what the disk says, and nothing has changed then. What it gives tells the listeners. */
  const commit = (batch: readonly Waiting[], room: number): (() => void) => {
    options.reserve.cover(last + batch.length)
    const change: Change = { bytes: 0, pending: 0, lost: 0, freed: [] }
    const now = clock.now()
    db.transaction(() => {
      forgetting.apply(told, now, change)
      if (room > 0) forgetting.makeRoom(room, change)
      for (const [index, entry] of batch.entries()) insert(entry, last + 1 + index, change)
      forgetting.trim(bytes, { maxBytes: options.maxBytes, oldest: now - options.maxAgeMs }, change)
      if (change.lost + unwritable > 0) meta.add('dropped', change.lost + unwritable)
      meta.set('sequence', last + batch.length)
      meta.set('alive', Math.max(now, meta.get('alive'), ...batch.map(({ item }) => newestOf(item))))
    })
    bytes += change.bytes
    pending += change.pending
    droppedInAll += change.lost
    if (told.rejected.length > 0) quarantined = sql.quarantined()
    unwritable = 0
    told.stored.clear()
    told.rejected.length = 0
    const first = last + 1
    last += batch.length
    waiting.done(batch.length)
    return () => {
      for (const { item } of batch) if (item.kind === 'inspection') options.onImageTaken?.(item.body.sha256)
      for (const image of new Set(change.freed))
        if (sql.imageUses(image) === 0 && !waiting.needs(image)) options.onImageFree?.(image)
      for (const [index, { resolve }] of batch.entries()) resolve(first + index)
      const items = batch.map(({ item }, index) => ({ ...item, seq: first + index }) as OutboxItem)
      if (items.length > 0) for (const listener of appended) listener(items)
      if (change.lost > 0) for (const listener of dropped) listener(change.lost)
    }
  }

  /** Gives up the file, not the agent: what could be read of it is in the fresh one. */
  const putAside = () => {
    const aside = db.putAside(clock.now())
    recount()
    options.onDamaged?.(aside)
  }

  const faulted = (error: unknown) => {
    if (!faulty) options.onFault?.(error instanceof Error ? error : new Error(String(error)))
    faulty = true
  }

  /** The disk refused a batch: what is confirmed still goes, and where much waits it takes the place of the oldest. */
  const refused = (batch: readonly Waiting[], error: unknown): boolean => {
    try {
      if (isDamage(error) || !db.isOpen()) {
        putAside()
        return true
      }
      faulted(error)
      if (told.stored.ranges().length > 0) commit([], 0)()
      if (waiting.bytes > MOST_WAITING_BYTES / 2) {
        // A little more than it takes: pages are not cut to measure.
        const room = 65_536 + 1.25 * batch.reduce((sum, { text }) => sum + text.length, 0)
        commit(batch, room)()
      }
    } catch (again) {
      faulted(again)
      const lost = waiting.trim(MOST_WAITING_BYTES)
      unwritable += lost
      droppedInAll += lost
      if (lost > 0) for (const listener of dropped) listener(lost)
    }
    return false
  }

  /** One commit of what waits; false when the disk refused. */
  const commitOnce = (): boolean => {
    const batch = waiting.first(MOST_IN_COMMIT, MOST_BYTES_IN_COMMIT)
    let announce: () => void
    try {
      announce = commit(batch, 0)
    } catch (error) {
      return refused(batch, error)
    }
    announce()
    if (faulty) options.onWell?.()
    faulty = false
    return true
  }

  const commitAll = () => {
    // A put-aside needs a second round; a disk that breaks each fresh file must not hold the agent here.
    for (let round = 0; round < 1000; round += 1) if (!commitOnce() || waiting.length === 0) return
  }

  let touched = 0
  const stop = clock.every(options.commitMs, () => {
    if (closed) return
    const busy = waiting.length > 0 || told.stored.ranges().length > 0 || told.rejected.length > 0
    // The last time alive is written at least once a second, so that a gap is dated right.
    if (!busy && clock.now() - touched < 1000) return
    touched = clock.now()
    commitAll()
  })

  const readRows = (after: number, most: number, lane: Parameters<Outbox['read']>[2]): Row[] => {
    try {
      return sql.readAfter(after, most, lane)
    } catch (error) {
      if (!isDamage(error)) throw error
      putAside()
      return sql.readAfter(after, most, lane)
    }
  }

  return {
    append: (item, mark) =>
      new Promise((resolve, reject) => waiting.add({ item, mark, text: JSON.stringify(item.body), resolve, reject })),
    flush: async () => {
      if (!closed) commitAll()
    },
    read(after, most, lane) {
      const found: OutboxItem[] = []
      let from = after
      while (found.length < most) {
        const wanted = most - found.length
        const rows = readRows(from, wanted, lane)
        for (const row of rows) {
          from = row.seq
          const done = told.stored.endOf(row.seq)
          if (done !== undefined) {
            from = done
            break
          }
          if (!told.rejected.some(({ seq }) => seq === row.seq)) found.push(toItem(row))
        }
        if (rows.length < wanted && from === rows.at(-1)?.seq) break
        if (rows.length === 0) break
      }
      return found
    },
    lastSequence: () => last,
    confirm(stored, rejected) {
      for (const [from, to] of stored) told.stored.add(from, Math.min(to, last))
      told.rejected.push(...rejected)
    },
    stats: () => ({
      pending: pending + waiting.length,
      dropped: droppedInAll,
      quarantined,
      bytes,
    }),
    onAppended: listener => void appended.push(listener),
    onDropped: listener => void dropped.push(listener),
    close: async () => {
      if (closed) return
      stop()
      commitAll()
      closed = true
    },
  }
}

const newestOf = (item: Waiting['item']): number =>
  item.kind === 'readings' ? item.body.reduce((newest, { t }) => Math.max(newest, t), 0) : 0
