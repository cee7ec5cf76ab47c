/** Reading from the historian, on a connection of its own: a long read waits for nobody and stops nobody. */
import type { DuckDBInstance, DuckDBValue } from '@duckdb/node-api'
import type { HistoryPoint } from '@millwright/contract'
import { BAD, KIND, qualityOf, readingValueOf } from './duckdb-codes.ts'
import type { ReadingStore } from './readings.ts'

const HOUR = 3_600_000
/** How far back the last value is looked for, step by step: row groups outside are never touched. */
const LOOK_BACK = [HOUR, 24 * HOUR, 30 * 24 * HOUR, Number.POSITIVE_INFINITY]
/** t as DOUBLE: exact below 2^53, and no bigint per row. */
const POINT = 't::DOUBLE, kind, number, text, quality'
const RANGE = 'FROM reading WHERE tag = $1 AND t >= $2 AND t <= $3'

type Reads = Pick<ReadingStore, 'raw' | 'decimated' | 'valueAt' | 'latest' | 'count'>

export async function createReads(
  instance: DuckDBInstance,
  idOf: (tag: string) => number | undefined,
  ids: ReadonlyMap<string, number>,
): Promise<{ api: Reads; close(): Promise<void> }> {
  const reader = await instance.connect()
  const rows = async (sql: string, values: DuckDBValue[] = []) =>
    (await reader.runAndReadAll(sql, values)).getRows() as DuckDBValue[][]
  const point = ([t, kind, number, text, quality]: DuckDBValue[]): HistoryPoint => [
    Number(t),
    readingValueOf(kind, number, text),
    qualityOf(quality),
  ]
  const range = (tag: number, from: number, to: number) => [tag, BigInt(Math.ceil(from)), BigInt(Math.floor(to))]

  async function raw(tag: string, from: number, to: number): Promise<HistoryPoint[]> {
    const id = idOf(tag)
    if (id === undefined) return []
    const found = await rows(`SELECT ${POINT} ${RANGE} ORDER BY t, rowid`, range(id, from, to))
    const points: HistoryPoint[] = []
    for (const row of found) if (points.at(-1)?.[0] !== row[0]) points.push(point(row))
    return points
  }

  async function decimated(tag: string, from: number, to: number, points: number): Promise<HistoryPoint[]> {
    const id = idOf(tag)
    if (id === undefined) return []
    const [counts] = await rows(
      `SELECT count(*), count(*) FILTER (quality = ${BAD} OR kind = ${KIND.null}), count(*) FILTER (kind = ${KIND.string}),
        min(t)::DOUBLE, max(t)::DOUBLE ${RANGE}`,
      range(id, from, to),
    )
    const [all, bad, texts] = (counts ?? []).map(Number)
    if (all === undefined || all <= points) return raw(tag, from, to)
    const begin = Number(counts?.[3])
    const end = Number(counts?.[4])
    const bucket = (buckets: number) => `(t - ${begin}) * ${buckets} // ${end - begin + 1}`
    if ((texts ?? 0) > 0) {
      const found = await rows(
        `SELECT ${POINT} ${RANGE} QUALIFY row_number() OVER (PARTITION BY ${bucket(points)} ORDER BY t, rowid) = 1 ORDER BY t`,
        range(id, from, to),
      )
      return found.map(point)
    }
    const buckets = Math.max(1, Math.floor(points / ((bad ?? 0) > 0 ? 3 : 2)))
    const good = `FILTER (quality <> ${BAD} AND kind <> ${KIND.null})`
    const gone = `FILTER (quality = ${BAD} OR kind = ${KIND.null})`
    const found = await rows(
      `SELECT
        arg_min(t, number) ${good}::DOUBLE, arg_min(kind, number) ${good}, min(number) ${good}, arg_min(quality, number) ${good},
        arg_max(t, number) ${good}::DOUBLE, arg_max(kind, number) ${good}, max(number) ${good}, arg_max(quality, number) ${good},
        min(t) ${gone}::DOUBLE, arg_min(kind, t) ${gone}, arg_min_null(number, t) ${gone}
      ${RANGE} GROUP BY ${bucket(buckets)} ORDER BY min(t)`,
      range(id, from, to),
    )
    return found.flatMap(row => bucketPoints(row).slice(0, points))
  }

  async function valueAt(tag: string, t: number): Promise<HistoryPoint | undefined> {
    const id = idOf(tag)
    if (id === undefined) return undefined
    for (const back of LOOK_BACK) {
      const from = Number.isFinite(back) ? t - back : 0
      const [found] = await rows(`SELECT ${POINT} ${RANGE} ORDER BY t DESC, rowid LIMIT 1`, range(id, from, t))
      if (found !== undefined) return point(found)
    }
    return undefined
  }

  async function latest(from: number): Promise<Map<string, HistoryPoint>> {
    const names = new Map([...ids].map(([name, id]) => [id, name]))
    const found = await rows(
      `SELECT tag, max(t)::DOUBLE, arg_max(kind, t), arg_max_null(number, t), arg_max_null(text, t), arg_max(quality, t)
       FROM reading WHERE t >= $1 GROUP BY tag`,
      [BigInt(from)],
    )
    return new Map(found.map(([id, ...rest]) => [names.get(Number(id)) ?? '', point(rest)]))
  }

  return {
    api: {
      raw,
      decimated,
      valueAt,
      latest,
      count: async () => Number((await rows('SELECT count(*) FROM reading'))[0]?.[0] ?? 0),
    },
    close: async () => reader.closeSync(),
  }
}

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
