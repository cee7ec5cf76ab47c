/**
 * An ECharts picture (SPC, Pareto, Gantt) in a panel, with its table beside it. The library is loaded when the
 * first such panel is shown; options are built by features from `useTokens()`.
 */
import { Button } from '@mantine/core'
import { IconChartBar, IconTable } from '@tabler/icons-react'
import type { EChartsCoreOption } from 'echarts/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useShared } from '../i18n/lang.tsx'
import { PanelFrame, type PanelStatus, READY } from './PanelFrame.tsx'
import styles from './panels.module.css'

export type ChartOption = EChartsCoreOption
type Chart = Awaited<ReturnType<typeof import('./echarts.ts').createChart>>

export interface EChartPanelProps {
  readonly title: string
  /** One sentence for those who do not see the picture. */
  readonly summary: string
  readonly option: ChartOption
  readonly height?: number
  readonly table: ReactNode
  readonly actions?: ReactNode
  readonly status?: PanelStatus
  readonly stale?: boolean
  readonly onClick?: (event: {
    readonly seriesIndex: number
    readonly dataIndex: number
    readonly data: unknown
  }) => void
}

function Picture({
  summary,
  option,
  height = 320,
  onClick,
}: Pick<EChartPanelProps, 'summary' | 'option' | 'height' | 'onClick'>) {
  const box = useRef<HTMLDivElement>(null)
  const [chart, setChart] = useState<Chart>()
  const click = useRef(onClick)
  click.current = onClick
  useEffect(() => {
    let gone = false
    let made: Chart | undefined
    let observer: ResizeObserver | undefined
    void import('./echarts.ts').then(({ createChart }) => {
      const element = box.current
      if (gone || element === null) return
      made = createChart(element)
      made.on('click', event =>
        click.current?.({ seriesIndex: event.seriesIndex ?? 0, dataIndex: event.dataIndex, data: event.data }),
      )
      observer = new ResizeObserver(() => made?.resize())
      observer.observe(element)
      setChart(made)
    })
    return () => {
      gone = true
      observer?.disconnect()
      made?.dispose()
    }
  }, [])
  useEffect(() => {
    chart?.setOption(option, { notMerge: true })
  }, [chart, option])
  return <div ref={box} className={styles.chart} style={{ height }} role="img" aria-label={summary} />
}

export function EChartPanel(props: EChartPanelProps) {
  const { title, summary, option, height, table, actions, status = READY, stale, onClick } = props
  const t = useShared()
  const [asTable, setAsTable] = useState(false)
  return (
    <PanelFrame
      title={title}
      status={status}
      {...(stale === undefined ? {} : { stale })}
      flush={asTable}
      actions={
        <>
          {actions}
          <Button
            variant="subtle"
            color="gray"
            size="compact-md"
            leftSection={asTable ? <IconChartBar size={18} /> : <IconTable size={18} />}
            onClick={() => setAsTable(!asTable)}
          >
            {asTable ? t('panel.showChart') : t('panel.showTable')}
          </Button>
        </>
      }
    >
      {asTable ? (
        table
      ) : (
        <Picture
          summary={summary}
          option={option}
          {...(height === undefined ? {} : { height })}
          {...(onClick === undefined ? {} : { onClick })}
        />
      )}
    </PanelFrame>
  )
}
