/** Rows of a roll-up for one tag, exact at any moment: what is not compacted yet is rolled up on the way. */
import type { DuckDBValue } from '@duckdb/node-api'
import type { Span } from '../../domain/history/fold.ts'
import type { RollupLevel } from '../readings.ts'
import { BAD, KIND } from './codes.ts'
import { onceEach, partialsOf } from './partials.ts'
import type { Rows } from './readers.ts'
import { FRESH, LEVELS } from './schema.ts'

const lastIsUsable = `last_quality <> ${BAD} AND (last_kind = ${KIND.number} OR last_kind = ${KIND.boolean})`
const SPAN = `t::DOUBLE, n, usable, gone, doubtful, low, high, sum, (t + first_at)::DOUBLE, (t + last_at)::DOUBLE,
  CASE WHEN ${lastIsUsable} THEN last_number END, area, held`

/** Spans of whole buckets of `level` that touch from..to (ms, inclusive), by time. */
export async function spansOf(rows: Rows, tag: number, from: number, to: number, level: RollupLevel): Promise<Span[]> {
  const { table, width } = LEVELS[level]
  const first = Math.floor(from / width) * width
  const end = Math.floor(to / width) * width + width
  const bucket = `(t // ${width}) * ${width}`
  const inRange = `tag = ${tag} AND t >= ${first} AND t < ${end}`
  const fresh = FRESH.map((name, at) => `SELECT *, ${at + 1} AS src, rowid AS r FROM ${name} WHERE ${inRange}`)
  const every = [`SELECT *, 0 AS src, rowid AS r FROM reading WHERE ${inRange}`, ...fresh].join(' UNION ALL ')
  if (level === 'second') {
    // Readings are their own seconds until retention takes them.
    const found = await rows(
      `SELECT ${SPAN} FROM ${table} WHERE ${inRange} UNION ALL
      SELECT ${SPAN} FROM (${partialsOf(`(${onceEach(`(${every}) every_one`)})`, width)}) ORDER BY 1, 9`,
    )
    return found.map(spanOf)
  }
  const touched = await rows(
    `SELECT DISTINCT ${bucket}::DOUBLE FROM (${fresh.join(' UNION ALL ')}) ORDER BY 1 LIMIT 1000000`,
  )
  const kept = `SELECT ${SPAN} FROM ${table} WHERE ${inRange}`
  if (touched.length === 0) return (await rows(`${kept} ORDER BY 1`)).map(spanOf)
  const low = Number(touched[0]?.[0])
  const high = Number(touched.at(-1)?.[0]) + width
  const list = touched.map(row => Number(row[0])).join(',')
  const anew = onceEach(`(
    SELECT *, 0 AS src, rowid AS r FROM reading WHERE tag = ${tag} AND t >= ${low} AND t < ${high} AND ${bucket} IN (${list})
    UNION ALL ${fresh.join(' UNION ALL ')}) some_of_it`)
  const found = await rows(
    `${kept} AND t NOT IN (${list}) UNION ALL SELECT ${SPAN} FROM (${partialsOf(`(${anew})`, width)}) ORDER BY 1, 9`,
  )
  return found.map(spanOf)
}

const orNull = (value: DuckDBValue | undefined) => (value === null || value === undefined ? null : Number(value))
const spanOf = (row: readonly DuckDBValue[]): Span => ({
  t: Number(row[0]),
  n: Number(row[1]),
  usable: Number(row[2]),
  bad: Number(row[3]),
  uncertain: Number(row[4]),
  low: orNull(row[5]),
  high: orNull(row[6]),
  sum: orNull(row[7]),
  firstT: Number(row[8]),
  lastT: Number(row[9]),
  last: orNull(row[10]),
  area: Number(row[11]),
  held: Number(row[12]),
})
