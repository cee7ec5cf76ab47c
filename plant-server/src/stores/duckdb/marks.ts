/** Which sequences of which agent are stored: ranges in memory, rows in the file. */
import { BIGINT, type DuckDBConnection, VARCHAR } from '@duckdb/node-api'
import { mergeRanges, type RangeSet, rangeSet } from '../../domain/ranges.ts'
import { appendRows } from './append-rows.ts'

export interface Marks {
  has(agent: string, sequence: number): boolean
  /** A batch's own marks, on top of what is stored. */
  begin(): MarkBatch
}

export interface MarkBatch {
  /** False where the sequence is stored already or has come in this batch. */
  add(agent: string, sequence: number): boolean
  readonly empty: boolean
  /** Within the batch's transaction. */
  write(connection: DuckDBConnection): Promise<void>
  /** After its commit. */
  keep(): void
}

/** Marks are rewritten as merged ranges when this many rows have gathered. */
const MARK_ROWS = 500

export async function loadMarks(connection: DuckDBConnection): Promise<Marks> {
  const stored = new Map<string, RangeSet>()
  const rows = (await connection.runAndReadAll('SELECT agent, first, last FROM mark')).getRows()
  const ranges = Map.groupBy(rows, row => String(row[0]))
  for (const [agent, list] of ranges)
    stored.set(agent, rangeSet(list.map(row => [Number(row[1]), Number(row[2])] as const)))
  let count = rows.length
  const has = (agent: string, sequence: number) => stored.get(agent)?.has(sequence) ?? false

  return {
    has,
    begin() {
      const fresh = new Map<string, RangeSet>()
      const rowsOf = (sets: ReadonlyMap<string, RangeSet>) =>
        [...sets].flatMap(([agent, set]) => set.ranges().map(([first, last]) => [agent, first, last] as const))
      let written = 0
      let rewritten = false
      return {
        add(agent, sequence) {
          const seen = fresh.get(agent) ?? rangeSet()
          if (seen.has(sequence) || has(agent, sequence)) return false
          seen.add(sequence)
          fresh.set(agent, seen)
          return true
        },
        get empty() {
          return fresh.size === 0
        },
        async write(target) {
          const added = rowsOf(fresh)
          rewritten = count + added.length > MARK_ROWS
          const table = rewritten ? rowsOf(merged(stored, fresh)) : added
          if (rewritten) await target.run('DELETE FROM mark')
          await appendRows(target, 'mark', [VARCHAR, BIGINT, BIGINT], table.length, [
            row => table[row]![0],
            row => BigInt(table[row]![1]),
            row => BigInt(table[row]![2]),
          ])
          written = table.length
        },
        keep() {
          for (const [agent, set] of merged(stored, fresh)) if (fresh.has(agent)) stored.set(agent, set)
          count = rewritten ? written : count + written
        },
      }
    },
  }
}

function merged(stored: ReadonlyMap<string, RangeSet>, fresh: ReadonlyMap<string, RangeSet>): Map<string, RangeSet> {
  const agents = new Set([...stored.keys(), ...fresh.keys()])
  return new Map(
    [...agents].map(agent => [
      agent,
      rangeSet(mergeRanges([...(stored.get(agent)?.ranges() ?? []), ...(fresh.get(agent)?.ranges() ?? [])])),
    ]),
  )
}
