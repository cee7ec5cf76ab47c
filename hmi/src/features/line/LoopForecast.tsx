/** The forecast of a loop's target: fan, state of the model, main influences. */
import type { Loop } from '@millwright/contract'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useLocal, useText } from '../../i18n/lang.tsx'
import { useRead } from '../../lib/query.ts'
import { useFormat } from '../../lib/use-format.ts'
import type { TimeRange } from '../../live/range.ts'
import { useNow } from '../../live/use-now.ts'
import { useTrendData } from '../../live/use-trend-data.ts'
import { ForecastPanel } from '../../panels/ForecastPanel.tsx'
import { statusOf } from '../../panels/PanelFrame.tsx'
import { withTail } from '../../panels/series.ts'
import { digitsOfTag } from '../../plant/model.ts'
import { useTags } from '../../plant/use-plant.ts'
import { LaboratoryEntry } from './LaboratoryDialog.tsx'
import { LoopLevel } from './LoopLevel.tsx'
import styles from './line.module.css'
import { horizonOf } from './model.ts'
import { text } from './text.ts'

const PAST: TimeRange = { kind: 'live', span: '15m' }
const PAST_MS = 10 * 60_000

export function LoopForecast({ loop }: { readonly loop: Loop }) {
  const t = useText(text)
  const local = useLocal()
  const format = useFormat()
  const now = useNow(2000)
  const tags = useTags()
  const target = tags.find(tag => tag.tag === loop.target)
  const query = useRead('latestForecast', { params: { id: loop.loop } })
  const names = useMemo(() => [loop.target], [loop.target])
  const data = useTrendData(names, PAST, 600)
  const from = now - PAST_MS
  const history = useMemo(
    () => withTail(data.points.get(loop.target) ?? [], data.tails.get(loop.target) ?? [], from),
    [data, loop.target, from],
  )
  const forecast = query.data ?? null
  const digits = digitsOfTag(target)
  const unit = target?.unit ?? ''
  const name = target === undefined ? loop.target : local(target.description)
  const end = forecast === null ? undefined : horizonOf(forecast)
  const summary =
    forecast === null || end === undefined
      ? t('forecast.none')
      : t('forecast.summary', {
          minutes: format.short((end.t - forecast.t) / 60_000, 1),
          y: format.number(end.y, digits),
          lo: format.number(end.lo, digits),
          hi: format.number(end.hi, digits),
          setpoint: format.short(loop.setpoint, digits),
          low: format.short(loop.low, digits),
          high: format.short(loop.high, digits),
          unit,
        })
  return (
    <ForecastPanel
      title={t('forecast.title', { name })}
      actions={
        <>
          <LaboratoryEntry loop={loop} unit={unit} />
          <LoopLevel loop={loop} />
        </>
      }
      status={statusOf(query)}
      loop={loop}
      forecast={forecast}
      history={history}
      from={from}
      now={now}
      unit={unit}
      digits={digits}
      stale={forecast?.state === 'stale'}
      summary={summary}
      words={{
        low: t('forecast.low'),
        high: t('forecast.high'),
        interval: t('forecast.interval'),
        forecast: t('forecast.forecast'),
      }}
    >
      <p className={`${styles.forecastText} mw-number`}>{summary}</p>
      {forecast === null ? null : (
        <p className={styles.forecastText} data-state={forecast.state}>
          {forecast.state === 'trusted' ? null : <IconAlertTriangle size={18} aria-hidden />}
          {t(`forecast.state.${forecast.state}`)} · {t('forecast.model', { model: forecast.model })}
        </p>
      )}
      {forecast?.reasons.map(reason => (
        <p key={reason.code} className={styles.forecastText}>
          {local(reason.text)}
        </p>
      ))}
      {forecast === null || forecast.contributions.length === 0 ? null : (
        <p className={`${styles.forecastText} mw-number`}>
          {t('forecast.contributions')}
          {': '}
          {forecast.contributions
            .slice(0, 3)
            .map(item => {
              const tag = tags.find(other => other.tag === item.tag)
              const sign = item.value > 0 ? '+' : '−'
              return `${tag === undefined ? item.tag : local(tag.description)} ${sign}${format.number(Math.abs(item.value), digits)} ${unit}`
            })
            .join(' · ')}
        </p>
      )}
    </ForecastPanel>
  )
}
