/**
 * A time range of one tag, covered by the coarsest rows that fit: hours inside, minutes at their edges, readings at the
 * edges of those, and the fresh tables whole. Texts of queries only.
 */
import { KIND } from './codes.ts'
import { isGone, isUsable } from './partials.ts'
import { FRESH, LEVELS } from './schema.ts'

export type Grain = 'raw' | 'second' | 'minute' | 'hour'

/** What every row of a cover has: counts, its extremes, its first value and its first bad one, with their times. */
const ofReading = (relation: string, width: number) => `
  SELECT ${width === 1 ? 't' : `(t // ${width}) * ${width}`} AS t, t AS first_t, t AS last_t, 1 AS n, ${isGone()}::INTEGER AS gone,
    CASE WHEN ${isUsable()} THEN number END AS low, t AS low_t, kind AS low_kind, quality AS low_quality,
    CASE WHEN ${isUsable()} THEN number END AS high, t AS high_t, kind AS high_kind, quality AS high_quality,
    CASE WHEN ${isGone()} THEN t END AS gone_t, kind AS gone_kind, number AS gone_number,
    kind AS first_kind, number AS first_number, text AS first_text, quality AS first_quality
  FROM ${relation}`

const ofRollup = (relation: string) => `
  SELECT t, t + first_at AS first_t, t + last_at AS last_t, n, gone,
    low, t + low_at AS low_t, low_kind, low_quality, high, t + high_at AS high_t, high_kind, high_quality,
    t + gone_at AS gone_t, gone_kind, gone_number, first_kind, first_number, first_text, first_quality
  FROM ${relation}`

/** A relation of the rows for `tag` from..to (ms, inclusive), none coarser than `grain`. */
export function cover(tag: number, from: number, to: number, grain: Grain): string {
  const parts: string[] = []
  const where = (low: number, high: number) => `WHERE tag = ${tag} AND t >= ${low} AND t < ${high}`
  const width = grain === 'raw' ? 1 : LEVELS[grain].width
  /** [low, high) by rows of `level`, its edges by the next finer. */
  const fill = (low: number, high: number, level: Grain): void => {
    if (high <= low) return
    if (level === 'raw') {
      parts.push(ofReading(`reading ${where(low, high)}`, width))
      return
    }
    const { table, width: step } = LEVELS[level]
    const first = Math.ceil(low / step) * step
    const end = Math.floor(high / step) * step
    const finer: Grain = level === 'hour' ? 'minute' : 'raw'
    if (end <= first) {
      fill(low, high, finer)
      return
    }
    parts.push(ofRollup(`${table} ${where(first, end)}`))
    fill(low, first, finer)
    fill(end, high, finer)
  }
  fill(from, to + 1, grain)
  for (const table of FRESH) parts.push(ofReading(`${table} ${where(from, to + 1)}`, width))
  return `(${parts.join(' UNION ALL ')})`
}

/** n, gone, texts, first and last time of a range. */
export const statsOf = (relation: string) => `
  SELECT sum(n)::DOUBLE, sum(gone)::DOUBLE, count(*) FILTER (first_kind = ${KIND.string}), min(first_t)::DOUBLE, max(last_t)::DOUBLE
  FROM ${relation}`
