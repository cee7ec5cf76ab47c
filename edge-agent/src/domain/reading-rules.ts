/** From a device's sample to a reading, pure: type, scale, range, clock, doubles, deadband, staleness. */
import type { Quality, Range, Reading, ValueType } from '@millwright/contract'

export interface TagRules {
  /** Full name. */
  readonly tag: string
  readonly type: ValueType
  readonly scale?: number
  readonly offset?: number
  readonly range?: Range
  readonly deadband?: { readonly abs?: number; readonly percent?: number }
  readonly staleSeconds?: number
}

export interface RawSample {
  readonly value: number | boolean | string | null
  readonly quality: Quality
  /** Source time, ms; undefined where the device gives none. */
  readonly t: number | undefined
  /** When it came in, ms. */
  readonly receivedAt: number
  /** The device kept it through a cut: it is new, and its place is after the mark of the gap. */
  readonly kept?: boolean
}

export interface TagState {
  /** What left last. */
  readonly last: Reading | undefined
  /** When the last sample came in, whether or not it left. */
  readonly seenAt: number
  /** Declared stale since the last sample. */
  readonly stale: boolean
}

export const NO_STATE: TagState = { last: undefined, seenAt: 0, stale: false }

export interface Ruled {
  readonly state: TagState
  /** Absent where the sample says nothing new. */
  readonly reading?: Reading
}

/** A source clock may run so far ahead of ours, ms; beyond it our own time counts and the quality is uncertain. */
export const MAX_AHEAD_MS = 10_000
/** With a deadband, a value is said again after so long even if it has not moved, ms. */
export const REPEAT_MS = 60_000

/** Values of one burst may have been moved apart so far, ms. */
const SAME_BURST_MS = 1000

export function applyRules(rules: TagRules, state: TagState, sample: RawSample): Ruled {
  const value = convert(rules, sample.value)
  const ahead = sample.t !== undefined && sample.t > sample.receivedAt + MAX_AHEAD_MS
  const quality = judge(rules, value, sample.quality, ahead)
  const seen: TagState = { last: state.last, seenAt: sample.receivedAt, stale: false }
  const sourceTime = Math.round(sample.t === undefined || ahead ? sample.receivedAt : sample.t)
  const { last } = state
  if (last !== undefined) {
    const same = last.value === value && last.quality === quality
    // The same sample again, as after a new subscription.
    if (same && sourceTime <= last.t && sample.kept !== true) return { state: seen }
    // Nothing is said twice while there is nothing to say.
    if (value === null && last.value === null) return { state: seen }
    if (!state.stale && insideDeadband(rules, last, value, quality, sourceTime)) return { state: seen }
  }
  const t =
    sample.kept === true ? Math.max(sourceTime, (last?.t ?? 0) + 1) : timeAfter(last, sourceTime, sample.receivedAt)
  const reading: Reading = { tag: rules.tag, t, value, quality }
  return { state: { ...seen, last: reading }, reading }
}

/**
 * Time never runs back or stands still within a tag. Values of one source millisecond keep their order, a millisecond
 * apart. A value older than what left last otherwise (it stood unchanged through a gap, a source clock was set back) is
 * stamped when it came in, as the value in force now.
 */
function timeAfter(last: Reading | undefined, sourceTime: number, receivedAt: number): number {
  if (last === undefined || sourceTime > last.t) return sourceTime
  const sameBurst = last.value !== null && last.t - sourceTime < SAME_BURST_MS
  return sameBurst ? last.t + 1 : Math.max(receivedAt, last.t + 1)
}

/** Marks a time without data: no value, bad. Absent where the last reading already is such a mark. */
export function markGap(rules: TagRules, state: TagState, at: number): Ruled {
  const { last } = state
  if (last !== undefined && last.value === null) return { state }
  const t = last === undefined ? at : Math.max(at, last.t + 1)
  const reading: Reading = { tag: rules.tag, t, value: null, quality: 'bad' }
  return { state: { ...state, last: reading, stale: false }, reading }
}

/** Says the last value again, uncertain, once no sample has come for `staleSeconds`. */
export function checkStale(rules: TagRules, state: TagState, now: number): Ruled {
  const { last } = state
  if (rules.staleSeconds === undefined || state.stale || last === undefined || last.value === null) return { state }
  if (now - state.seenAt < rules.staleSeconds * 1000) return { state }
  const reading: Reading = { ...last, t: Math.max(now, last.t + 1), quality: 'uncertain' }
  return { state: { ...state, last: reading, stale: true }, reading }
}

/** The device's number for a value in the tag's unit. */
export const toRaw = (rules: TagRules, value: number): number => (value - (rules.offset ?? 0)) / (rules.scale ?? 1)
export const fromRaw = (rules: TagRules, raw: number): number => raw * (rules.scale ?? 1) + (rules.offset ?? 0)

function convert(rules: TagRules, raw: RawSample['value']): RawSample['value'] {
  if (raw === null) return null
  switch (rules.type) {
    case 'string':
      return String(raw)
    case 'boolean':
      return typeof raw === 'string' ? null : Boolean(raw)
    case 'int':
    case 'float': {
      if (typeof raw === 'string') return null
      const scaled = fromRaw(rules, Number(raw))
      if (!Number.isFinite(scaled)) return null
      return rules.type === 'int' ? Math.round(scaled) : scaled
    }
  }
}

function judge(rules: TagRules, value: RawSample['value'], quality: Quality, ahead: boolean): Quality {
  if (value === null) return 'bad'
  if (quality !== 'good') return quality
  const { range } = rules
  const outside = typeof value === 'number' && range !== undefined && (value < range.low || value > range.high)
  return outside || ahead ? 'uncertain' : 'good'
}

function insideDeadband(
  rules: TagRules,
  last: Reading,
  value: RawSample['value'],
  quality: Quality,
  sourceTime: number,
): boolean {
  const { deadband, range } = rules
  if (deadband === undefined || quality !== last.quality || sourceTime - last.t >= REPEAT_MS) return false
  if (typeof value !== 'number' || typeof last.value !== 'number') return value === last.value
  const span = range === undefined ? Math.abs(last.value) : range.high - range.low
  const band = Math.max(deadband.abs ?? 0, ((deadband.percent ?? 0) / 100) * span)
  return Math.abs(value - last.value) < band || value === last.value
}
