/** Few points for many values: the least and the greatest of each bucket, and one bad point where it holds any. */
import type { DuckDBValue } from '@duckdb/node-api'
import type { HistoryPoint } from '@millwright/contract'
import { qualityOf, readingValueOf } from './codes.ts'
import { extremesQuery, firstsQuery, type Grain, unpacked } from './cover.ts'
import type { Rows } from './readers.ts'
import { type Fresh, LEVELS } from './schema.ts'

export interface Decimation {
  readonly tag: number
  /** ms, inclusive. */
  readonly from: number
  readonly to: number
  readonly points: number
  /** Readings before this time are gone; their roll-ups stand. */
  readonly rawFrom: number
  readonly fresh: readonly Fresh[]
}

/** Undefined where so few are stored that all may be given. */
export async function decimate(rows: Rows, { tag, from, to, points, rawFrom, fresh }: Decimation) {
  const range = { tag, from, to, fresh }
  const span = to - from + 1
  const buckets = Math.max(1, Math.floor(points / 2))
  const grain = grainFor(span / buckets, from < rawFrom)
  const bucket = (count: number) => `(greatest(t, ${from}) - ${from}) * ${count} // ${span}`
  const found = await rows(extremesQuery(range, grain, bucket(buckets)))
  const all = found.reduce((sum, row) => sum + Number(row[0]), 0)
  if (all === 0) return []
  if (all <= points && from >= rawFrom) return undefined
  if (found.some(row => Number(row[1]) > 0))
    return (await rows(firstsQuery(range, grainFor(span / points, from < rawFrom), bucket(points)))).map(pointOf)
  return fewer(found.map(bucketOf), points)
}

/**
 * The coarsest rows that make at least half the buckets asked for: a few of thousands of points are given for a tenth of the
 * work. Where readings are gone, at least minutes.
 */
function grainFor(width: number, rawGone: boolean): Grain {
  if (width >= LEVELS.hour.width / 2) return 'hour'
  return width >= LEVELS.minute.width / 2 || rawGone ? 'minute' : 'raw'
}

interface Bucket {
  readonly low: HistoryPoint | undefined
  readonly high: HistoryPoint | undefined
  readonly gone: HistoryPoint | undefined
}

/** Neighbours are joined until their points are few enough: bad ones take room too. */
function fewer(buckets: readonly Bucket[], most: number): HistoryPoint[] {
  for (let together = 1; ; together += 1) {
    const found: HistoryPoint[] = []
    for (let at = 0; at < buckets.length; at += together)
      found.push(...pointsOf(buckets.slice(at, at + together).reduce(joinedBuckets)))
    if (found.length <= most) return found
    // One bucket of three points, two asked for.
    if (together >= buckets.length) return found.slice(0, most)
  }
}

function joinedBuckets(a: Bucket, b: Bucket): Bucket {
  const value = (point: HistoryPoint) => Number(point[1])
  return {
    low: a.low === undefined || (b.low !== undefined && value(b.low) < value(a.low)) ? b.low : a.low,
    high: a.high === undefined || (b.high !== undefined && value(b.high) > value(a.high)) ? b.high : a.high,
    gone: a.gone ?? b.gone,
  }
}

/** From t, kind, number, text, quality. */
export const pointOf = ([t, kind, number, text, quality]: readonly DuckDBValue[]): HistoryPoint => [
  Number(t),
  readingValueOf(kind, number, text),
  qualityOf(quality),
]

function packedPoint(place: DuckDBValue | undefined, number: DuckDBValue | undefined): HistoryPoint | undefined {
  if (place === null || place === undefined) return undefined
  const { t, kind, quality } = unpacked(Number(place))
  return [t, readingValueOf(kind, number, null), qualityOf(quality)]
}

const bucketOf = ([, , low, lowAt, high, highAt, goneAt, goneNumber]: readonly DuckDBValue[]): Bucket => ({
  low: packedPoint(lowAt, low),
  high: packedPoint(highAt, high),
  gone: packedPoint(goneAt, goneNumber),
})

/** Least, greatest and first bad point, by time; one point where least and greatest are the same. */
function pointsOf({ low, high, gone }: Bucket): HistoryPoint[] {
  const byTime = [low, high, gone].filter(point => point !== undefined).sort((a, b) => a[0] - b[0])
  return byTime.filter((entry, index) => entry[0] !== byTime[index - 1]?.[0])
}
