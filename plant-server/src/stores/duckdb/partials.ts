/** Roll-ups in SQL: rows of a bucket from readings, and two rows of one bucket joined. Texts of queries only. */
import { BAD, KIND, UNCERTAIN } from './codes.ts'

export const isUsable = (row = '') =>
  `(${row}quality <> ${BAD} AND (${row}kind = ${KIND.number} OR ${row}kind = ${KIND.boolean}))`
export const isGone = (row = '') => `(${row}quality = ${BAD} OR ${row}kind = ${KIND.null})`

/** Readings of `relation` (with `src` and `r` for the order in which they came), one a (tag, t), and the tag's next time. */
export const onceEach = (relation: string) => `
  SELECT tag, t, kind, number, text, quality, lead(t) OVER (PARTITION BY tag ORDER BY t) AS next_t
  FROM (SELECT * FROM ${relation} QUALIFY row_number() OVER (PARTITION BY tag, t ORDER BY src, r) = 1)`

/** Time, kind and quality in one number: one aggregate instead of three. Times of one tag differ, so least and greatest are first and last. */
const PACKED = '(t * 256 + kind::BIGINT * 16 + quality)'
const unpack = (packed: string, name: string, bucket: string) =>
  `(${packed} // 256 - ${bucket})::UINTEGER AS ${name}_at, (${packed} % 256 // 16)::UTINYINT AS ${name}_kind,
  (${packed} % 16)::UTINYINT AS ${name}_quality`

/**
 * One row a (tag, bucket) of `width` ms from the readings of `relation`, which holds each once with its `next_t`.
 * @param texts false where it is known that there are none: they cost a third of the time
 */
export function partialsOf(relation: string, width: number, texts = true): string {
  const usable = `FILTER (${isUsable()})`
  const gone = `FILTER (${isGone()})`
  const within = `FILTER (${isUsable()} AND next_t // ${width} = t // ${width})`
  const text = (expression: string) => (texts ? expression : 'NULL::VARCHAR')
  return `
    SELECT tag, bucket AS t, n, usable, gone, doubtful, low, ${unpack('low_p', 'low', 'bucket')},
      high, ${unpack('high_p', 'high', 'bucket')}, sum, ${unpack('first_p', 'first', 'bucket')}, first_number, first_text,
      ${unpack('last_p', 'last', 'bucket')}, last_number, last_text, area, held,
      (gone_p // 256 - bucket)::UINTEGER AS gone_at, (gone_p % 256 // 16)::UTINYINT AS gone_kind, gone_number
    FROM (
      SELECT tag, (t // ${width}) * ${width} AS bucket, count(*)::UINTEGER AS n, count(*) ${usable}::UINTEGER AS usable,
        count(*) ${gone}::UINTEGER AS gone, count(*) FILTER (quality = ${UNCERTAIN})::UINTEGER AS doubtful,
        min(number) ${usable} AS low, arg_min(${PACKED}, number) ${usable} AS low_p,
        max(number) ${usable} AS high, arg_max(${PACKED}, number) ${usable} AS high_p, sum(number) ${usable} AS sum,
        min(${PACKED}) AS first_p, arg_min_null(number, t) AS first_number, ${text('arg_min_null(text, t)')} AS first_text,
        max(${PACKED}) AS last_p, arg_max_null(number, t) AS last_number, ${text('arg_max_null(text, t)')} AS last_text,
        coalesce(sum(number * (next_t - t)) ${within}, 0)::DOUBLE AS area,
        coalesce(sum(next_t - t) ${within}, 0)::UINTEGER AS held,
        min(${PACKED}) ${gone} AS gone_p, arg_min_null(number, t) ${gone} AS gone_number
      FROM ${relation} GROUP BY tag, bucket)`
}

/** Rows of `width` ms from finer rows of `relation`, made of the same readings. */
export function coarserOf(relation: string, width: number): string {
  const bucket = `(t // ${width}) * ${width}`
  const of = (name: string, best: string, order: string, ...columns: string[]) =>
    columns.map(column => `${best}(${column}, ${order}) AS ${column}`).join(', ') +
    `, (${best}(t + ${name}_at, ${order}) - any_value(${bucket}))::UINTEGER AS ${name}_at`
  const lasts = `last_quality <> ${BAD} AND (last_kind = ${KIND.number} OR last_kind = ${KIND.boolean})`
  const between = `FILTER (${lasts} AND next_first // ${width} = t // ${width})`
  return `
    SELECT tag, ${bucket} AS t, sum(n)::UINTEGER AS n, sum(usable)::UINTEGER AS usable, sum(gone)::UINTEGER AS gone,
      sum(doubtful)::UINTEGER AS doubtful, min(low) AS low, ${of('low', 'arg_min', 'low', 'low_kind', 'low_quality')},
      max(high) AS high, ${of('high', 'arg_max', 'high', 'high_kind', 'high_quality')}, sum(sum) AS sum,
      ${of('first', 'arg_min_null', 't', 'first_kind', 'first_quality', 'first_number', 'first_text')},
      ${of('last', 'arg_max_null', 't', 'last_kind', 'last_quality', 'last_number', 'last_text')},
      sum(area) + coalesce(sum(last_number * (next_first - t - last_at)) ${between}, 0) AS area,
      (sum(held) + coalesce(sum(next_first - t - last_at) ${between}, 0))::UINTEGER AS held,
      (min(t + gone_at) - any_value(${bucket}))::UINTEGER AS gone_at, arg_min(gone_kind, t + gone_at) AS gone_kind,
      arg_min_null(gone_number, t + gone_at) AS gone_number
    FROM (SELECT *, lead(t + first_at) OVER (PARTITION BY tag ORDER BY t) AS next_first FROM ${relation})
    GROUP BY tag, ${bucket}`
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
