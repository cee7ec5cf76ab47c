/**
 * Direct linear forecasts: y(t + horizon) from lagged inputs and lagged known targets, one model a horizon
 * (direct multi-step ARX; without target lags a delayed linear model). At row t nothing after row t is read,
 * and no target after row t - late.
 */
import { type Static, Type } from 'typebox'
import { fitRidge } from './ridge.ts'
import { at, type SampleTable } from './table.ts'

export const LinearModel = Type.Object({
  target: Type.String(),
  /** Rows between the row of the estimate and the row estimated for. */
  horizon: Type.Integer({ minimum: 0 }),
  terms: Type.Array(Type.Object({ column: Type.String(), lag: Type.Integer({ minimum: 0 }), weight: Type.Number() })),
  intercept: Type.Number(),
  /** What each input covered when fitted, for telling extrapolation. */
  seen: Type.Record(Type.String(), Type.Object({ low: Type.Number(), high: Type.Number(), mean: Type.Number() })),
  /** Half width of the 90 % interval, from held-out residuals. */
  halfWidth: Type.Number(),
})
export type LinearModel = Static<typeof LinearModel>

export interface Term {
  readonly column: string
  readonly lag: number
}

export interface FitOptions {
  readonly target: string
  readonly horizon: number
  readonly terms: readonly Term[]
  readonly penalty: number
  /** Rows at which estimates are made: from `from` to `to`, the latter not included. */
  readonly from: number
  readonly to: number
}

/** Fits on every row whose terms and target are all there. */
export function fitLinear(table: SampleTable, options: FitOptions): LinearModel {
  const { target, horizon, terms } = options
  const x: number[][] = []
  const y: number[] = []
  for (let row = options.from; row < options.to && row + horizon < options.to; row += 1) {
    const truth = at(table, target, row + horizon)
    const values = terms.map(term => at(table, term.column, row - term.lag))
    if (!Number.isNaN(truth) && !values.some(Number.isNaN)) {
      x.push(values)
      y.push(truth)
    }
  }
  const fit = fitRidge(x, y, options.penalty)
  const seen = Object.fromEntries(
    [...new Set(terms.map(term => term.column))].map(column => [
      column,
      covered(table, column, options.from, options.to),
    ]),
  )
  return {
    target,
    horizon,
    terms: terms.map((term, i) => ({ ...term, weight: fit.weights[i] ?? 0 })),
    intercept: fit.intercept,
    seen,
    halfWidth: 0,
  }
}

function covered(table: SampleTable, column: string, from: number, to: number) {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  let sum = 0
  let count = 0
  for (let row = from; row < to; row += 1) {
    const value = at(table, column, row)
    if (Number.isNaN(value)) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
    sum += value
    count += 1
  }
  return count === 0 ? { low: 0, high: 0, mean: 0 } : { low, high, mean: sum / count }
}

export type EstimateState = 'trusted' | 'extrapolating' | 'stale'

export interface Estimate {
  readonly y: number
  readonly lo: number
  readonly hi: number
  readonly state: EstimateState
  /** What each column adds against its mean when fitted, in the target's unit. */
  readonly contributions: Readonly<Record<string, number>>
}

/** A missing value is replaced by the newest one before it, at most this many rows back, and the state says stale. */
const MOST_CARRIED_ROWS = 30
const MARGIN = 0.05

/** Estimate made at a row, for `horizon` rows later; undefined where even carried values do not reach. */
export function estimate(model: LinearModel, table: SampleTable, row: number): Estimate | undefined {
  let y = model.intercept
  let stale = false
  let outside = false
  const contributions: Record<string, number> = {}
  for (const { column, lag, weight } of model.terms) {
    let value = at(table, column, row - lag)
    for (let back = 1; Number.isNaN(value) && back <= MOST_CARRIED_ROWS; back += 1) {
      stale = true
      value = at(table, column, row - lag - back)
    }
    if (Number.isNaN(value)) return undefined
    const { low, high, mean } = model.seen[column] ?? { low: value, high: value, mean: value }
    const margin = MARGIN * (high - low)
    if (value < low - margin || value > high + margin) outside = true
    y += weight * value
    contributions[column] = (contributions[column] ?? 0) + weight * (value - mean)
  }
  const state = stale ? 'stale' : outside ? 'extrapolating' : 'trusted'
  // Outside what was seen the held-out residuals promise nothing: twice the width says so.
  const half = state === 'trusted' ? model.halfWidth : 2 * model.halfWidth
  return { y, lo: y - half, hi: y + half, state, contributions }
}
