/**
 * Compaction: a full fresh table becomes a run of `reading`, sorted by tag and time, and rows of the roll-ups, in one
 * transaction on a connection of its own. Appends go on into the other fresh table, reads see the one state or the other.
 */
import type { DuckDBConnection } from '@duckdb/node-api'
import { coarserOf, joined, onceEach, partialsOf } from './partials.ts'
import { type Fresh, LEVELS, READING } from './schema.ts'

/** The rows moved. */
export async function compact(connection: DuckDBConnection, full: Fresh): Promise<number> {
  const run = (sql: string) => connection.run(sql)
  const first = async (sql: string) => (await connection.runAndReadAll(sql)).getRows()[0] ?? []
  const [count] = await first(`SELECT count(*) FROM ${full}`)
  if (Number(count) === 0) return 0
  await run('BEGIN')
  try {
    // Sorted once: what follows reads it in its order.
    await run(`CREATE OR REPLACE TEMP TABLE sorted AS
      SELECT tag, t, kind, number, text, quality FROM ${full} ORDER BY tag, t, rowid`)
    await run('INSERT INTO reading SELECT tag, t, kind, number, text, quality FROM sorted')
    await run(`
      CREATE OR REPLACE TEMP TABLE once AS SELECT tag, t, kind, number, text, quality,
        CASE WHEN lead(tag) OVER () = tag THEN lead(t) OVER () END AS next_t FROM sorted`)
    const [twice, texts] = await first('SELECT count(*) FILTER (next_t = t), count(text) FROM once')
    if (Number(twice) > 0)
      await run(
        `CREATE OR REPLACE TEMP TABLE once AS ${onceEach('(SELECT *, 0 AS src, rowid AS r FROM sorted) all_of_it')}`,
      )
    await run(`DROP TABLE sorted; CREATE OR REPLACE TABLE ${full} (${READING});`)
    const { minute, hour } = LEVELS
    await run(`CREATE OR REPLACE TEMP TABLE minutes AS ${partialsOf('once', minute.width, Number(texts) > 0)}`)
    await run(`CREATE OR REPLACE TEMP TABLE hours AS ${coarserOf('minutes', hour.width)}`)
    await rollUp(connection, 'minutes', minute.table, minute.width)
    await rollUp(connection, 'hours', hour.table, hour.width)
    await run('DROP TABLE once; DROP TABLE minutes; DROP TABLE hours;')
    await run('COMMIT')
  } catch (error) {
    await run('ROLLBACK').catch(() => undefined)
    throw error
  }
  return Number(count)
}

/**
 * Brings the rows of `part` into a roll-up. A bucket that has a row already is joined with it where all that is new is later; otherwise
 * (late and out-of-order arrivals, doubles) it is made again from its readings, or joined as well as can be where retention
 * has taken those.
 */
async function rollUp(connection: DuckDBConnection, part: string, table: string, width: number): Promise<void> {
  const run = (sql: string) => connection.run(sql)
  const [from, to] = ((await connection.runAndReadAll(`SELECT min(t), max(t) FROM ${part}`)).getRows()[0] ?? []).map(
    Number,
  )
  await run(`
    CREATE OR REPLACE TEMP TABLE known AS
      SELECT k.* FROM ${table} k JOIN ${part} p ON k.tag = p.tag AND k.t = p.t WHERE k.t BETWEEN ${from} AND ${to};
    CREATE OR REPLACE TEMP TABLE anew AS
      SELECT k.tag, k.t FROM known k JOIN ${part} p ON k.tag = p.tag AND k.t = p.t LEFT JOIN raw_floor f ON f.tag = k.tag
      WHERE p.first_at <= k.last_at AND (f.t IS NULL OR k.t >= f.t);`)
  const [again, low, high] = (
    (await connection.runAndReadAll('SELECT count(*), min(t), max(t) FROM anew')).getRows()[0] ?? []
  ).map(Number)
  await run(`DELETE FROM ${table} USING known WHERE ${table}.tag = known.tag AND ${table}.t = known.t
    AND ${table}.t BETWEEN ${from} AND ${to}`)
  await run(`
    INSERT INTO ${table} BY NAME SELECT * FROM (
      SELECT p.* FROM ${part} p ANTI JOIN known k ON k.tag = p.tag AND k.t = p.t
      UNION ALL BY NAME
      SELECT * FROM (${joined('known', part)}) j ANTI JOIN anew n ON n.tag = j.tag AND n.t = j.t
    ) ORDER BY tag, t`)
  if (again !== undefined && again > 0) {
    await run(
      `CREATE OR REPLACE TEMP TABLE source AS ${onceEach(`(
      SELECT g.*, 0 AS src, g.rowid AS r FROM reading g JOIN anew n ON n.tag = g.tag AND n.t = (g.t // ${width}) * ${width}
      WHERE g.t >= ${low} AND g.t < ${high! + width}) late`)}`,
    )
    await run(`INSERT INTO ${table} BY NAME SELECT * FROM (${partialsOf('source', width)}) ORDER BY tag, t`)
    await run('DROP TABLE source')
  }
  await run('DROP TABLE known; DROP TABLE anew;')
}
