/**
 * The guard between any controller, or person, and the machine. Pure: what may be written is decided from what is passed
 * in. It names every reason for a refusal, not the first.
 */
import type { Quality, ReadingValue, Reason } from '@millwright/contract'
import type { GuardConfig } from './config.ts'
import { refusals } from './texts.ts'

export interface Observed {
  readonly value: ReadingValue
  readonly quality: Quality
  /** Source time, ms. */
  readonly t: number
}

export interface WriteRequest {
  /** In the output's unit. */
  readonly value: number
  /** When it would be written, ms. */
  readonly now: number
}

export interface GuardContext {
  /** The output as it stands. */
  readonly output: Observed | undefined
  /** The controlled variable. */
  readonly target: Observed | undefined
  readonly interlocks: readonly {
    readonly tag: string
    readonly equals: ReadingValue
    readonly observed: Observed | undefined
  }[]
  /** No material at the target's meter: it has nothing to say, and need not. */
  readonly idle?: boolean
  /** When the output was last written by this agent, ms. */
  readonly lastWriteAt: number | undefined
}

export type GuardVerdict =
  | { readonly allowed: true }
  | { readonly allowed: false; readonly refusals: readonly Reason[] }

/** A measured value older than this is no ground for a write, ms. */
const STALE_MS = 15_000

/** Judges one write. Errs on refusing: what is not known does not allow. */
export function judgeWrite(limits: GuardConfig, request: WriteRequest, context: GuardContext): GuardVerdict {
  const found: Reason[] = []
  const refuse = (code: keyof typeof refusals, values: Reason['values']) =>
    found.push({ code, text: refusals[code], values })
  const { value, now } = request
  const { output, target } = context

  if (!Number.isFinite(value)) {
    refuse('not_a_number', {})
    return { allowed: false, refusals: found }
  }
  if (value < limits.low || value > limits.high) refuse('outside_limits', { value, low: limits.low, high: limits.high })
  if (output === undefined || output.quality !== 'good' || typeof output.value !== 'number') {
    refuse('output_unknown', {})
  } else if (Math.abs(value - output.value) > limits.maxStep * (1 + 1e-9)) {
    refuse('step_too_large', { step: Math.abs(value - output.value), maxStep: limits.maxStep })
  }
  if (context.lastWriteAt !== undefined && now - context.lastWriteAt < limits.minIntervalS * 1000) {
    refuse('too_soon', { waitS: Math.ceil(limits.minIntervalS - (now - context.lastWriteAt) / 1000) })
  }
  if (context.idle === true) {
    // Head and tail are prepared while the meter is empty.
  } else if (target === undefined || target.quality !== 'good' || typeof target.value !== 'number') {
    refuse('target_unknown', {})
  } else if (now - target.t > STALE_MS) {
    refuse('target_stale', { seconds: Math.round((now - target.t) / 1000) })
  } else if (target.value < limits.plausible.low || target.value > limits.plausible.high) {
    refuse('target_implausible', { value: target.value, low: limits.plausible.low, high: limits.plausible.high })
  }
  for (const { tag, equals, observed } of context.interlocks) {
    if (observed === undefined || observed.quality !== 'good' || observed.value !== equals) {
      refuse('interlock', { tag, wanted: String(equals), found: observed === undefined ? '' : String(observed.value) })
    }
  }
  return found.length === 0 ? { allowed: true } : { allowed: false, refusals: found }
}
