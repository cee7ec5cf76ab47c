/** The past of a controlled variable and its forecast as a fan (90 % interval), within its quality limits. */

import { Button } from '@mantine/core'
import type { Forecast, HistoryPoint, Loop } from '@millwright/contract'
import { IconChartLine, IconTable } from '@tabler/icons-react'
import { type ReactNode, useMemo, useRef, useState } from 'react'
import uPlot from 'uplot'
import { useShared } from '../i18n/lang.tsx'
import { useFormat } from '../lib/use-format.ts'
import { PanelFrame, type PanelStatus } from './PanelFrame.tsx'
import {
  type Level,
  paintLevel,
  paintLevelName,
  paintMoment,
  paintStretches,
  timeAxis,
  valueAxis,
} from './plot-style.ts'
import { align, badStretches } from './series.ts'
import { DataTable } from './TablePanel.tsx'
import { type PlotOptions, UPlotBox } from './UPlotBox.tsx'
import { useTokens } from './use-tokens.ts'

export interface ForecastPanelProps {
  readonly title: ReactNode
  readonly actions?: ReactNode
  readonly status: PanelStatus
  readonly loop: Loop
  readonly forecast: Forecast | null
  readonly history: readonly HistoryPoint[]
  readonly from: number
  readonly now: number
  readonly unit: string
  readonly digits: number
  readonly stale: boolean
  /** One sentence for those who do not see the picture. */
  readonly summary: string
  readonly words: { readonly low: string; readonly high: string; readonly interval: string; readonly forecast: string }
  readonly children?: ReactNode
}

const SCALE = 'y'

export function ForecastPanel(props: ForecastPanelProps) {
  const { title, actions, status, forecast, history, now, unit, digits, stale, summary, words, children } = props
  const t = useShared()
  const format = useFormat()
  const tokens = useTokens()
  const [asTable, setAsTable] = useState(false)
  const latest = useRef(props)
  latest.current = props
  const trusted = forecast?.state === 'trusted'

  const options = useMemo((): PlotOptions => {
    const points = { show: false }
    const stepped = uPlot.paths.stepped?.({ align: 1 })
    const levels = (): Level[] => {
      const { loop, words: names } = latest.current
      const look = { scale: SCALE, colour: tokens['line-strong'], dash: [6, 4] }
      return [
        { ...look, value: loop.high, name: names.high },
        { ...look, value: loop.low, name: names.low },
      ]
    }
    const line = trusted ? tokens['pen-1'] : tokens['ink-3']
    return {
      ms: 1,
      tzDate: t => uPlot.tzDate(new Date(t), format.timeZone),
      legend: { show: false },
      cursor: { show: false },
      padding: [10, 12, 0, 0],
      scales: {
        x: {
          time: true,
          range: () => {
            const { from: start, now: present, forecast: made } = latest.current
            return [start, Math.max(present, made?.points.at(-1)?.t ?? present)]
          },
        },
        [SCALE]: {
          range: (_, low, high) => {
            const { loop } = latest.current
            const [least, most] = [Math.min(low ?? loop.low, loop.low), Math.max(high ?? loop.high, loop.high)]
            const margin = (most - least) * 0.12
            return [least - margin, most + margin]
          },
        },
      },
      axes: [timeAxis(tokens, format), valueAxis(tokens, format, SCALE, unit, 3)],
      series: [
        {},
        { scale: SCALE, stroke: tokens.ink, width: 2, points, ...(stepped === undefined ? {} : { paths: stepped }) },
        { scale: SCALE, stroke: line, width: 2, dash: [6, 4], points },
        { scale: SCALE, stroke: 'transparent', points },
        { scale: SCALE, stroke: 'transparent', points },
      ],
      bands: [{ series: [4, 3], fill: trusted ? tokens.fan : tokens['bad-band'] }],
      hooks: {
        drawAxes: [
          plot => {
            const { loop, history: past, now: present } = latest.current
            paintStretches(plot, badStretches(past, present), tokens['bad-band'])
            for (const level of levels()) paintLevel(plot, level)
            paintLevel(plot, { scale: SCALE, value: loop.setpoint, colour: tokens.setpoint, dash: [] })
            paintMoment(plot, present, tokens['line-strong'])
          },
        ],
        draw: [
          plot => {
            for (const level of levels()) paintLevelName(plot, level, tokens)
          },
        ],
      },
    }
  }, [tokens, format, unit, trusted])

  const data = useMemo((): uPlot.AlignedData => {
    const ahead = forecast?.points ?? []
    const column = (read: (point: (typeof ahead)[number]) => number) => ({
      points: ahead.map((point): HistoryPoint => [point.t, read(point), 'good']),
    })
    const { times, columns } = align([
      { points: history },
      column(point => point.y),
      column(point => point.lo),
      column(point => point.hi),
    ])
    return [[...times], ...columns.map(cells => [...cells])] as unknown as uPlot.AlignedData
    // The picture moves on with the present.
  }, [history, forecast, now])

  return (
    <PanelFrame
      title={title}
      status={status}
      stale={stale}
      testId="forecast-panel"
      actions={
        <>
          {actions}
          <Button
            variant="subtle"
            color="gray"
            size="compact-md"
            leftSection={asTable ? <IconChartLine size={18} /> : <IconTable size={18} />}
            onClick={() => setAsTable(!asTable)}
          >
            {asTable ? t('panel.showChart') : t('panel.showTable')}
          </Button>
        </>
      }
    >
      {asTable ? (
        <DataTable
          label={summary}
          rows={forecast?.points ?? []}
          rowKey={row => row.t}
          columns={[
            { key: 't', head: t('panel.time'), cell: row => format.time(row.t) },
            {
              key: 'y',
              head: `${words.forecast} (${unit})`,
              align: 'right',
              cell: row => format.number(row.y, digits),
            },
            {
              key: 'interval',
              head: words.interval,
              align: 'right',
              cell: row => `${format.number(row.lo, digits)} – ${format.number(row.hi, digits)}`,
            },
          ]}
        />
      ) : (
        <UPlotBox options={options} data={data} height={230} summary={summary} />
      )}
      {children}
    </PanelFrame>
  )
}
