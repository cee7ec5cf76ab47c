/**
 * Tables of the historian's file.
 *
 *   append ─▶ fresh_a | fresh_b ─ compaction ─▶ reading (sorted runs) + rollup_minute, rollup_hour
 *                                               reading ─ retention ─▶ rollup_second, then gone
 */
import type { DuckDBConnection } from '@duckdb/node-api'
import type { RollupLevel } from '../readings.ts'

export const READING = `tag INTEGER NOT NULL, t BIGINT NOT NULL, kind UTINYINT NOT NULL, number DOUBLE, text VARCHAR,
  quality UTINYINT NOT NULL`

/**
 * One row a (tag, bucket); `t` is the bucket's begin, `*_at` are ms after it. low, high, sum are of usable values (numbers
 * and booleans that are not bad); area and held: value x ms, and ms, between the first and the last reading, each value
 * held until the next, bad ones left out.
 */
const ROLLUP = `tag INTEGER NOT NULL, t BIGINT NOT NULL, n UINTEGER NOT NULL, usable UINTEGER NOT NULL, gone UINTEGER NOT NULL,
  doubtful UINTEGER NOT NULL, low DOUBLE, low_at UINTEGER, low_kind UTINYINT, low_quality UTINYINT,
  high DOUBLE, high_at UINTEGER, high_kind UTINYINT, high_quality UTINYINT, sum DOUBLE,
  first_at UINTEGER NOT NULL, first_kind UTINYINT NOT NULL, first_number DOUBLE, first_text VARCHAR, first_quality UTINYINT NOT NULL,
  last_at UINTEGER NOT NULL, last_kind UTINYINT NOT NULL, last_number DOUBLE, last_text VARCHAR, last_quality UTINYINT NOT NULL,
  area DOUBLE NOT NULL, held UINTEGER NOT NULL, gone_at UINTEGER, gone_kind UTINYINT, gone_number DOUBLE`

export const LEVELS: Readonly<Record<RollupLevel, { readonly table: string; readonly width: number }>> = {
  second: { table: 'rollup_second', width: 1000 },
  minute: { table: 'rollup_minute', width: 60_000 },
  hour: { table: 'rollup_hour', width: 3_600_000 },
}

export type Fresh = 'fresh_a' | 'fresh_b'
export const FRESH: readonly Fresh[] = ['fresh_a', 'fresh_b']
export const otherFresh = (table: Fresh): Fresh => (table === 'fresh_a' ? 'fresh_b' : 'fresh_a')

/** Creates what is missing; a file from before roll-ups hands its readings to the next compaction. The table that is written to. */
export async function prepareSchema(connection: DuckDBConnection): Promise<Fresh> {
  const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRows()
  const tables = new Set((await rows('SELECT table_name FROM duckdb_tables()')).map(row => String(row[0])))
  const old = tables.has('reading') && !tables.has('rollup_minute')
  await connection.run('BEGIN')
  if (old) await connection.run('ALTER TABLE reading RENAME TO fresh_a')
  for (const table of ['reading', ...FRESH]) await connection.run(`CREATE TABLE IF NOT EXISTS ${table} (${READING})`)
  for (const { table } of Object.values(LEVELS)) await connection.run(`CREATE TABLE IF NOT EXISTS ${table} (${ROLLUP})`)
  await connection.run(`
    CREATE TABLE IF NOT EXISTS tag (id INTEGER NOT NULL, name VARCHAR NOT NULL);
    CREATE TABLE IF NOT EXISTS mark (agent VARCHAR NOT NULL, first BIGINT NOT NULL, last BIGINT NOT NULL);
    CREATE TABLE IF NOT EXISTS raw_floor (tag INTEGER NOT NULL, t BIGINT NOT NULL);
    CREATE TABLE IF NOT EXISTS written_to (name VARCHAR NOT NULL);
    INSERT INTO written_to SELECT '${old ? 'fresh_b' : 'fresh_a'}' WHERE NOT EXISTS (SELECT 1 FROM written_to);`)
  await connection.run('COMMIT')
  return (await rows('SELECT name FROM written_to'))[0]?.[0] === 'fresh_b' ? 'fresh_b' : 'fresh_a'
}
