/** Deleting on a person's word: readings from..to (ms, inclusive) and what the roll-ups hold of them. */
import type { DuckDBConnection } from '@duckdb/node-api'
import { onceEach, partialsOf } from './partials.ts'
import { FRESH, LEVELS } from './schema.ts'

/** The readings removed. A bucket at the edge is made again from what is left; where retention took its readings it goes whole. */
export async function remove(connection: DuckDBConnection, tag: number, from: number, to: number): Promise<number> {
  const run = (sql: string) => connection.run(sql)
  let removed = 0
  await run('BEGIN')
  try {
    for (const table of ['reading', ...FRESH]) {
      const { rowsChanged } = await run(`DELETE FROM ${table} WHERE tag = ${tag} AND t >= ${from} AND t <= ${to}`)
      removed += rowsChanged
    }
    for (const { table, width } of Object.values(LEVELS)) {
      const first = Math.floor(from / width) * width
      const end = Math.floor(to / width) * width + width
      await run(`DELETE FROM ${table} WHERE tag = ${tag} AND t >= ${first} AND t < ${end}`)
      if (width === LEVELS.second.width) continue
      await run(
        `CREATE OR REPLACE TEMP TABLE source AS ${onceEach(`(
        SELECT *, 0 AS src, rowid AS r FROM reading
        WHERE tag = ${tag} AND ((t >= ${first} AND t < ${from}) OR (t > ${to} AND t < ${end}))) left_over`)}`,
      )
      await run(`INSERT INTO ${table} BY NAME SELECT * FROM (${partialsOf('source', width)}) ORDER BY tag, t`)
      await run('DROP TABLE source')
    }
    await run('COMMIT')
    return removed
  } catch (error) {
    await run('ROLLBACK').catch(() => undefined)
    throw error
  }
}
