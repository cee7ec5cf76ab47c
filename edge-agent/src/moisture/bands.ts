/**
 * Interval half widths: split conformal from held-out residuals, one a regime, followed online. After each truth that comes
 * in the width of its regime grows a little where it was missed and shrinks where it was held, so that over time nine in ten
 * are held whatever the process does (quantile tracking; Gibbs and Candès 2021, Angelopoulos et al. 2023).
 */
import { type Static, Type } from 'typebox'
import { conformalHalfWidth } from './conformal.ts'

export const Bands = Type.Object({
  /** Half width over all regimes, in the target's unit. */
  all: Type.Number(),
  /** By name of the regime; a regime without enough residuals is missing. */
  regimes: Type.Record(Type.String(), Type.Number()),
})
export type Bands = Static<typeof Bands>

export const SHARE = 0.9
const FEWEST = 20

export function bandsFrom(residuals: readonly { readonly error: number; readonly regime: string }[]): Bands {
  const half = (errors: readonly number[]) => {
    const width = conformalHalfWidth(errors, SHARE)
    return Number.isFinite(width) ? width : 3 * Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length)
  }
  const byRegime = Map.groupBy(residuals, each => each.regime)
  return {
    all: half(residuals.map(each => each.error)),
    regimes: Object.fromEntries(
      [...byRegime]
        .filter(([, members]) => members.length >= FEWEST)
        .map(([regime, members]) => [regime, half(members.map(each => each.error))]),
    ),
  }
}

export interface OnlineBands {
  halfWidth(regime: string): number
  /** A truth came in: whether the interval given then, in that regime, held it. */
  learn(regime: string, held: boolean): void
}

/** Growth of the width after a miss; after a hit it shrinks by a ninth of that, so that nine in ten holds balance. */
const STEP = 0.08
/** Widths stay within these factors of the held-out one. */
const NARROWEST = 0.3
const WIDEST = 8

export function createOnlineBands(bands: Bands): OnlineBands {
  const factor = new Map<string, number>()
  return {
    halfWidth: regime => (bands.regimes[regime] ?? bands.all) * (factor.get(regime) ?? 1),
    learn(regime, held) {
      const change = Math.exp(STEP * ((held ? 0 : 1) - (1 - SHARE)))
      factor.set(regime, Math.min(WIDEST, Math.max(NARROWEST, (factor.get(regime) ?? 1) * change)))
    },
  }
}
