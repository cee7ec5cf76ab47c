/** Where things stand on an analogue bar, as shares of its length. Pure. */
import type { Limits, Range } from '@millwright/contract'

/** 0..1 along the range; what lies outside sticks to the end. */
export const shareOf = (value: number, range: Range): number =>
  Math.min(1, Math.max(0, (value - range.low) / (range.high - range.low || 1)))

export interface Band {
  readonly from: number
  readonly to: number
}

/** The normal band: between lo and hi; open ends reach the end of the bar. Undefined without any limit. */
export function normalBand(limits: Limits | undefined, range: Range): Band | undefined {
  const low = limits?.lo ?? limits?.lolo
  const high = limits?.hi ?? limits?.hihi
  if (low === undefined && high === undefined) return undefined
  return { from: low === undefined ? 0 : shareOf(low, range), to: high === undefined ? 1 : shareOf(high, range) }
}
