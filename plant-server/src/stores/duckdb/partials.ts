/** Roll-ups in SQL: rows of a bucket from readings, and two rows of one bucket joined. Texts of queries only. */
import { BAD, KIND, UNCERTAIN } from './codes.ts'

export const isUsable = (row = '') =>
  `(${row}quality <> ${BAD} AND (${row}kind = ${KIND.number} OR ${row}kind = ${KIND.boolean}))`
export const isGone = (row = '') => `(${row}quality = ${BAD} OR ${row}kind = ${KIND.null})`

/** Readings of `relation` (with `src` and `r` for the order in which they came), one a (tag, t), and the tag's next time. */
export const onceEach = (relation: string) => `
  SELECT tag, t, kind, number, text, quality, lead(t) OVER (PARTITION BY tag ORDER BY t) AS next_t
  FROM (SELECT * FROM ${relation} QUALIFY row_number() OVER (PARTITION BY tag, t ORDER BY src, r) = 1)`

/** One row a (tag, bucket) of `width` ms from the readings of `relation`, which holds each once with its `next_t`. */
export function partialsOf(relation: string, width: number): string {
  const bucket = `(t // ${width}) * ${width}`
  const at = (expression: string) => `(${expression} - any_value(${bucket}))::UINTEGER`
  const usable = `FILTER (${isUsable()})`
  const gone = `FILTER (${isGone()})`
  const within = `FILTER (${isUsable()} AND next_t // ${width} = t // ${width})`
  return `
    SELECT tag, ${bucket} AS t, count(*)::UINTEGER AS n, count(*) ${usable}::UINTEGER AS usable,
      count(*) ${gone}::UINTEGER AS gone, count(*) FILTER (quality = ${UNCERTAIN})::UINTEGER AS doubtful,
      min(number) ${usable} AS low, ${at(`arg_min(t, number) ${usable}`)} AS low_at,
      arg_min(kind, number) ${usable} AS low_kind, arg_min(quality, number) ${usable} AS low_quality,
      max(number) ${usable} AS high, ${at(`arg_max(t, number) ${usable}`)} AS high_at,
      arg_max(kind, number) ${usable} AS high_kind, arg_max(quality, number) ${usable} AS high_quality,
      sum(number) ${usable} AS sum,
      ${at('min(t)')} AS first_at, arg_min(kind, t) AS first_kind, arg_min_null(number, t) AS first_number,
      arg_min_null(text, t) AS first_text, arg_min(quality, t) AS first_quality,
      ${at('max(t)')} AS last_at, arg_max(kind, t) AS last_kind, arg_max_null(number, t) AS last_number,
      arg_max_null(text, t) AS last_text, arg_max(quality, t) AS last_quality,
      coalesce(sum(number * (next_t - t)) ${within}, 0)::DOUBLE AS area,
      coalesce(sum(next_t - t) ${within}, 0)::UINTEGER AS held,
      ${at(`min(t) ${gone}`)} AS gone_at, arg_min(kind, t) ${gone} AS gone_kind,
      arg_min_null(number, t) ${gone} AS gone_number
    FROM ${relation} GROUP BY tag, ${bucket}`
}

/** Rows of `before` and of `after` (same tag and bucket) as one; exact where all of `after` is later. */
export function joined(before: string, after: string): string {
  const pick = (better: string, ...columns: string[]) =>
    columns.map(column => `CASE WHEN ${better} THEN a.${column} ELSE b.${column} END AS ${column}`).join(', ')
  const lower = '(b.low IS NULL OR a.low < b.low)'
  const higher = '(b.high IS NULL OR a.high > b.high)'
  const columns = (prefix: string) => ['at', 'kind', 'number', 'text', 'quality'].map(part => `${prefix}_${part}`)
  const lasts = `(b.last_quality <> ${BAD} AND (b.last_kind = ${KIND.number} OR b.last_kind = ${KIND.boolean}))`
  const between = `CASE WHEN ${lasts} THEN greatest(0, a.first_at::BIGINT - b.last_at) ELSE 0 END`
  const earlier = '(b.gone_at IS NULL OR a.gone_at < b.gone_at)'
  return `
    SELECT b.tag, b.t, b.n + a.n AS n, b.usable + a.usable AS usable, b.gone + a.gone AS gone,
      b.doubtful + a.doubtful AS doubtful,
      ${pick(lower, 'low', 'low_at', 'low_kind', 'low_quality')}, ${pick(higher, 'high', 'high_at', 'high_kind', 'high_quality')},
      CASE WHEN b.sum IS NULL THEN a.sum WHEN a.sum IS NULL THEN b.sum ELSE b.sum + a.sum END AS sum,
      ${pick('a.first_at < b.first_at', ...columns('first'))}, ${pick('a.last_at >= b.last_at', ...columns('last'))},
      b.area + a.area + coalesce(b.last_number, 0) * (${between}) AS area,
      least(b.held + a.held + (${between}), 4294967295)::UINTEGER AS held,
      ${pick(earlier, 'gone_at', 'gone_kind', 'gone_number')}
    FROM ${before} b JOIN ${after} a ON a.tag = b.tag AND a.t = b.t`
}
