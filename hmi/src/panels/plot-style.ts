/** Axes, grid and marks that all uPlot charts share. */
import uPlot from 'uplot'
import type { Format } from '../lib/format.ts'
import type { Stretch } from './series.ts'
import type { Tokens } from './use-tokens.ts'

export const FONT = '13px "Inter Variable", "Noto Sans SC", "Noto Sans CJK SC", sans-serif'

/** Time labels in the plant's zone, as fine as the span needs. */
export function timeAxis(tokens: Tokens, format: Format): uPlot.Axis {
  return {
    stroke: tokens['ink-2'],
    font: FONT,
    grid: { stroke: tokens.grid, width: 1 },
    ticks: { stroke: tokens.grid, width: 1, size: 4 },
    space: 84,
    values: (plot, splits) => {
      const span = (plot.scales.x?.max ?? 0) - (plot.scales.x?.min ?? 0)
      const print = span <= 900_000 ? format.time : span <= 86_400_000 ? format.minute : format.dayMinute
      return splits.map(t => print(t))
    },
  }
}

export function valueAxis(tokens: Tokens, format: Format, scale: string, label: string, side: 1 | 3): uPlot.Axis {
  return {
    scale,
    side,
    label,
    labelFont: FONT,
    labelSize: 20,
    labelGap: 2,
    stroke: tokens['ink-2'],
    font: FONT,
    size: 58,
    grid: side === 3 ? { stroke: tokens.grid, width: 1 } : { show: false },
    ticks: { stroke: tokens.grid, width: 1, size: 4 },
    values: (_, splits) => splits.map(value => (value === null ? '' : format.short(value, 3))),
  }
}

/** Grey over the stretches without usable values. */
export function paintStretches(plot: uPlot, stretches: readonly Stretch[], colour: string): void {
  const { ctx, bbox } = plot
  ctx.save()
  ctx.fillStyle = colour
  for (const { from, to } of stretches) {
    const left = Math.max(bbox.left, plot.valToPos(from, 'x', true))
    const right = Math.min(bbox.left + bbox.width, plot.valToPos(to, 'x', true))
    if (right > left) ctx.fillRect(left, bbox.top, Math.max(1, right - left), bbox.height)
  }
  ctx.restore()
}

export interface Level {
  readonly value: number
  readonly scale: string
  readonly colour: string
  readonly dash: number[]
  readonly name?: string
}

const heightOf = (plot: uPlot, level: Level): number | undefined => {
  const { bbox } = plot
  const y = plot.valToPos(level.value, level.scale, true)
  return Number.isFinite(y) && y >= bbox.top && y <= bbox.top + bbox.height ? y : undefined
}

/** A level across the plot, below the series. */
export function paintLevel(plot: uPlot, level: Level): void {
  const { ctx, bbox } = plot
  const y = heightOf(plot, level)
  if (y === undefined) return
  ctx.save()
  ctx.strokeStyle = level.colour
  ctx.lineWidth = 1.5 * uPlot.pxRatio
  ctx.setLineDash(level.dash.map(length => length * uPlot.pxRatio))
  ctx.beginPath()
  ctx.moveTo(bbox.left, y)
  ctx.lineTo(bbox.left + bbox.width, y)
  ctx.stroke()
  ctx.restore()
}

/** The name of a level at the left edge, above the series and legible over them. */
export function paintLevelName(plot: uPlot, level: Level, tokens: Tokens): void {
  const { ctx, bbox } = plot
  const y = heightOf(plot, level)
  if (y === undefined || level.name === undefined) return
  const ratio = uPlot.pxRatio
  ctx.save()
  ctx.font = `${12 * ratio}px "Inter Variable", "Noto Sans SC", "Noto Sans CJK SC", sans-serif`
  ctx.textBaseline = 'middle'
  ctx.textAlign = 'left'
  const left = bbox.left + 8 * ratio
  ctx.fillStyle = tokens.surface
  ctx.fillRect(left - 3 * ratio, y - 8 * ratio, ctx.measureText(level.name).width + 6 * ratio, 16 * ratio)
  ctx.fillStyle = tokens['ink-2']
  ctx.fillText(level.name, left, y)
  ctx.restore()
}

/** A moment down the plot. */
export function paintMoment(plot: uPlot, t: number, colour: string): void {
  const { ctx, bbox } = plot
  const x = plot.valToPos(t, 'x', true)
  if (x < bbox.left || x > bbox.left + bbox.width) return
  ctx.save()
  ctx.strokeStyle = colour
  ctx.lineWidth = uPlot.pxRatio
  ctx.beginPath()
  ctx.moveTo(x, bbox.top)
  ctx.lineTo(x, bbox.top + bbox.height)
  ctx.stroke()
  ctx.restore()
}
