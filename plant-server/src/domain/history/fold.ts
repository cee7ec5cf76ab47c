/**
 * Buckets of an interval from spans of readings: count, least, greatest, mean, last, and the mean weighted by time, in which a
 * value holds from its own time until the next reading (OPC UA Part 13, 5.4.3.4 TimeAverage2 with stepped bounds). A bad reading ends
 * the holding: a gap is left out of the mean, and its share shows in `good`.
 */
import type { HistoryBucket } from '@millwright/contract'

/** What is known of the readings of one bucket. */
export interface Span {
  /** Begin of its bucket. */
  readonly t: number
  readonly n: number
  /** Numbers and booleans that are not bad. */
  readonly usable: number
  readonly bad: number
  readonly uncertain: number
  readonly low: number | null
  readonly high: number | null
  readonly sum: number | null
  readonly firstT: number
  readonly lastT: number
  /** null where the last reading is bad or a text. */
  readonly last: number | null
  /** Value x ms between firstT and lastT, each value held until the next, bad ones left out; and the ms it covers. */
  readonly area: number
  readonly held: number
}

export interface FoldRange {
  /** Begin of the first bucket, a multiple of `width`. */
  readonly from: number
  /** End of the last bucket, exclusive. */
  readonly to: number
  /** ms; a multiple of the spans' own buckets. */
  readonly width: number
  /** Nothing is known after this time: the last value holds until then. */
  readonly until: number
  /** The value that held when the range began; null: bad, undefined: none. */
  readonly before?: number | null | undefined
}

interface Open {
  n: number
  usable: number
  bad: number
  uncertain: number
  low: number | null
  high: number | null
  sum: number
  last: number | null
  area: number
  held: number
}

/** `spans` by time. Buckets in which nothing was read and nothing held are left out. */
export function foldBuckets(spans: readonly Span[], { from, to, width, until, before }: FoldRange): HistoryBucket[] {
  const count = Math.max(0, Math.ceil((to - from) / width))
  const open: (Open | undefined)[] = new Array(count)
  const at = (index: number): Open => {
    open[index] ??= {
      n: 0,
      usable: 0,
      bad: 0,
      uncertain: 0,
      low: null,
      high: null,
      sum: 0,
      last: null,
      area: 0,
      held: 0,
    }
    return open[index]
  }
  let value = before ?? null
  let since = from
  const hold = (end: number) => {
    if (value === null) return
    for (let begin = Math.max(since, from); begin < end; ) {
      const index = Math.floor((begin - from) / width)
      if (index >= count) return
      const stop = Math.min(end, from + (index + 1) * width)
      const bucket = at(index)
      bucket.area += value * (stop - begin)
      bucket.held += stop - begin
      if (bucket.n === 0) bucket.last = value
      begin = stop
    }
  }
  for (const span of spans) {
    hold(span.firstT)
    const index = Math.floor((span.t - from) / width)
    if (index >= 0 && index < count) {
      const bucket = at(index)
      bucket.n += span.n
      bucket.usable += span.usable
      bucket.bad += span.bad
      bucket.uncertain += span.uncertain
      if (span.low !== null && (bucket.low === null || span.low < bucket.low)) bucket.low = span.low
      if (span.high !== null && (bucket.high === null || span.high > bucket.high)) bucket.high = span.high
      bucket.sum += span.sum ?? 0
      bucket.last = span.last
      bucket.area += span.area
      bucket.held += span.held
    }
    value = span.last
    since = span.lastT
  }
  hold(Math.min(to, until))
  return open.flatMap((bucket, index) => {
    if (bucket === undefined) return []
    const t = from + index * width
    const known = Math.max(1, Math.min(t + width, until) - t)
    const good = Math.min(1, bucket.held / known)
    return [
      {
        t,
        n: bucket.n,
        min: bucket.low,
        max: bucket.high,
        avg: bucket.usable === 0 ? null : bucket.sum / bucket.usable,
        last: bucket.last,
        timeWeighted: bucket.held === 0 ? null : bucket.area / bucket.held,
        quality:
          bucket.held === 0 && bucket.usable === 0 ? 'bad' : bucket.bad + bucket.uncertain > 0 ? 'uncertain' : 'good',
        good,
      },
    ]
  })
}
