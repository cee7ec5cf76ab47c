/**
 * A time range of one tag, covered by the coarsest rows that fit: hours inside, minutes at their edges, readings at the
 * edges of those, and the fresh tables whole. Texts of queries only.
 */
import { KIND } from './codes.ts'
import { isGone, isUsable } from './partials.ts'
import { type Fresh, LEVELS } from './schema.ts'

export type Grain = 'raw' | 'second' | 'minute' | 'hour'

/** The columns of a cover, from a reading and from a row of a roll-up, both beside the time `t` of the row. */
interface Columns {
  readonly reading: string
  readonly rollup: string
}

/** Time, kind and quality in one number, exact as a DOUBLE: fewer aggregates, half the time. */
const packed = (t: string, kind: string, quality: string) =>
  `((${t}) * 256 + ${kind}::BIGINT * 16 + ${quality}::BIGINT)`
export const unpacked = (value: number) => {
  const code = value % 256
  return { t: (value - code) / 256, kind: Math.floor(code / 16), quality: code % 16 }
}

const counts: Columns = { reading: '1 AS n', rollup: 'n' }
/** Counts, extremes of usable values, and the first bad one, each packed. */
const extremes: Columns = {
  reading: `1 AS n, (kind = ${KIND.string})::INTEGER AS texts, CASE WHEN ${isUsable()} THEN number END AS low, ${packed('t', 'kind', 'quality')} AS low_at,
    CASE WHEN ${isUsable()} THEN number END AS high, ${packed('t', 'kind', 'quality')} AS high_at,
    CASE WHEN ${isGone()} THEN ${packed('t', 'kind', 'quality')} END AS gone_at, number AS gone_number`,
  rollup: `n, (first_kind = ${KIND.string})::INTEGER AS texts, low, ${packed('t + low_at', 'low_kind', 'low_quality')} AS low_at,
    high, ${packed('t + high_at', 'high_kind', 'high_quality')} AS high_at,
    ${packed('t + gone_at', 'gone_kind', '2')} AS gone_at, gone_number`,
}
const firsts: Columns = {
  reading: 't AS first_t, kind AS first_kind, number AS first_number, text AS first_text, quality AS first_quality',
  rollup: 't + first_at AS first_t, first_kind, first_number, first_text, first_quality',
}

interface Range {
  readonly tag: number
  /** ms, inclusive. */
  readonly from: number
  readonly to: number
  /** Fresh tables that hold rows: each more costs time to plan. */
  readonly fresh: readonly Fresh[]
}

/** A relation of rows none coarser than `grain`. */
function cover({ tag, from, to, fresh }: Range, grain: Grain, columns: Columns): string {
  const parts: string[] = []
  const where = (low: number, high: number) => `WHERE tag = ${tag} AND t >= ${low} AND t < ${high}`
  const t = grain === 'raw' ? 't' : `(t // ${LEVELS[grain].width}) * ${LEVELS[grain].width}`
  const readings = (table: string, low: number, high: number) =>
    parts.push(`SELECT ${t} AS t, ${columns.reading} FROM ${table} ${where(low, high)}`)
  /** [low, high) by rows of `level`, its edges by the next finer. */
  const fill = (low: number, high: number, level: Grain): void => {
    if (high <= low) return
    if (level === 'raw') {
      readings('reading', low, high)
      return
    }
    const { table, width } = LEVELS[level]
    const first = Math.ceil(low / width) * width
    const end = Math.floor(high / width) * width
    const finer: Grain = level === 'hour' ? 'minute' : 'raw'
    if (end <= first) {
      fill(low, high, finer)
      return
    }
    parts.push(`SELECT t, ${columns.rollup} FROM ${table} ${where(first, end)}`)
    fill(low, first, finer)
    fill(end, high, finer)
  }
  fill(from, to + 1, grain)
  for (const table of fresh) readings(table, from, to + 1)
  return `(${parts.join(' UNION ALL ')})`
}

/** How many readings. */
export const countQuery = (range: Range) => `SELECT sum(n)::DOUBLE FROM ${cover(range, 'hour', counts)}`

/** n, texts; least with its place, greatest with its place, place and number of the first bad one; a row a bucket, by time. */
export const extremesQuery = (range: Range, grain: Grain, bucket: string) => `
  SELECT sum(n)::DOUBLE, sum(texts)::DOUBLE, min(low), arg_min(low_at, low)::DOUBLE, max(high),
    arg_max(high_at, high)::DOUBLE, min(gone_at)::DOUBLE, arg_min_null(gone_number, gone_at)
  FROM ${cover(range, grain, extremes)} GROUP BY ${bucket} ORDER BY min(t)`

/** Time, kind, number, text, quality of each bucket's first value, by time. */
export const firstsQuery = (range: Range, grain: Grain, bucket: string) => `
  SELECT min(first_t)::DOUBLE, arg_min(first_kind, first_t), arg_min_null(first_number, first_t),
    arg_min_null(first_text, first_t), arg_min(first_quality, first_t)
  FROM ${cover(range, grain, firsts)} GROUP BY ${bucket} ORDER BY 1`
