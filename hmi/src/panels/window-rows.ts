/** Which rows of a long table are drawn. Pure. */

export interface RowWindow {
  /** First row drawn, and the one after the last. */
  readonly from: number
  readonly to: number
}

/** Rows drawn beyond what is seen, so that a small scroll shows no gap. */
const SPARE = 8

/** Moves in steps of half the spare rows: most scroll events then change nothing. */
export function windowOf(top: number, height: number, rowHeight: number, count: number): RowWindow {
  const step = SPARE / 2
  const first = Math.floor(Math.max(0, top) / rowHeight / step) * step
  const seen = Math.ceil(height / rowHeight) + step
  const from = Math.max(0, Math.min(first, count) - SPARE)
  return { from, to: Math.min(count, first + seen + SPARE) }
}
