/** Exact bounds of a share from counted events (Clopper & Pearson 1934, Biometrika 26, 404-413). */
import type { Rate } from '@millwright/contract'
import { betaQuantile } from './incomplete-beta.ts'

/** Confidence of each bound of the rates that the suite states. Each bound is one-sided; both together hold at 90 %. */
export const RATE_CONFIDENCE = 0.95

/** The largest share that still gives at most `events` of `of` with probability 1 - confidence. One-sided. */
export const upperBound = (events: number, of: number, confidence: number): number =>
  events >= of ? 1 : betaQuantile(confidence, events + 1, of - events)

/** The smallest share that still gives at least `events` of `of` with probability 1 - confidence. One-sided. */
export const lowerBound = (events: number, of: number, confidence: number): number =>
  events <= 0 ? 0 : betaQuantile(1 - confidence, events, of - events + 1)

/**
 * A rate with its two one-sided bounds. A two-sided interval at confidence c has the one-sided bounds at (1 + c) / 2.
 * With nothing counted (`of` = 0) the rate is unknown and the bounds are 0 and 1.
 */
export function rateOf(events: number, of: number, confidence: number = RATE_CONFIDENCE): Rate {
  return {
    events,
    of,
    rate: of === 0 ? null : events / of,
    lower: lowerBound(events, of, confidence),
    upper: upperBound(events, of, confidence),
    confidence,
  }
}
