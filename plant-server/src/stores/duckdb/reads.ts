/** Single values and whole ranges. Decimation and aggregates have files of their own. */
import type { HistoryPoint } from '@millwright/contract'
import { KIND } from './codes.ts'
import { pointOf } from './decimate.ts'
import type { Rows } from './readers.ts'
import { FRESH, LEVELS } from './schema.ts'

/** t as DOUBLE: exact below 2^53, and no bigint per row. */
const POINT = 't::DOUBLE, kind, number, text, quality'

/** Every reading of the range, by time, then in the order in which they came. */
export async function rawOf(rows: Rows, tag: number, from: number, to: number): Promise<HistoryPoint[]> {
  const where = `WHERE tag = ${tag} AND t >= ${from} AND t <= ${to}`
  const parts = ['reading', ...FRESH].map((table, src) => `SELECT *, ${src} AS src, rowid AS r FROM ${table} ${where}`)
  const found = await rows(`SELECT ${POINT} FROM (${parts.join(' UNION ALL ')}) ORDER BY t, src, r`)
  const points: HistoryPoint[] = []
  for (const row of found) if (points.at(-1)?.[0] !== row[0]) points.push(pointOf(row))
  return points
}

/** By roll-ups down to the minute, then the readings of that minute. */
export async function lastAt(rows: Rows, tag: number, t: number): Promise<HistoryPoint | undefined> {
  const last = (prefix: string) => ['kind', 'number', 'text', 'quality'].map(column => `${prefix}_${column}`).join(', ')
  let compacted: HistoryPoint | undefined
  let within = 'true'
  for (const { table, width } of [LEVELS.hour, LEVELS.minute]) {
    const [row] = await rows(
      `SELECT (t + last_at)::DOUBLE, ${last('last')}, (t + first_at)::DOUBLE, ${last('first')}, t::DOUBLE FROM ${table}
      WHERE tag = ${tag} AND t <= ${t} AND t + first_at <= ${t} AND ${within} ORDER BY t DESC LIMIT 1`,
    )
    if (row === undefined) break
    const whole = Number(row[0]) <= t
    compacted = pointOf(whole ? row.slice(0, 5) : row.slice(5, 10))
    if (whole) break
    within = `t >= ${Number(row[10])} AND t < ${Number(row[10]) + width}`
  }
  const from = compacted?.[0] ?? 0
  // The first of a bucket was the last word of the roll-ups: its readings may know a later one.
  const parts = [
    ...(compacted === undefined ? [] : [['reading', 0, from, Math.min(t, from + LEVELS.hour.width)] as const]),
    ...FRESH.map((table, at) => [table, at + 1, from, t] as const),
  ].map(
    ([table, src, low, high]) =>
      `(SELECT ${POINT}, ${src} AS src, rowid AS r FROM ${table} WHERE tag = ${tag} AND t >= ${low} AND t <= ${high}
      ORDER BY t DESC, rowid LIMIT 1)`,
  )
  const [row] = await rows(`SELECT * FROM (${parts.join(' UNION ALL ')}) ORDER BY 1 DESC, src, r LIMIT 1`)
  return row === undefined ? compacted : pointOf(row)
}

export async function latestOf(rows: Rows, names: ReadonlyMap<number, string>, from: number) {
  const columns = 'tag, t, kind, number, text, quality'
  const rolled = `SELECT tag, t + last_at AS t, last_kind AS kind, last_number AS number, last_text AS text,
    last_quality AS quality FROM ${LEVELS.minute.table} WHERE t >= ${from - LEVELS.minute.width} AND t + last_at >= ${from}`
  const fresh = FRESH.map(table => `SELECT ${columns} FROM ${table} WHERE t >= ${from}`)
  const found = await rows(
    `SELECT tag, max(t)::DOUBLE, arg_max(kind, t), arg_max_null(number, t), arg_max_null(text, t), arg_max(quality, t)
    FROM (${[rolled, ...fresh].join(' UNION ALL ')}) GROUP BY tag`,
  )
  return new Map(found.map(([id, ...rest]) => [names.get(Number(id)) ?? '', pointOf(rest)]))
}

export async function countAll(rows: Rows): Promise<number> {
  const parts = ['reading', ...FRESH].map(table => `(SELECT count(*) FROM ${table})`)
  return Number((await rows(`SELECT (${parts.join(' + ')})::DOUBLE`))[0]?.[0] ?? 0)
}

/** Time before which a tag's readings are gone, by tag; a tag that lost none is not in it. */
export async function rawFloors(rows: Rows): Promise<Map<number, number>> {
  const found = await rows('SELECT tag, max(t)::DOUBLE FROM raw_floor GROUP BY tag')
  return new Map(found.map(([tag, t]) => [Number(tag), Number(t)]))
}

/** Rows of an export, by tag and time, each (tag, time) once. */
export function exportQuery(ids: readonly number[], from: number, to: number, format: 'parquet' | 'csv'): string {
  const where = `WHERE tag IN (${ids.join(',')}) AND t >= ${from} AND t <= ${to}`
  const parts = ['reading', ...FRESH].map((table, src) => `SELECT *, ${src} AS src, rowid AS r FROM ${table} ${where}`)
  const source = `(SELECT * FROM (${parts.join(' UNION ALL ')}) QUALIFY row_number() OVER (PARTITION BY tag, t ORDER BY src, r) = 1)`
  const quality = "CASE quality WHEN 0 THEN 'good' WHEN 1 THEN 'uncertain' ELSE 'bad' END AS quality"
  const type = `CASE kind WHEN ${KIND.number} THEN 'number' WHEN ${KIND.boolean} THEN 'boolean' WHEN ${KIND.string} THEN 'string' ELSE 'none' END AS type`
  const value = `CASE kind WHEN ${KIND.number} THEN number::VARCHAR WHEN ${KIND.boolean} THEN (number = 1)::VARCHAR ELSE text END AS value`
  const columns =
    format === 'csv'
      ? `g.name AS tag, strftime(make_timestamp_ms(s.t), '%Y-%m-%dT%H:%M:%S.%gZ') AS time, ${type}, ${value}, ${quality}`
      : `g.name AS tag, make_timestamp_ms(s.t) AS time, s.t AS time_ms, ${type}, number, text, ${quality}`
  return `SELECT ${columns} FROM ${source} s JOIN tag g ON g.id = s.tag ORDER BY g.name, s.t`
}
