/** Retention: readings and roll-ups that are older than their tag keeps them, gone; whole hours at a time. */
import { BIGINT, type DuckDBConnection, INTEGER } from '@duckdb/node-api'
import type { Retained, Retention } from '../readings.ts'
import { appendRows } from './append-rows.ts'
import { onceEach, partialsOf } from './partials.ts'
import { LEVELS } from './schema.ts'

const HOUR = 3_600_000

export async function retain(
  connection: DuckDBConnection,
  tags: readonly { readonly id: number; readonly keep: Retention }[],
  now: number,
): Promise<Retained> {
  const run = (sql: string) => connection.run(sql)
  const before = (age: number) => Math.floor((now - age) / HOUR) * HOUR
  /** `cut(tag, t)`: what is older than t goes. */
  const cutBy = async (age: (keep: Retention) => number) => {
    await run('CREATE OR REPLACE TEMP TABLE cut (tag INTEGER NOT NULL, t BIGINT NOT NULL)')
    const some = tags.filter(({ keep }) => Number.isFinite(age(keep)))
    await appendRows(connection, 'cut', [INTEGER, BIGINT], some.length, [
      row => some[row]!.id,
      row => BigInt(before(age(some[row]!.keep))),
    ])
    return Math.max(...some.map(({ keep }) => before(age(keep))), Number.NEGATIVE_INFINITY)
  }
  const drop = async (table: string, latest: number) => {
    if (!Number.isFinite(latest)) return 0
    const { rowsChanged } = await run(
      `DELETE FROM ${table} USING cut WHERE ${table}.tag = cut.tag AND ${table}.t < cut.t AND ${table}.t < ${latest}`,
    )
    return rowsChanged
  }
  await run('BEGIN')
  try {
    const seconds = tags.filter(({ keep }) => keep.second > keep.raw)
    let latest = await cutBy(keep => keep.raw)
    if (Number.isFinite(latest) && seconds.length > 0) {
      const { table, width } = LEVELS.second
      const kept = seconds.map(tag => tag.id).join(',')
      await run(
        `CREATE OR REPLACE TEMP TABLE source AS ${onceEach(`(
        SELECT g.*, 0 AS src, g.rowid AS r FROM reading g JOIN cut ON cut.tag = g.tag AND g.t < cut.t
        WHERE g.t < ${latest} AND g.tag IN (${kept})) expired`)}`,
      )
      await run(`INSERT INTO ${table} BY NAME SELECT * FROM (${partialsOf('source', width)}) ORDER BY tag, t`)
      await run('DROP TABLE source')
    }
    const raw = await drop('reading', latest)
    await run(`
      DELETE FROM raw_floor USING cut WHERE raw_floor.tag = cut.tag AND raw_floor.t < cut.t;
      INSERT INTO raw_floor SELECT cut.tag, cut.t FROM cut ANTI JOIN raw_floor f ON f.tag = cut.tag;`)
    const rollups: number[] = []
    for (const level of ['second', 'minute', 'hour'] as const) {
      latest = await cutBy(keep => Math.max(keep[level], level === 'second' ? 0 : keep.raw))
      rollups.push(await drop(LEVELS[level].table, latest))
    }
    await run('DROP TABLE cut')
    await run('COMMIT')
    return { raw, second: rollups[0] ?? 0, minute: rollups[1] ?? 0, hour: rollups[2] ?? 0 }
  } catch (error) {
    await run('ROLLBACK').catch(() => undefined)
    throw error
  }
}
