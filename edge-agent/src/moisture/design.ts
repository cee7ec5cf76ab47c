/** Regressors of a direct forecast: lagged columns and the target `horizon` rows on, whole rows only. */
import { at, type SampleTable } from './table.ts'

export interface Term {
  readonly column: string
  /** Rows back. */
  readonly lag: number
}

export interface Span {
  readonly from: number
  /** Not included. Neither a row nor its target may lie at or after it. */
  readonly to: number
}

export interface Design {
  readonly terms: readonly Term[]
  /** Row after row. */
  readonly x: Float64Array
  readonly y: Float64Array
  /** Row of the table of each line. */
  readonly at: Int32Array
}

export function designOf(
  table: SampleTable,
  terms: readonly Term[],
  target: string,
  horizon: number,
  spans: readonly Span[],
): Design {
  const p = terms.length
  const columns = terms.map(term => table.columns[term.column])
  const rows: number[] = []
  for (const { from, to } of spans) {
    for (let row = Math.max(0, from); row < to && row + horizon < to; row += 1) {
      if (Number.isNaN(at(table, target, row + horizon))) continue
      if (terms.every((term, j) => !Number.isNaN(columns[j]?.[row - term.lag] ?? Number.NaN))) rows.push(row)
    }
  }
  const x = new Float64Array(rows.length * p)
  const y = new Float64Array(rows.length)
  rows.forEach((row, i) => {
    y[i] = at(table, target, row + horizon)
    for (let j = 0; j < p; j += 1) x[i * p + j] = columns[j]![row - terms[j]!.lag]!
  })
  return { terms, x, y, at: Int32Array.from(rows) }
}
