/**
 * The historian in one DuckDB file: rows append-only, tags as integer ids, marks as ranges. One connection writes (batches
 * one after another), others read; DuckDB's snapshots keep readers off the writer's way. ADR 0001.
 */
import { BIGINT, DOUBLE, DuckDBDataChunk, DuckDBInstance, INTEGER, UTINYINT, VARCHAR } from '@duckdb/node-api'
import { mergeRanges, type RangeSet, rangeSet } from '../domain/ranges.ts'
import { codeOf, KIND, kindOf } from './duckdb-codes.ts'
import { createReads } from './duckdb-reads.ts'
import type { ReadingItem, ReadingStore, StoredElsewhere } from './readings.ts'

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS tag (id INTEGER NOT NULL, name VARCHAR NOT NULL);
  CREATE TABLE IF NOT EXISTS reading (
    tag INTEGER NOT NULL, t BIGINT NOT NULL, kind UTINYINT NOT NULL, number DOUBLE, text VARCHAR, quality UTINYINT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS mark (agent VARCHAR NOT NULL, first BIGINT NOT NULL, last BIGINT NOT NULL);`

const COLUMNS = [INTEGER, BIGINT, UTINYINT, DOUBLE, VARCHAR, UTINYINT]
/** DuckDB's vector size. */
const CHUNK = 2048
/** Marks are rewritten as merged ranges when this many rows have gathered. */
const MARK_ROWS = 500

export interface DuckDbOptions {
  /** Such as `256MB`. */
  readonly memory?: string
  readonly threads?: number
}

/** Opens or creates the file. What a torn write-ahead log held after its last whole transaction was never confirmed. */
export async function openDuckDbReadings(file: string, options: DuckDbOptions = {}): Promise<ReadingStore> {
  const instance = await DuckDBInstance.create(file, {
    memory_limit: options.memory ?? '256MB',
    threads: String(options.threads ?? 2),
  })
  const writer = await instance.connect()
  await writer.run(SCHEMA)
  const ids = new Map<string, number>()
  for (const [id, name] of (await writer.runAndReadAll('SELECT id, name FROM tag')).getRows())
    ids.set(String(name), Number(id))
  const marks = new Map<string, RangeSet>()
  let markRows = 0
  const markRanges = new Map<string, [number, number][]>()
  for (const [agent, first, last] of (await writer.runAndReadAll('SELECT agent, first, last FROM mark')).getRows()) {
    const ranges = markRanges.get(String(agent)) ?? []
    ranges.push([Number(first), Number(last)])
    markRanges.set(String(agent), ranges)
    markRows += 1
  }
  for (const [agent, ranges] of markRanges) marks.set(agent, rangeSet(ranges))
  const reads = await createReads(instance, name => ids.get(name), ids)

  const isStored = (agent: string, sequence: number) => marks.get(agent)?.has(sequence) ?? false

  async function commit(items: readonly ReadingItem[], elsewhere: readonly StoredElsewhere[]): Promise<void> {
    const fresh = new Map<string, RangeSet>()
    const isFresh = (agent: string, sequence: number) => {
      const seen = fresh.get(agent) ?? rangeSet()
      fresh.set(agent, seen)
      if (seen.has(sequence) || isStored(agent, sequence)) return false
      seen.add(sequence)
      return true
    }
    const wanted = items.filter(item => item.sequence === undefined || isFresh(item.agent, item.sequence))
    for (const { agent, sequence } of elsewhere) isFresh(agent, sequence)
    const newTags = new Map<string, number>()
    const before = ids.size
    const idOf = (name: string): number => {
      const known = ids.get(name) ?? newTags.get(name)
      if (known !== undefined) return known
      const id = before + newTags.size + 1
      newTags.set(name, id)
      return id
    }
    const newMarks = [...fresh].flatMap(([agent, set]) => set.ranges().map(([a, b]) => [agent, a, b] as const))
    if (wanted.length === 0 && newMarks.length === 0) return

    const rewrite = markRows + newMarks.length > MARK_ROWS
    const markTable = rewrite ? mergedMarks(marks, fresh) : newMarks
    await writer.run('BEGIN')
    try {
      await appendReadings(wanted, idOf)
      // Before the commit: a reader that sees the rows must find their tag.
      for (const [name, id] of newTags) ids.set(name, id)
      if (newTags.size > 0) await appendRows('tag', [INTEGER, VARCHAR], [[...newTags.values()], [...newTags.keys()]])
      if (rewrite) await writer.run('DELETE FROM mark')
      await appendRows(
        'mark',
        [VARCHAR, BIGINT, BIGINT],
        [markTable.map(m => m[0]), markTable.map(m => BigInt(m[1])), markTable.map(m => BigInt(m[2]))],
      )
      await writer.run('COMMIT')
    } catch (error) {
      await writer.run('ROLLBACK').catch(() => undefined)
      for (const name of newTags.keys()) ids.delete(name)
      throw error
    }
    for (const [agent, set] of fresh) {
      marks.set(agent, rangeSet([...(marks.get(agent)?.ranges() ?? []), ...set.ranges()]))
    }
    markRows = rewrite ? markTable.length : markRows + newMarks.length
  }

  async function appendReadings(items: readonly ReadingItem[], idOf: (name: string) => number): Promise<void> {
    const columns: [number[], bigint[], number[], (number | null)[], (string | null)[], number[]] = [
      [],
      [],
      [],
      [],
      [],
      [],
    ]
    for (const item of items) {
      for (const { tag, t, value, quality } of item.readings) {
        columns[0].push(idOf(tag))
        columns[1].push(BigInt(t))
        columns[2].push(KIND[kindOf(value)])
        columns[3].push(typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : null)
        columns[4].push(typeof value === 'string' ? value : null)
        columns[5].push(codeOf(quality))
      }
    }
    await appendRows('reading', COLUMNS, columns)
  }

  type Column = readonly (number | bigint | string | null)[]
  async function appendRows(
    table: string,
    types: Parameters<typeof DuckDBDataChunk.create>[0],
    columns: readonly Column[],
  ) {
    const rows = columns[0]?.length ?? 0
    if (rows === 0) return
    const appender = await writer.createAppender(table)
    try {
      for (let at = 0; at < rows; at += CHUNK) {
        const chunk = DuckDBDataChunk.create(types, Math.min(CHUNK, rows - at))
        chunk.setColumns(columns.map(column => column.slice(at, at + CHUNK)))
        appender.appendDataChunk(chunk)
      }
      appender.flushSync()
    } finally {
      appender.closeSync()
    }
  }

  let turn: Promise<unknown> = Promise.resolve()
  /** The writer does one thing after another. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = turn.then(work)
    turn = next.catch(() => undefined)
    return next
  }

  return {
    ...reads.api,
    append: (items, elsewhere = []) => inTurn(() => commit(items, elsewhere)),
    isStored,
    checkpoint: () => inTurn(async () => void (await writer.run('CHECKPOINT'))),
    close: () =>
      inTurn(async () => {
        await reads.close()
        await writer.run('CHECKPOINT').catch(() => undefined)
        writer.closeSync()
        instance.closeSync()
      }),
  }
}

function mergedMarks(stored: ReadonlyMap<string, RangeSet>, fresh: ReadonlyMap<string, RangeSet>) {
  const agents = new Set([...stored.keys(), ...fresh.keys()])
  return [...agents].flatMap(agent =>
    mergeRanges([...(stored.get(agent)?.ranges() ?? []), ...(fresh.get(agent)?.ranges() ?? [])]).map(
      ([first, last]) => [agent, first, last] as const,
    ),
  )
}
