/** The plan in force as a Gantt chart, with its operations as a table. */
import type { Equipment, OrderStatus, Plan } from '@millwright/contract'
import { useMemo } from 'react'
import { useLocal, useText } from '../../i18n/lang.tsx'
import { useFormat } from '../../lib/use-format.ts'
import { useNow } from '../../live/use-now.ts'
import { EChartPanel } from '../../panels/EChartPanel.tsx'
import { DataTable } from '../../panels/TablePanel.tsx'
import { useTokens } from '../../panels/use-tokens.ts'
import { ganttOption } from './gantt-option.ts'
import { firstWindow, ganttOf, nameOf } from './model.ts'
import { text } from './text.ts'

export interface GanttPanelProps {
  readonly plan: Plan
  readonly equipment: readonly Equipment[]
  readonly orders: readonly OrderStatus[]
  readonly selected: string | undefined
  readonly onSelect: (order: string) => void
}

export function GanttPanel({ plan, equipment, orders, selected, onSelect }: GanttPanelProps) {
  const t = useText(text)
  const local = useLocal()
  const format = useFormat()
  const tokens = useTokens()
  const now = useNow(60_000)
  const gantt = useMemo(() => ganttOf(plan, equipment, orders), [plan, equipment, orders])
  // The window stands while time moves on, so that a person's zoom is kept.
  const window = useMemo(() => firstWindow(plan, now), [plan.id])
  const option = useMemo(() => {
    const name = (id: string) => local(nameOf(equipment, id))
    return ganttOption(
      gantt,
      window,
      now,
      tokens,
      {
        name,
        time: format.dayMinute,
        axisTime: time => (format.minute(time) === '00:00' ? format.date(time).slice(5) : format.minute(time)),
        now: t('now'),
        describe: bar =>
          [
            `${bar.order} / ${bar.operation + 1}`,
            name(gantt.rows[bar.row]!),
            `${format.dayMinute(bar.start)} – ${format.dayMinute(bar.end)}`,
            ...(bar.setupMinutes > 0 ? [`${t('setup')} ${format.duration(bar.setupMinutes * 60_000)}`] : []),
          ].join('\n'),
      },
      selected,
    )
  }, [gantt, window, now, tokens, equipment, local, format, t, selected])
  const late = orders.filter(each => each.lateMinutes > 0).length
  return (
    <EChartPanel
      title={t('gantt')}
      summary={t('ganttSummary', { n: gantt.bars.length, m: gantt.rows.length, late })}
      option={option}
      height={Math.max(260, 84 + gantt.rows.length * 34)}
      onClick={event => {
        const bar = gantt.bars[event.dataIndex]
        if (bar !== undefined) onSelect(bar.order)
      }}
      table={
        <DataTable
          label={t('gantt')}
          columns={[
            { key: 'equipment', head: t('equipment'), cell: bar => local(nameOf(equipment, gantt.rows[bar.row]!)) },
            { key: 'order', head: t('order'), cell: bar => `${bar.order} / ${bar.operation + 1}` },
            { key: 'start', head: t('start'), cell: bar => format.dayMinute(bar.start) },
            { key: 'end', head: t('end'), cell: bar => format.dayMinute(bar.end) },
          ]}
          rows={gantt.bars.toSorted((a, b) => b.row - a.row || a.start - b.start)}
          rowKey={bar => `${bar.order}/${bar.operation}`}
        />
      }
    />
  )
}
