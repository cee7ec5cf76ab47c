/** Few points for many values: the least and the greatest of each bucket, and one bad point where it holds any. */
import type { DuckDBValue } from '@duckdb/node-api'
import type { HistoryPoint } from '@millwright/contract'
import { qualityOf, readingValueOf } from './codes.ts'
import { extremesQuery, firstsQuery, type Grain, statsQuery, unpacked } from './cover.ts'
import type { Rows } from './readers.ts'
import { LEVELS } from './schema.ts'

export interface Decimation {
  readonly tag: number
  /** ms, inclusive. */
  readonly from: number
  readonly to: number
  readonly points: number
  /** Readings before this time are gone; their roll-ups stand. */
  readonly rawFrom: number
}

/** Undefined where so few are stored that all may be given. */
export async function decimate(rows: Rows, { tag, from, to, points, rawFrom }: Decimation) {
  const range = { tag, from, to }
  const counted = await rows(statsQuery(range))
  const [all, bad, texts, begin, end] = (counted[0] ?? []).map(Number) as [number, number, number, number, number]
  if (all === 0) return []
  if (all <= points && from >= rawFrom) return undefined
  const perBucket = texts > 0 ? 1 : bad > 0 ? 3 : 2
  const buckets = Math.max(1, Math.floor(points / perBucket))
  const grain = grainFor((end - begin + 1) / buckets, begin < rawFrom)
  const bucket = `(greatest(t, ${begin}) - ${begin}) * ${buckets} // ${end - begin + 1}`
  if (texts > 0) return (await rows(firstsQuery(range, grain, bucket))).map(pointOf)
  return (await rows(extremesQuery(range, grain, bucket))).flatMap(row => bucketPoints(row).slice(0, points))
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

function packedPoint(place: DuckDBValue | undefined, number: DuckDBValue | undefined): HistoryPoint[] {
  if (place === null || place === undefined) return []
  const { t, kind, quality } = unpacked(Number(place))
  return [[t, readingValueOf(kind, number, null), qualityOf(quality)]]
}

/** Least, greatest and first bad point of a bucket, by time; one point where least and greatest are the same. */
function bucketPoints([low, lowAt, high, highAt, goneAt, goneNumber]: readonly DuckDBValue[]): HistoryPoint[] {
  const points = [...packedPoint(lowAt, low), ...packedPoint(goneAt, goneNumber), ...packedPoint(highAt, high)]
  const byTime = points.sort((a, b) => a[0] - b[0])
  return byTime.filter((entry, index) => entry[0] !== byTime[index - 1]?.[0])
}
