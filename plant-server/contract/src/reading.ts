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
