/** The picture of a trend: one axis a unit, gaps as gaps, bad quality grey, uncertain points ringed. */
import { useMemo, useRef } from 'react'
import uPlot from 'uplot'
import type { Format } from '../lib/format.ts'
import { type Level, paintLevel, paintLevelName, paintStretches, timeAxis, valueAxis } from './plot-style.ts'
import { align, badStretches, drawable, type TrendSeries } from './series.ts'
import { type PlotOptions, UPlotBox } from './UPlotBox.tsx'
import { DASHES, PENS, type Tokens, useTokens } from './use-tokens.ts'

export interface TrendChartProps {
  readonly series: readonly TrendSeries[]
  readonly from: number
  readonly to: number
  readonly height: number
  readonly format: Format
  readonly summary: string
  /** Names of limits, drawn where there is one series. */
  readonly limitNames: Readonly<Record<'lolo' | 'lo' | 'hi' | 'hihi', string>>
  /** Time under the pointer, or undefined. */
  readonly onCursor?: (t: number | undefined) => void
  readonly onSelect?: (from: number, to: number) => void
}

/** Room above and below, and a span that does not blow noise up to full height. */
const padded = (low: number | null, high: number | null): uPlot.Range.MinMax => {
  if (low === null || high === null) return [0, 1]
  const span = high - low || Math.abs(high) * 0.02 || 1
  return [low - span * 0.08, high + span * 0.08]
}

/** Name of a unit's scale; uPlot wants one that is not empty. */
const scaleOf = (unit: string) => `unit ${unit}`

const penOf = (tokens: Tokens, index: number) => tokens[PENS[index % PENS.length] ?? 'pen-1']

const LIMITS = ['lolo', 'lo', 'hi', 'hihi'] as const

export function TrendChart(props: TrendChartProps) {
  const { series, from, to, height, format, summary } = props
  const tokens = useTokens()
  // What hooks read at drawing time; the options stay the same object while only data move.
  const now = useRef(props)
  now.current = props
  const shape = JSON.stringify(series.map(({ key, name, unit, digits }) => [key, name, unit, digits]))

  const options = useMemo((): PlotOptions => {
    const shown = now.current.series
    const units = [...new Set(shown.map(item => item.unit))]
    const stepped = uPlot.paths.stepped?.({ align: 1 })
    const levels = (): Level[] => {
      const [only, ...others] = now.current.series
      if (only?.limits === undefined || others.length > 0) return []
      const { limits, unit } = only
      return LIMITS.flatMap(name => {
        const value = limits[name]
        const look = { scale: scaleOf(unit), colour: tokens['line-strong'], dash: [6, 4] }
        return value === undefined ? [] : [{ ...look, value, name: now.current.limitNames[name] }]
      })
    }
    const drawBelow = (plot: uPlot) => {
      const { series: drawn, to: end } = now.current
      paintStretches(
        plot,
        drawn.flatMap(item => badStretches(item.points, end)),
        tokens['bad-band'],
      )
      for (const level of levels()) paintLevel(plot, level)
    }
    const drawAbove = (plot: uPlot) => {
      for (const level of levels()) paintLevelName(plot, level, tokens)
      const { ctx } = plot
      ctx.save()
      ctx.lineWidth = 1.5 * uPlot.pxRatio
      for (const item of now.current.series) {
        ctx.strokeStyle = tokens.medium
        for (const [t, value, quality] of item.points) {
          const y = quality === 'uncertain' ? drawable(value, quality) : null
          if (y === null) continue
          ctx.beginPath()
          ctx.arc(plot.valToPos(t, 'x', true), plot.valToPos(y, scaleOf(item.unit), true), 3 * uPlot.pxRatio, 0, 7)
          ctx.stroke()
        }
      }
      ctx.restore()
    }
    return {
      ms: 1,
      tzDate: t => uPlot.tzDate(new Date(t), format.timeZone),
      legend: { show: false },
      padding: [10, units.length > 1 ? 6 : 14, 0, 0],
      cursor: {
        drag: { x: true, y: false, setScale: false },
        points: { size: 8 },
        y: false,
      },
      select: { show: true, left: 0, top: 0, width: 0, height: 0 },
      scales: {
        x: { time: true, range: () => [now.current.from, now.current.to] },
        ...Object.fromEntries(
          units.map(unit => [scaleOf(unit), { range: (_: uPlot, low: number, high: number) => padded(low, high) }]),
        ),
      },
      axes: [
        timeAxis(tokens, format),
        ...units.map((unit, index) => {
          const axis = valueAxis(tokens, format, scaleOf(unit), unit, index % 2 === 0 ? 3 : 1)
          const own = shown.flatMap((item, i) => (item.unit === unit ? [i] : []))
          // An axis of one series among several takes its pen, so that the two are found together.
          return own.length === 1 && shown.length > 1 ? { ...axis, stroke: penOf(tokens, own[0] ?? 0) } : axis
        }),
      ],
      series: [
        {},
        ...shown.map((item, index) => ({
          label: item.name,
          scale: scaleOf(item.unit),
          stroke: penOf(tokens, index),
          width: 2,
          dash: [...(DASHES[index % DASHES.length] ?? [])],
          points: { show: false },
          // Under deadband a value holds until the next point: a slope between two would be made up.
          ...(stepped === undefined ? {} : { paths: stepped }),
        })),
      ],
      hooks: {
        drawAxes: [drawBelow],
        draw: [drawAbove],
        setCursor: [
          plot => {
            const { left } = plot.cursor
            now.current.onCursor?.(
              left === undefined || left === null || left < 0 ? undefined : plot.posToVal(left, 'x'),
            )
          },
        ],
        setSelect: [
          plot => {
            const { left, width } = plot.select
            if (width < 8) return
            now.current.onSelect?.(plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x'))
            plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false)
          },
        ],
      },
    }
    // `shape` stands for what of the series the options depend on.
  }, [shape, tokens, format])

  const data = useMemo((): uPlot.AlignedData => {
    const { times, columns } = align(series)
    return [[...times], ...columns.map(column => [...column])] as unknown as uPlot.AlignedData
    // New bounds draw again, too.
  }, [series, from, to])

  return <UPlotBox options={options} data={data} height={height} summary={summary} />
}
