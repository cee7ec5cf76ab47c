/** One sampled value. */
import { type Static, Type } from 'typebox'
import { Quality, TagName } from './tag.ts'

export const ReadingValue = Type.Union([Type.Number(), Type.Boolean(), Type.String(), Type.Null()])
/** null: no value (then the quality is bad): a gap that is marked, never bridged. */
export type ReadingValue = Static<typeof ReadingValue>

export const Reading = Type.Object({
  tag: TagName,
  /** Source time, ms since 1970 UTC. */
  t: Type.Integer(),
  value: ReadingValue,
  quality: Quality,
})
export type Reading = Static<typeof Reading>

/** A point of history: time in ms, value, quality. */
export const HistoryPoint = Type.Tuple([Type.Integer(), ReadingValue, Quality])
export type HistoryPoint = Static<typeof HistoryPoint>

export const History = Type.Object({ tag: Type.String(), unit: Type.String(), points: Type.Array(HistoryPoint) })
export type History = Static<typeof History>

const NumberOrNull = Type.Union([Type.Number(), Type.Null()])

/** Readings of one bucket of time, rolled up. Numbers and booleans that are not bad count; null where there is none. */
export const HistoryBucket = Type.Object({
  /** Begin, ms. */
  t: Type.Integer(),
  /** Readings, bad ones counted. */
  n: Type.Integer(),
  min: NumberOrNull,
  max: NumberOrNull,
  /** Mean of the readings. */
  avg: NumberOrNull,
  /** The last reading; where nothing was read, the value that held. */
  last: NumberOrNull,
  /** Mean weighted by time: each value holds until the next reading, a bad one ends it. */
  timeWeighted: NumberOrNull,
  /** good: nothing doubtful; uncertain: some readings were bad or uncertain; bad: no value at all. */
  quality: Quality,
  /** Share of the bucket's time, 0..1, in which a value held. */
  good: Type.Number(),
})
export type HistoryBucket = Static<typeof HistoryBucket>

export const HistoryInterval = Type.Union([Type.Literal('second'), Type.Literal('minute'), Type.Literal('hour')])
export type HistoryInterval = Static<typeof HistoryInterval>

export const HistoryAggregates = Type.Object({
  tag: Type.String(),
  unit: Type.String(),
  interval: HistoryInterval,
  buckets: Type.Array(HistoryBucket),
})
export type HistoryAggregates = Static<typeof HistoryAggregates>

/** The newest value of a tag as the hub knows it. */
export const LiveValue = Type.Object({
  tag: Type.String(),
  t: Type.Integer(),
  value: ReadingValue,
  quality: Quality,
  /** True when its agent or device is silent: the value may be old. */
  stale: Type.Boolean(),
})
export type LiveValue = Static<typeof LiveValue>
