/** Lots: which captures belong together. */
import type { Inspection, Lot } from '@millwright/contract'
import { dayLot } from '../day-lot.ts'

/** An order that ran at a station for a time; `to` absent while it still runs. */
export interface RunAtStation {
  readonly order: string
  readonly station: string
  readonly from: number
  readonly to?: number
}

/** Captures taken while an order runs at a station belong to that order's lot, all others to the day's. */
export function lotOf(
  capture: { station: string; t: number },
  runs: readonly RunAtStation[],
  timeZone: string,
): string {
  const run = runs.find(
    candidate =>
      candidate.station === capture.station &&
      candidate.from <= capture.t &&
      (candidate.to === undefined || capture.t < candidate.to),
  )
  return run === undefined ? dayLot(capture.station, capture.t, timeZone) : `${run.order}-${capture.station}`
}

/** The lot of rows that share one lot id; at least one row. */
export function lotFrom(rows: readonly [Inspection, ...Inspection[]], order?: { order: string; product: string }): Lot {
  const times = rows.map(row => row.t)
  const count = (verdict: string) => rows.filter(row => row.line.verdict === verdict).length
  return {
    id: rows[0].lot,
    station: rows[0].station,
    ...order,
    from: times.reduce((a, b) => Math.min(a, b)),
    to: times.reduce((a, b) => Math.max(a, b)),
    captures: rows.length,
    pass: count('pass'),
    fail: count('fail'),
    review: count('review'),
    reviewed: rows.filter(row => row.review !== undefined).length,
  }
}
