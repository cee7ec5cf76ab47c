/** Aggregates by the plainest means, for comparison: second by second of thought, no roll-ups. */
import type { HistoryBucket, HistoryPoint } from '@millwright/contract'

const isUsable = ([, value, quality]: HistoryPoint) =>
  quality !== 'bad' && (typeof value === 'number' || typeof value === 'boolean')

/** `points` by time, each time once; buckets of `width` that touch from..to; values hold until `until`. */
export function bruteAggregates(
  points: readonly HistoryPoint[],
  from: number,
  to: number,
  width: number,
  until: number,
): HistoryBucket[] {
  const buckets: HistoryBucket[] = []
  for (let t = Math.floor(from / width) * width; t <= to; t += width) {
    const inside = points.filter(point => point[0] >= t && point[0] < t + width)
    const values = inside.filter(isUsable).map(point => Number(point[1]))
    let area = 0
    let held = 0
    for (const [index, point] of points.entries()) {
      if (!isUsable(point)) continue
      const begin = Math.max(point[0], t)
      const end = Math.min(points[index + 1]?.[0] ?? Number.POSITIVE_INFINITY, t + width, until)
      if (end <= begin) continue
      area += Number(point[1]) * (end - begin)
      held += end - begin
    }
    const before = points.findLast(point => point[0] < t)
    const holding = before !== undefined && isUsable(before) ? Number(before[1]) : null
    if (inside.length === 0 && held === 0) continue
    const final = inside.at(-1)
    const doubtful = inside.some(point => point[2] !== 'good' || point[1] === null)
    buckets.push({
      t,
      n: inside.length,
      min: values.length === 0 ? null : Math.min(...values),
      max: values.length === 0 ? null : Math.max(...values),
      avg: values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length,
      last: final === undefined ? holding : isUsable(final) ? Number(final[1]) : null,
      timeWeighted: held === 0 ? null : area / held,
      quality: held === 0 && values.length === 0 ? 'bad' : doubtful ? 'uncertain' : 'good',
      good: held / Math.max(1, Math.min(t + width, until) - t),
    })
  }
  return buckets
}
