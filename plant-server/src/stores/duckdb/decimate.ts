/** Few points for many values: the least and the greatest of each bucket, and one bad point where it holds any. */
import type { DuckDBValue } from '@duckdb/node-api'
import type { HistoryPoint } from '@millwright/contract'
import { qualityOf, readingValueOf } from './codes.ts'
import { cover, type Grain, statsOf } from './cover.ts'
import type { Rows } from './readers.ts'
import { LEVELS } from './schema.ts'

export interface Decimation {
  readonly tag: number
  readonly from: number
  readonly to: number
  readonly points: number
  /** Readings before this time are gone; their roll-ups stand. */
  readonly rawFrom: number
}

/** Undefined where so few are stored that all may be given. */
export async function decimate(rows: Rows, { tag, from, to, points, rawFrom }: Decimation) {
  const counted = await rows(statsOf(cover(tag, from, to, 'hour')))
  const [all, bad, texts, begin, end] = (counted[0] ?? []).map(Number) as [number, number, number, number, number]
  if (all === 0) return []
  if (all <= points && from >= rawFrom) return undefined
  const perBucket = texts > 0 ? 1 : bad > 0 ? 3 : 2
  const buckets = Math.max(1, Math.floor(points / perBucket))
  const width = (end - begin + 1) / buckets
  const grain = grainFor(width, begin < rawFrom)
  const bucket = `(greatest(t, ${begin}) - ${begin}) * ${buckets} // ${end - begin + 1}`
  const relation = cover(tag, from, to, grain)
  if (texts > 0) {
    const found = await rows(
      `SELECT min(first_t)::DOUBLE, arg_min(first_kind, first_t), arg_min_null(first_number, first_t),
        arg_min_null(first_text, first_t), arg_min(first_quality, first_t)
      FROM ${relation} GROUP BY ${bucket} ORDER BY 1`,
    )
    return found.map(row => pointOf(row))
  }
  const found = await rows(
    `SELECT arg_min(low_t, low)::DOUBLE, arg_min(low_kind, low), min(low), arg_min(low_quality, low),
      arg_max(high_t, high)::DOUBLE, arg_max(high_kind, high), max(high), arg_max(high_quality, high),
      min(gone_t)::DOUBLE, arg_min(gone_kind, gone_t), arg_min_null(gone_number, gone_t)
    FROM ${relation} GROUP BY ${bucket} ORDER BY min(t)`,
  )
  return found.flatMap(row => bucketPoints(row).slice(0, points))
}

/** The coarsest rows that are no wider than a bucket; where readings are gone, at least minutes. */
function grainFor(width: number, rawGone: boolean): Grain {
  if (width >= LEVELS.hour.width) return 'hour'
  return width >= LEVELS.minute.width || rawGone ? 'minute' : 'raw'
}

/** From t, kind, number, text, quality. */
export const pointOf = ([t, kind, number, text, quality]: readonly DuckDBValue[]): HistoryPoint => [
  Number(t),
  readingValueOf(kind, number, text),
  qualityOf(quality),
]

/** Least, greatest and first bad point of a bucket, by time; one point where least and greatest are the same. */
function bucketPoints(row: readonly DuckDBValue[]): HistoryPoint[] {
  const points: HistoryPoint[] = []
  if (row[0] !== null) points.push([Number(row[0]), readingValueOf(row[1], row[2], null), qualityOf(row[3])])
  if (row[8] !== null) points.push([Number(row[8]), readingValueOf(row[9], row[10], null), 'bad'])
  if (row[4] !== null && row[4] !== row[0])
    points.push([Number(row[4]), readingValueOf(row[5], row[6], null), qualityOf(row[7])])
  const byTime = points.sort((a, b) => a[0] - b[0])
  return byTime.filter((entry, index) => entry[0] !== byTime[index - 1]?.[0])
}
