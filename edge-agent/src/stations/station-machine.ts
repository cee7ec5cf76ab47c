/**
 * Work of a station with its PLC, pure:
 *
 *   idle -- trigger rises --> judging -- verdict, or none in time --> answering -- written --> valid
 *   valid -- PLC acknowledges, or does not in time --> clearing -- valid is false again --> idle
 *
 * Each rise is answered exactly once. A rise before the last result was taken waits; a second one is lost, and said.
 */
import type { Answer } from './answer.ts'

export type Phase =
  | { readonly phase: 'idle' }
  | { readonly phase: 'judging' }
  | { readonly phase: 'answering'; readonly answer: Answer }
  | { readonly phase: 'valid' }
  /** `written`: valid is false, the PLC's ack has still to fall. */
  | { readonly phase: 'clearing'; readonly written: boolean }

export interface Rise {
  /** ms, by our clock. */
  readonly at: number
}

export interface Station {
  readonly now: Phase
  /** Counts parts up. */
  readonly job: number
  /** What is known of the PLC's levels. */
  readonly trigger: boolean
  readonly ack: boolean
  readonly waiting: Rise | undefined
}

export type StationInput =
  /** `another`: by the PLC's number it belongs to a new part, though it was not seen to fall. */
  | ({ readonly kind: 'trigger'; readonly value: boolean; readonly another?: boolean } & Rise)
  | { readonly kind: 'ack'; readonly value: boolean }
  | { readonly kind: 'judged'; readonly job: number; readonly answer: Answer }
  /** What was to be written stands in the PLC, or does not. */
  | { readonly kind: 'written'; readonly job: number }
  | { readonly kind: 'write_failed'; readonly job: number }
  | { readonly kind: 'ack_late'; readonly job: number }

export type StationEffect =
  | { readonly kind: 'judge'; readonly job: number; readonly rise: Rise }
  /** Remember the answer durably, then write it. */
  | { readonly kind: 'answer'; readonly job: number; readonly answer: Answer }
  /** Remember that it was taken, then write valid = false. */
  | { readonly kind: 'clear'; readonly job: number; readonly taken: boolean }
  | { readonly kind: 'write_again'; readonly job: number }
  | { readonly kind: 'await_ack'; readonly job: number }
  /** The trigger is low after an answered part: nothing stands open. */
  | { readonly kind: 'at_rest' }
  | { readonly kind: 'not_taken' }
  | { readonly kind: 'lost' }

export interface Handshake {
  readonly valid: boolean
  readonly ack: boolean
}

export interface StationStep {
  readonly next: Station
  readonly effects: readonly StationEffect[]
}

/** What stood open when the agent stopped. */
export type Open =
  | { readonly stage: 'none' }
  | { readonly stage: 'judging' }
  | { readonly stage: 'answering'; readonly answer: Answer }
  | { readonly stage: 'taken' }

/** A part that was answered keeps its trigger high for a while: that is no new part. */
export function resume(open: Open, at: number): StationStep {
  const next: Station = { now: { phase: 'idle' }, job: 1, trigger: false, ack: false, waiting: undefined }
  switch (open.stage) {
    case 'none':
      return { next, effects: [] }
    case 'judging':
      return {
        next: { ...next, trigger: true, now: { phase: 'judging' } },
        effects: [{ kind: 'judge', job: 1, rise: { at } }],
      }
    case 'answering':
      return {
        next: { ...next, trigger: true, now: { phase: 'answering', answer: open.answer } },
        effects: [{ kind: 'answer', job: 1, answer: open.answer }],
      }
    case 'taken':
      return {
        next: { ...next, trigger: true, now: { phase: 'clearing', written: false } },
        effects: [{ kind: 'clear', job: 1, taken: true }],
      }
  }
}

export function stationStep(station: Station, input: StationInput, handshake: Handshake): StationStep {
  const stay: StationStep = { next: station, effects: [] }
  if ('job' in input && input.job !== station.job) return stay
  const { now } = station
  switch (input.kind) {
    case 'trigger':
      return onTrigger(station, input, handshake)
    case 'ack':
      return onAck({ ...station, ack: input.value }, handshake)
    case 'judged':
      if (now.phase !== 'judging') return stay
      return {
        next: { ...station, now: { phase: 'answering', answer: input.answer } },
        effects: [{ kind: 'answer', job: station.job, answer: input.answer }],
      }
    case 'written':
      if (now.phase === 'answering') {
        if (!handshake.valid) return rest(station, [{ kind: 'clear', job: station.job, taken: true }])
        // The PLC may be quicker than the read-back of our write.
        if (handshake.ack && station.ack) return clear(station, [])
        return { next: { ...station, now: { phase: 'valid' } }, effects: [{ kind: 'await_ack', job: station.job }] }
      }
      if (now.phase === 'clearing') {
        if (!station.ack) return rest(station, [])
        return {
          next: { ...station, now: { phase: 'clearing', written: true } },
          effects: [{ kind: 'await_ack', job: station.job }],
        }
      }
      return stay
    case 'write_failed':
      return now.phase === 'answering' || now.phase === 'clearing'
        ? { next: station, effects: [{ kind: 'write_again', job: station.job }] }
        : stay
    case 'ack_late':
      if (now.phase === 'valid') return clear(station, [{ kind: 'not_taken' }])
      // An ack that does not fall holds up no part.
      return now.phase === 'clearing' && now.written ? rest(station, []) : stay
  }
}

function onTrigger(
  station: Station,
  { value, at, another }: { readonly value: boolean; readonly another?: boolean } & Rise,
  handshake: Handshake,
): StationStep {
  // Only a station at rest can have missed a fall: while a part is in hand its trigger may stand.
  const rises = value && (!station.trigger || (another === true && station.now.phase === 'idle'))
  const next: Station = { ...station, trigger: value }
  if (rises) {
    if (next.now.phase === 'idle') return begin(next, { at }, [])
    return next.waiting === undefined
      ? { next: { ...next, waiting: { at } }, effects: [] }
      : { next, effects: [{ kind: 'lost' }] }
  }
  const falls = !value && station.trigger
  if (falls && next.now.phase === 'valid' && !handshake.ack) return clear(next, [])
  if (falls && next.now.phase === 'idle') return { next, effects: [{ kind: 'at_rest' }] }
  return { next, effects: [] }
}

function onAck(station: Station, handshake: Handshake): StationStep {
  if (!handshake.ack) return { next: station, effects: [] }
  if (station.ack && station.now.phase === 'valid') return clear(station, [])
  if (!station.ack && station.now.phase === 'clearing' && station.now.written) return rest(station, [])
  return { next: station, effects: [] }
}

const clear = (station: Station, effects: readonly StationEffect[]): StationStep => ({
  next: { ...station, now: { phase: 'clearing', written: false } },
  effects: [...effects, { kind: 'clear', job: station.job, taken: effects.length === 0 }],
})

const begin = (station: Station, rise: Rise, effects: readonly StationEffect[]): StationStep => ({
  next: { ...station, now: { phase: 'judging' }, job: station.job + 1, waiting: undefined },
  effects: [...effects, { kind: 'judge', job: station.job + 1, rise }],
})

function rest(station: Station, effects: readonly StationEffect[]): StationStep {
  const next: Station = { ...station, now: { phase: 'idle' } }
  if (next.waiting !== undefined) return begin(next, next.waiting, effects)
  return { next, effects: next.trigger ? effects : [...effects, { kind: 'at_rest' }] }
}
