/** Defects by class, most first, with the cumulative share. */
import { useMemo } from 'react'
import { useText } from '../../i18n/lang.tsx'
import { useFormat } from '../../lib/use-format.ts'
import { EChartPanel } from '../../panels/EChartPanel.tsx'
import { DataTable } from '../../panels/TablePanel.tsx'
import { useTokens } from '../../panels/use-tokens.ts'
import { useDefectName } from '../../plant/defects/text.ts'
import type { ParetoRow } from './model.ts'
import { text } from './text.ts'

export function ParetoPanel({ rows }: { readonly rows: readonly ParetoRow[] }) {
  const t = useText(text)
  const format = useFormat()
  const tokens = useTokens()
  const defectName = useDefectName()
  const option = useMemo(() => {
    const axis = { axisLabel: { color: tokens['ink-2'] }, splitLine: { lineStyle: { color: tokens.grid } } }
    return {
      animation: false,
      grid: { left: 48, right: 56, top: 16, bottom: 32 },
      xAxis: {
        type: 'category',
        data: rows.map(row => defectName(row.name)),
        axisLabel: { color: tokens.ink },
        axisTick: { show: false },
      },
      yAxis: [
        { type: 'value', minInterval: 1, ...axis },
        {
          type: 'value',
          min: 0,
          max: 1,
          axisLabel: { color: tokens['ink-2'], formatter: (share: number) => format.percent(share, 0) },
          splitLine: { show: false },
        },
      ],
      series: [
        {
          type: 'bar',
          data: rows.map(row => row.defects),
          itemStyle: { color: tokens['pen-1'] },
          barMaxWidth: 56,
          label: { show: true, position: 'top', color: tokens.ink },
        },
        {
          type: 'line',
          yAxisIndex: 1,
          data: rows.map(row => row.cumulative),
          lineStyle: { color: tokens['ink-2'], width: 2 },
          itemStyle: { color: tokens['ink-2'] },
          symbolSize: 8,
        },
      ],
    }
  }, [rows, tokens, defectName, format])
  const total = rows.reduce((sum, row) => sum + row.defects, 0)
  const first = rows[0]
  return (
    <EChartPanel
      title={t('pareto')}
      summary={t('paretoSummary', { n: total, first: first === undefined ? t('none') : defectName(first.name) })}
      option={option}
      height={280}
      status={first === undefined ? { kind: 'empty', text: t('none') } : { kind: 'ready' }}
      table={
        <DataTable
          label={t('pareto')}
          columns={[
            { key: 'class', head: t('class'), cell: row => defectName(row.name) },
            { key: 'defects', head: t('defects'), cell: row => format.short(row.defects, 0), align: 'right' },
            {
              key: 'cumulative',
              head: t('cumulative'),
              cell: row => format.percent(row.cumulative, 1),
              align: 'right',
            },
          ]}
          rows={rows}
          rowKey={row => row.name}
        />
      }
    />
  )
}
