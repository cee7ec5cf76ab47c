/**
 * Linear forecasts y(t + horizon) from lagged inputs and lagged known targets. Delayed linear, ARX (direct or iterated) and
 * state-space models all come to this form. At row t nothing after row t is read, and no target after row t - late.
 */
import { type Static, Type } from 'typebox'
import type { Term } from './design.ts'
import { at, type SampleTable } from './table.ts'

/** What an input covered when fitted, for telling extrapolation. */
export const Seen = Type.Record(
  Type.String(),
  Type.Object({ low: Type.Number(), high: Type.Number(), mean: Type.Number() }),
)
export type Seen = Static<typeof Seen>

export const LinearModel = Type.Object({
  target: Type.String(),
  /** Rows between the row of the estimate and the row estimated for. */
  horizon: Type.Integer({ minimum: 0 }),
  terms: Type.Array(Type.Object({ column: Type.String(), lag: Type.Integer({ minimum: 0 }), weight: Type.Number() })),
  intercept: Type.Number(),
  seen: Seen,
  /** Half width of the 90 % interval, from held-out residuals. */
  halfWidth: Type.Number(),
})
export type LinearModel = Static<typeof LinearModel>

/** What the rows covered. */
export function seenIn(table: SampleTable, columns: Iterable<string>, from: number, to: number): Seen {
  return Object.fromEntries([...new Set(columns)].map(column => [column, covered(table, column, from, to)]))
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

/** The mean of several linear models is a linear model. They share target and horizon. */
export function meanModel(models: readonly LinearModel[]): LinearModel {
  const first = models[0]!
  const weights = new Map<string, Term & { weight: number }>()
  for (const { column, lag, weight } of models.flatMap(model => model.terms)) {
    const key = `${lag} ${column}`
    weights.set(key, { column, lag, weight: (weights.get(key)?.weight ?? 0) + weight / models.length })
  }
  const terms = [...weights.values()].filter(term => term.weight !== 0)
  const intercept = models.reduce((sum, model) => sum + model.intercept, 0) / models.length
  return { ...first, terms, intercept, seen: Object.assign({}, ...models.map(model => model.seen)) }
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

/** Values of terms at a row, missing ones carried on; undefined where even carried values do not reach. */
export function readTerms(
  terms: readonly Term[],
  seen: Seen,
  table: SampleTable,
  row: number,
): { values: Float64Array; state: EstimateState } | undefined {
  let stale = false
  let outside = false
  const values = new Float64Array(terms.length)
  for (let i = 0; i < terms.length; i += 1) {
    const { column, lag } = terms[i]!
    let value = at(table, column, row - lag)
    for (let back = 1; Number.isNaN(value) && back <= MOST_CARRIED_ROWS; back += 1) {
      stale = true
      value = at(table, column, row - lag - back)
    }
    if (Number.isNaN(value)) return undefined
    const range = seen[column]
    if (range !== undefined) {
      const margin = MARGIN * (range.high - range.low)
      if (value < range.low - margin || value > range.high + margin) outside = true
    }
    values[i] = value
  }
  return { values, state: stale ? 'stale' : outside ? 'extrapolating' : 'trusted' }
}

/** Outside what was seen the held-out residuals promise nothing: twice the width says so. */
export const widthIn = (state: EstimateState, halfWidth: number): number =>
  state === 'trusted' ? halfWidth : 2 * halfWidth

/** Estimate made at a row, for `horizon` rows later. */
export function estimateLinear(model: LinearModel, table: SampleTable, row: number): Estimate | undefined {
  const read = readTerms(model.terms, model.seen, table, row)
  if (read === undefined) return undefined
  let y = model.intercept
  const contributions: Record<string, number> = {}
  model.terms.forEach(({ column, weight }, i) => {
    const value = read.values[i]!
    y += weight * value
    contributions[column] = (contributions[column] ?? 0) + weight * (value - (model.seen[column]?.mean ?? value))
  })
  const half = widthIn(read.state, model.halfWidth)
  return { y, lo: y - half, hi: y + half, state: read.state, contributions }
}
