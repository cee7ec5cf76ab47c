/** A small trend as SVG paths, broken at gaps. Pure. */
import type { HistoryPoint, Range } from '@millwright/contract'
import { drawable } from './series.ts'

export interface SparkBox {
  readonly width: number
  readonly height: number
  readonly from: number
  readonly to: number
  readonly range: Range
}

const round = (value: number) => Math.round(value * 10) / 10

/** `d` of the line, each value held until the next; a lone point between gaps becomes a short stroke so that it is seen. */
export function sparkPath(points: readonly HistoryPoint[], box: SparkBox): string {
  const span = box.range.high - box.range.low || 1
  const x = (t: number) => round(((Math.max(t, box.from) - box.from) / (box.to - box.from || 1)) * box.width)
  const y = (value: number) => {
    const share = Math.min(1, Math.max(0, (value - box.range.low) / span))
    return round(box.height - share * box.height)
  }
  let d = ''
  let open = false
  for (const [t, value, quality] of points) {
    const v = drawable(value, quality)
    if (v === null || t > box.to) {
      open = false
      continue
    }
    d += open ? `H${x(t)}V${y(v)}` : `M${x(t)} ${y(v)}h0.6`
    open = true
  }
  return d
}

/** The range of a small trend: what the values need, at least `least` wide so that noise stays small. */
export function sparkRange(points: readonly HistoryPoint[], least: number): Range | undefined {
  const values = points.map(([, value, quality]) => drawable(value, quality)).filter(value => value !== null)
  if (values.length === 0) return undefined
  const low = Math.min(...values)
  const high = Math.max(...values)
  const missing = Math.max(0, least - (high - low)) / 2
  return { low: low - missing, high: high + missing }
}
