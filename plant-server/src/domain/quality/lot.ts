/** Lots: which captures belong together. */
import type { Inspection, Lot } from '@millwright/contract'

/** An order that ran at a station for a time; `to` absent while it still runs. */
export interface RunAtStation {
  readonly order: string
  readonly station: string
  readonly from: number
  readonly to?: number
}

/** Calendar day of an instant in the plant's time zone, e.g. `2025-11-24`. */
export const dayOf = (t: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(t)

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
  const place = capture.station.replaceAll(/[^A-Za-z0-9._-]/g, '-')
  return run === undefined ? `${place}.${dayOf(capture.t, timeZone)}` : `${run.order}.${place}`
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
