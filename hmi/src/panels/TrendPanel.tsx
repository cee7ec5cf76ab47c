/** Trends of tags over the page's time range: picture or table, values under the cursor, CSV. */
import { Button } from '@mantine/core'
import { IconChartLine, IconDownload, IconTable } from '@tabler/icons-react'
import { type ReactNode, useMemo, useState } from 'react'
import { useShared } from '../i18n/lang.tsx'
import { saveText } from '../lib/save.ts'
import { useFormat } from '../lib/use-format.ts'
import { useLinkState } from '../live/live-provider.tsx'
import { boundsOf, spanOf } from '../live/range.ts'
import { useTimeRange } from '../live/time-range.tsx'
import { type Trust, useLiveValues } from '../live/use-live-value.ts'
import { useNow } from '../live/use-now.ts'
import { useTrendData } from '../live/use-trend-data.ts'
import { PanelFrame, type PanelStatus, READY } from './PanelFrame.tsx'
import { extentOf, heldUntil, type TrendSeries, toCsv, withTail } from './series.ts'
import { TrendChart } from './TrendChart.tsx'
import { TrendLegend } from './TrendLegend.tsx'
import { TrendTable } from './TrendTable.tsx'

const NONE: readonly string[] = []
const isAlive = (trust: Trust | undefined) => trust === 'good' || trust === 'uncertain'

export type TrendSpec = Omit<TrendSeries, 'points'>

export interface TrendPanelProps {
  readonly title: ReactNode
  readonly specs: readonly TrendSpec[]
  readonly height?: number
  readonly actions?: ReactNode
  readonly onRemove?: (key: string) => void
  /** Without table and download, for a trend embedded among values. */
  readonly compact?: boolean
}

export function TrendPanel({ title, specs, height = 360, actions, onRemove, compact = false }: TrendPanelProps) {
  const t = useShared()
  const format = useFormat()
  const { range, setRange } = useTimeRange()
  const link = useLinkState()
  const now = useNow(range.kind === 'live' && spanOf(range) > 3_600_000 ? 10_000 : 1000)
  const [asTable, setAsTable] = useState(false)
  const [cursor, setCursor] = useState<number>()
  const tags = useMemo(() => specs.map(spec => spec.key), [specs])
  const data = useTrendData(tags, range)
  const { from, to } = boundsOf(range, now)
  // The start moves on every second; a trend of hours need not be cut that often.
  const cut = Math.floor(from / 5000) * 5000
  const following = range.kind === 'live'
  const readings = useLiveValues(following ? tags : NONE)
  const tick = Math.floor(to / 2000) * 2000
  const series = useMemo(
    (): TrendSeries[] =>
      specs.map(spec => ({
        ...spec,
        points: heldUntil(
          withTail(data.points.get(spec.key) ?? [], data.tails.get(spec.key) ?? [], cut),
          tick,
          following && isAlive(readings.get(spec.key)?.trust),
        ),
      })),
    [specs, data, cut, tick, following, readings],
  )
  const limitNames = { lolo: t('limit.lolo'), lo: t('limit.lo'), hi: t('limit.hi'), hihi: t('limit.hihi') }
  const number = (value: number | null, digits: number) =>
    value === null ? t('value.none') : format.number(value, digits)
  const summary = series
    .map(item => {
      const { last, min, max } = extentOf(item.points)
      const print = (value: number | null) => `${number(value, item.digits)} ${item.unit}`
      return t('panel.summary', { name: item.name, last: print(last), min: print(min), max: print(max) })
    })
    .join('; ')
  const filled = series.some(item => item.points.length > 0)
  const status: PanelStatus =
    data.error !== null
      ? { kind: 'error', error: data.error, retry: data.retry }
      : filled
        ? READY
        : data.loading
          ? { kind: 'loading' }
          : { kind: 'empty', text: t('panel.noData') }
  const download = () =>
    saveText(
      `trend-${format.dateTime(from).replaceAll(/[: ]/g, '-')}.csv`,
      // Excel reads UTF-8 only behind a byte order mark.
      `\uFEFF${toCsv(series, ['time_utc', 'time_plant', 'tag', 'value', 'unit', 'quality'], format.dateTime)}`,
      'text/csv',
    )
  return (
    <PanelFrame
      title={title}
      status={status}
      stale={link === 'stale' && range.kind === 'live'}
      testId="trend-panel"
      actions={
        <>
          {actions}
          {compact ? null : (
            <>
              <Button
                variant="subtle"
                color="gray"
                size="compact-md"
                leftSection={asTable ? <IconChartLine size={18} /> : <IconTable size={18} />}
                onClick={() => setAsTable(!asTable)}
              >
                {asTable ? t('panel.showChart') : t('panel.showTable')}
              </Button>
              <Button
                variant="subtle"
                color="gray"
                size="compact-md"
                leftSection={<IconDownload size={18} />}
                disabled={!filled}
                onClick={download}
              >
                {t('panel.download')}
              </Button>
            </>
          )}
        </>
      }
    >
      {asTable ? (
        <TrendTable series={series} />
      ) : (
        <TrendChart
          series={series}
          from={from}
          to={to}
          height={height}
          format={format}
          summary={summary}
          limitNames={limitNames}
          onCursor={setCursor}
          onSelect={(start, end) => setRange({ kind: 'fixed', from: start, to: end })}
        />
      )}
      <TrendLegend series={series} cursor={cursor} {...(onRemove === undefined ? {} : { onRemove })} />
    </PanelFrame>
  )
}
