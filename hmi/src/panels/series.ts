/** What a trend draws, from stored points: aligned columns, gaps kept as gaps, bad stretches named. Pure. */
import type { HistoryPoint, Limits, ReadingValue } from '@millwright/contract'

export interface TrendSeries {
  readonly key: string
  readonly name: string
  readonly unit: string
  readonly points: readonly HistoryPoint[]
  readonly digits: number
  readonly limits?: Limits
}

/** A number to draw; null for what must not be drawn: no value, a text, bad quality. */
export function drawable(value: ReadingValue, quality: HistoryPoint[2]): number | null {
  if (quality === 'bad' || value === null) return null
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

/** Column of one series: a number, null for a gap, undefined where this series has no point at that time. */
export type Cell = number | null | undefined

export interface Aligned {
  readonly times: readonly number[]
  readonly columns: readonly (readonly Cell[])[]
}

export function align(series: readonly Pick<TrendSeries, 'points'>[]): Aligned {
  const times = [...new Set(series.flatMap(({ points }) => points.map(point => point[0])))].sort((a, b) => a - b)
  const row = new Map(times.map((t, index) => [t, index]))
  const columns = series.map(({ points }) => {
    const column: Cell[] = new Array<Cell>(times.length).fill(undefined)
    for (const [t, value, quality] of points) {
      const index = row.get(t)
      if (index !== undefined) column[index] = drawable(value, quality)
    }
    return column
  })
  return { times, columns }
}

export interface Stretch {
  readonly from: number
  readonly to: number
}

/** Where the series has no usable value: from a bad point to the next usable one, or to `end`. */
export function badStretches(points: readonly HistoryPoint[], end: number): Stretch[] {
  const found: Stretch[] = []
  let from: number | undefined
  for (const [t, value, quality] of points) {
    const bad = quality === 'bad' || value === null
    if (bad && from === undefined) from = t
    if (!bad && from !== undefined) {
      found.push({ from, to: t })
      from = undefined
    }
  }
  if (from !== undefined && from < end) found.push({ from, to: end })
  return found
}

/** Stored points with what came live since; nothing twice, nothing older than `from`. */
export function withTail(
  stored: readonly HistoryPoint[],
  tail: readonly HistoryPoint[],
  from: number,
): readonly HistoryPoint[] {
  const last = stored.at(-1)?.[0] ?? Number.NEGATIVE_INFINITY
  const fresh = tail.filter(point => point[0] > last)
  const all = fresh.length === 0 ? stored : [...stored, ...fresh]
  // One point before the start stays, so that the line enters the picture at its edge.
  let first = 0
  while (first + 1 < all.length && (all[first + 1]?.[0] ?? from) <= from) first += 1
  return first === 0 ? all : all.slice(first)
}

/**
 * Points up to `now`: with deadband a value that does not move sends nothing, so the last usable one still holds.
 * Only for what is known to be alive; the value of a silent source ends where it was last heard.
 */
export function heldUntil(points: readonly HistoryPoint[], now: number, alive: boolean): readonly HistoryPoint[] {
  const last = points.at(-1)
  if (!alive || last === undefined || last[0] >= now || drawable(last[1], last[2]) === null) return points
  return [...points, [now, last[1], last[2]]]
}

export interface Extent {
  readonly last: number | null
  readonly min: number | null
  readonly max: number | null
}

export function extentOf(points: readonly HistoryPoint[]): Extent {
  let min: number | null = null
  let max: number | null = null
  let last: number | null = null
  for (const [, value, quality] of points) {
    const y = drawable(value, quality)
    if (y !== null) {
      min = min === null || y < min ? y : min
      max = max === null || y > max ? y : max
    }
    last = y
  }
  return { last, min, max }
}

/** The point in force at `t`: the last one at or before it. */
export function pointAt(points: readonly HistoryPoint[], t: number): HistoryPoint | undefined {
  let low = 0
  let high = points.length - 1
  let found: HistoryPoint | undefined
  while (low <= high) {
    const middle = (low + high) >> 1
    const point = points[middle]
    if (point === undefined) break
    if (point[0] <= t) {
      found = point
      low = middle + 1
    } else high = middle - 1
  }
  return found
}

/** RFC 4180, one row a point; times in ISO 8601 UTC and as the plant reads them. */
export function toCsv(series: readonly TrendSeries[], head: readonly string[], local: (t: number) => string): string {
  const quote = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
  const rows = series.flatMap(({ key, unit, points }) =>
    points.map(([t, value, quality]) => [new Date(t).toISOString(), local(t), key, String(value ?? ''), unit, quality]),
  )
  return [head, ...rows].map(row => row.map(quote).join(',')).join('\r\n')
}
