/**
 * The historian in one DuckDB file: rows append-only, tags as integer ids, marks as ranges. One connection writes (batches
 * one after another), one keeps house (compaction, retention, deletes), others read; DuckDB's snapshots keep readers off
 * everybody's way. ADR 0001, 0040.
 */
import { rm } from 'node:fs/promises'
import { BIGINT, DOUBLE, DuckDBInstance, INTEGER, UTINYINT, VARCHAR } from '@duckdb/node-api'
import { foldBuckets } from '../domain/history/fold.ts'
import { spansOf } from './duckdb/aggregates.ts'
import { appendRows, columnOf } from './duckdb/append-rows.ts'
import { codeOf, KIND, kindOf } from './duckdb/codes.ts'
import { compact } from './duckdb/compact.ts'
import { countQuery } from './duckdb/cover.ts'
import { decimate } from './duckdb/decimate.ts'
import { exportFolder, exportTo } from './duckdb/export.ts'
import { loadMarks } from './duckdb/marks.ts'
import { createReaders, type Rows } from './duckdb/readers.ts'
import { countAll, lastAt, latestOf, rawFloors, rawOf } from './duckdb/reads.ts'
import { remove } from './duckdb/remove.ts'
import { retain } from './duckdb/retain.ts'
import { LEVELS, otherFresh, prepareSchema } from './duckdb/schema.ts'
import { createTurns } from './duckdb/turns.ts'
import type { ReadingItem, ReadingStore, StoredElsewhere } from './readings.ts'

const COLUMNS = [INTEGER, BIGINT, UTINYINT, DOUBLE, VARCHAR, UTINYINT]

export interface DuckDbOptions {
  /** Such as `256MB`. */
  readonly memory?: string
  readonly threads?: number
  /** Rows that gather before they are compacted. */
  readonly freshRows?: number
  /** Told of a compaction that failed; its rows stay readable and are tried again with the next. */
  readonly onFault?: (error: unknown) => void
}

const FRESH_ROWS = 500_000
const READERS = 2

/** Opens or creates the file. What a torn write-ahead log held after its last whole transaction was never confirmed. */
export async function openDuckDbReadings(file: string, options: DuckDbOptions = {}): Promise<ReadingStore> {
  const { freshRows = FRESH_ROWS, onFault = () => undefined } = options
  const instance = await DuckDBInstance.create(file, {
    memory_limit: options.memory ?? '256MB',
    threads: String(options.threads ?? 2),
    // What a compaction has freed goes back to the system at once, not when 128 MB have gathered.
    allocator_flush_threshold: '16MB',
    allocator_bulk_deallocation_flush_threshold: '16MB',
    allocator_background_threads: 'true',
  })
  await rm(exportFolder(file), { recursive: true, force: true })
  const writer = await instance.connect()
  let current = await prepareSchema(writer)
  const keeper = await instance.connect()
  const readers = await createReaders(instance, READERS)
  const ids = new Map<string, number>()
  const names = new Map<number, string>()
  for (const [id, name] of (await writer.runAndReadAll('SELECT id, name FROM tag')).getRows()) {
    ids.set(String(name), Number(id))
    names.set(Number(id), String(name))
  }
  const marks = await loadMarks(writer)
  let floors = await readers.read(rawFloors)
  const countOf = async (table: string) =>
    Number((await writer.runAndReadAll(`SELECT count(*) FROM ${table}`)).getRows()[0]?.[0])
  let gathered = await countOf(current)

  /** Does the table that is not written to hold rows? */
  let waiting = (await countOf(otherFresh(current))) > 0
  const filled = () => (waiting ? [current, otherFresh(current)] : [current])

  /** The writer does one thing after another, and so does the keeper; what needs both asks for the keeper first. */
  const inTurn = createTurns()
  const keeping = createTurns()

  async function commit(items: readonly ReadingItem[], elsewhere: readonly StoredElsewhere[]): Promise<void> {
    const batch = marks.begin()
    const wanted = items.filter(item => item.sequence === undefined || batch.add(item.agent, item.sequence))
    for (const { agent, sequence } of elsewhere) batch.add(agent, sequence)
    if (wanted.length === 0 && batch.empty) return
    const newTags = new Map<string, number>()
    const before = ids.size
    const idOf = (name: string): number => {
      const known = ids.get(name) ?? newTags.get(name)
      if (known !== undefined) return known
      const id = before + newTags.size + 1
      newTags.set(name, id)
      return id
    }
    await writer.run('BEGIN')
    let rows = 0
    try {
      rows = await appendReadings(wanted, idOf)
      // Before the commit: a reader that sees the rows must find their tag.
      for (const [name, id] of newTags) {
        ids.set(name, id)
        names.set(id, name)
      }
      if (newTags.size > 0)
        await appendRows(
          writer,
          'tag',
          [INTEGER, VARCHAR],
          newTags.size,
          [[...newTags.values()], [...newTags.keys()]].map(columnOf),
        )
      await batch.write(writer)
      await writer.run('COMMIT')
    } catch (error) {
      await writer.run('ROLLBACK').catch(() => undefined)
      for (const [name, id] of newTags) {
        ids.delete(name)
        names.delete(id)
      }
      throw error
    }
    batch.keep()
    gathered += rows
    if (gathered >= freshRows) compactSoon()
  }

  async function appendReadings(items: readonly ReadingItem[], idOf: (name: string) => number): Promise<number> {
    const readings = items.flatMap(item => item.readings)
    const of = (row: number) => readings[row]!
    await appendRows(writer, current, COLUMNS, readings.length, [
      row => idOf(of(row).tag),
      row => BigInt(of(row).t),
      row => KIND[kindOf(of(row).value)],
      row => {
        const { value } = of(row)
        return typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : null
      },
      row => {
        const { value } = of(row)
        return typeof value === 'string' ? value : null
      },
      row => codeOf(of(row).quality),
    ])
    return readings.length
  }

  let compacting: Promise<void> | undefined
  let closing = false
  function compactSoon(): void {
    if (compacting !== undefined || closing) return
    compacting = compactAll()
      .catch(onFault)
      .finally(() => {
        compacting = undefined
      })
  }
  /** What waits in the other table first; then that which is written to, whose place the other takes. */
  const compactAll = () =>
    keeping(async () => {
      await compact(keeper, otherFresh(current))
      waiting = false
      if (gathered === 0) return
      const full = current
      await inTurn(async () => {
        await writer.run(`UPDATE written_to SET name = '${otherFresh(full)}'`)
        waiting = true
        current = otherFresh(full)
        gathered = 0
      })
      await compact(keeper, full)
      waiting = false
    })

  if (waiting) compactSoon()

  /** A read of one tag; `none` where it was never stored. */
  const ofTag = <T>(tag: string, none: T, work: (rows: Rows, id: number) => Promise<T>): Promise<T> => {
    const id = ids.get(tag)
    return id === undefined ? Promise.resolve(none) : readers.read(rows => work(rows, id))
  }
  const up = (t: number) => Math.ceil(t)
  const down = (t: number) => Math.floor(t)

  return {
    append: (items, elsewhere = []) => inTurn(() => commit(items, elsewhere)),
    isStored: marks.has,
    raw: (tag, from, to) => ofTag(tag, [], (rows, id) => rawOf(rows, id, up(from), down(to))),
    async decimated(tag, from, to, points) {
      const id = ids.get(tag)
      if (id === undefined) return []
      const rawFrom = floors.get(id) ?? Number.NEGATIVE_INFINITY
      const range = { tag: id, from: up(from), to: down(to), points, rawFrom, fresh: filled() }
      return readers.readLoosely(async rows => (await decimate(rows, range)) ?? rawOf(rows, id, range.from, range.to))
    },
    aggregates: (tag, from, to, level, until) =>
      ofTag(tag, [], async (rows, id) => {
        const { width } = LEVELS[level]
        const begin = Math.floor(from / width) * width
        const end = Math.floor(to / width) * width + width
        const held = await lastAt(rows, id, begin - 1)
        const before =
          held === undefined || held[2] === 'bad' || typeof held[1] === 'string' || held[1] === null
            ? null
            : Number(held[1])
        const spans = await spansOf(rows, id, begin, end - 1, level)
        return foldBuckets(spans, { from: begin, to: end, width, until: Math.min(end, until), before })
      }),
    countIn: (tag, from, to) =>
      ofTag(tag, 0, async (rows, id) =>
        Number((await rows(countQuery({ tag: id, from: up(from), to: down(to), fresh: filled() })))[0]?.[0] ?? 0),
      ),
    valueAt: (tag, t) => ofTag(tag, undefined, (rows, id) => lastAt(rows, id, down(t))),
    latest: from => readers.read(rows => latestOf(rows, names, up(from))),
    count: () => readers.read(countAll),
    tags: () => [...ids.keys()],
    remove: (tag, from, to) => {
      const id = ids.get(tag)
      if (id === undefined) return Promise.resolve(0)
      return keeping(() => inTurn(() => remove(keeper, id, up(from), down(to))))
    },
    retain: (keep, now) =>
      keeping(async () => {
        const gone = await retain(
          keeper,
          [...ids].map(([name, id]) => ({ id, keep: keep(name) })),
          now,
        )
        floors = await readers.read(rawFloors)
        return gone
      }),
    exportFile: request =>
      exportTo(
        instance,
        file,
        request.tags.flatMap(tag => ids.get(tag) ?? []),
        { ...request, from: up(request.from), to: down(request.to) },
      ),
    compact: compactAll,
    checkpoint: () => keeping(() => inTurn(async () => void (await writer.run('CHECKPOINT')))),
    async close() {
      closing = true
      await keeping(() =>
        inTurn(async () => {
          await readers.close()
          keeper.closeSync()
          await writer.run('CHECKPOINT').catch(() => undefined)
          writer.closeSync()
          instance.closeSync()
        }),
      )
    },
  }
}
