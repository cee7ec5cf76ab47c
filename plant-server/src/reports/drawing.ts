/** Vector drawings of the report as primitives in pt, origin top left: PDF and HTML draw the same ones. */

export type Primitive =
  | {
      readonly kind: 'rect'
      readonly x: number
      readonly y: number
      readonly w: number
      readonly h: number
      readonly fill: string
    }
  | {
      readonly kind: 'line'
      readonly points: readonly (readonly [number, number])[]
      readonly stroke: string
      readonly width: number
    }
  | { readonly kind: 'dot'; readonly x: number; readonly y: number; readonly r: number; readonly fill: string }
  | {
      readonly kind: 'text'
      readonly x: number
      /** Baseline. */
      readonly y: number
      readonly text: string
      readonly size: number
      readonly anchor: 'start' | 'middle' | 'end'
      readonly fill: string
      readonly bold: boolean
    }

export interface Drawing {
  readonly width: number
  readonly height: number
  /** What the drawing shows, for those who cannot see it. */
  readonly label: string
  readonly items: readonly Primitive[]
}

export const ink = {
  text: '#1d2733',
  quiet: '#5c6b7a',
  rule: '#d5dce3',
  bar: '#51708f',
  curve: '#b4552d',
  pass: '#4a8a68',
  fail: '#b23b32',
  review: '#c8932a',
} as const

const WIDTH = 493

const label = (
  x: number,
  y: number,
  text: string,
  options: { size?: number; anchor?: 'start' | 'middle' | 'end'; fill?: string; bold?: boolean } = {},
): Primitive => ({
  kind: 'text',
  x,
  y,
  text,
  size: options.size ?? 8,
  anchor: options.anchor ?? 'start',
  fill: options.fill ?? ink.quiet,
  bold: options.bold ?? false,
})

export interface VerdictShare {
  readonly name: string
  readonly tone: 'pass' | 'fail' | 'review'
  readonly count: number
  readonly percent: string
}

/** One bar divided by verdict, with its key below. */
export function verdictBar(shares: readonly VerdictShare[], title: string): Drawing {
  const total = shares.reduce((sum, share) => sum + share.count, 0)
  const items: Primitive[] = [{ kind: 'rect', x: 0, y: 0, w: WIDTH, h: 18, fill: ink.rule }]
  let x = 0
  shares.forEach((share, i) => {
    const w = total === 0 ? 0 : (share.count / total) * WIDTH
    if (w > 0) items.push({ kind: 'rect', x, y: 0, w: Math.max(w - 1, 0.5), h: 18, fill: ink[share.tone] })
    x += w
    const at = i * (WIDTH / shares.length)
    items.push({ kind: 'rect', x: at, y: 26, w: 8, h: 8, fill: ink[share.tone] })
    items.push(label(at + 12, 33, `${share.name}  ${share.count}  (${share.percent})`, { size: 9, fill: ink.text }))
  })
  return { width: WIDTH, height: 38, label: title, items }
}

export interface ParetoEntry {
  readonly name: string
  readonly count: number
}

/** Bars by count, largest first, with the cumulative share as a curve on the right axis. */
export function pareto(entries: readonly ParetoEntry[], title: string): Drawing {
  const height = 172
  const plot = { left: 30, right: WIDTH - 36, top: 12, bottom: height - 26 }
  const total = entries.reduce((sum, entry) => sum + entry.count, 0)
  const top = axisTop(Math.max(1, ...entries.map(entry => entry.count)))
  const yOf = (share: number) => plot.bottom - share * (plot.bottom - plot.top)
  const items: Primitive[] = []
  for (const tick of [0, 0.25, 0.5, 0.75, 1]) {
    const y = yOf(tick)
    items.push({
      kind: 'line',
      points: [
        [plot.left, y],
        [plot.right, y],
      ],
      stroke: ink.rule,
      width: 0.6,
    })
    const value = tick * top
    if (Number.isInteger(value)) items.push(label(plot.left - 5, y + 3, String(value), { anchor: 'end' }))
    items.push(label(plot.right + 5, y + 3, `${tick * 100} %`))
  }
  const slot = (plot.right - plot.left) / Math.max(entries.length, 4)
  let sum = 0
  const curve: [number, number][] = []
  entries.forEach((entry, i) => {
    const middle = plot.left + slot * (i + 0.5)
    const w = Math.min(slot * 0.62, 52)
    const y = yOf(entry.count / top)
    items.push({ kind: 'rect', x: middle - w / 2, y, w, h: plot.bottom - y, fill: ink.bar })
    items.push(label(middle, y - 3.5, String(entry.count), { anchor: 'middle', fill: ink.text, bold: true }))
    items.push(label(middle, plot.bottom + 12, entry.name, { anchor: 'middle', fill: ink.text }))
    sum += entry.count
    curve.push([middle, yOf(sum / total)])
  })
  if (curve.length > 1) items.push({ kind: 'line', points: curve, stroke: ink.curve, width: 1.2 })
  for (const [x, y] of curve) items.push({ kind: 'dot', x, y, r: 2.2, fill: ink.curve })
  return { width: WIDTH, height, label: title, items }
}

/** Smallest of 4, 8, 12, 20, 40, 80, 120, 200, … that is not below `most` (quarters of it stay whole). */
function axisTop(most: number): number {
  for (let scale = 1; ; scale *= 10) for (const step of [4, 8, 12, 20]) if (step * scale >= most) return step * scale
}
