/** A line at a glance: a few key values of each section with their last hour. */
import type { HistoryPoint, Loop, TagDefinition } from '@millwright/contract'
import { Link } from '@tanstack/react-router'
import { memo, useMemo } from 'react'
import { LiveNumber } from '../../components/ui/LiveNumber.tsx'
import { useLocal, useText } from '../../i18n/lang.tsx'
import { useRead } from '../../lib/query.ts'
import type { TimeRange } from '../../live/range.ts'
import { type LiveReading, useLiveValues } from '../../live/use-live-value.ts'
import { useNow } from '../../live/use-now.ts'
import { useTrendData } from '../../live/use-trend-data.ts'
import { PanelFrame } from '../../panels/PanelFrame.tsx'
import { Sparkline } from '../../panels/Sparkline.tsx'
import { heldUntil, withTail } from '../../panels/series.ts'
import { breachOf, digitsOfTag, type Line } from '../../plant/model.ts'
import { useSections } from '../../plant/use-plant.ts'
import { keyTags, leastSpan } from './model.ts'
import styles from './overview.module.css'
import { text } from './text.ts'

const HOUR: TimeRange = { kind: 'live', span: '1h' }
const SPAN = 3_600_000
const POINTS = 180
const NONE: readonly HistoryPoint[] = []

interface KeyValueProps {
  readonly tag: TagDefinition
  readonly loop: Loop | undefined
  readonly reading: LiveReading | undefined
  readonly stored: readonly HistoryPoint[]
  readonly tail: readonly HistoryPoint[]
  readonly now: number
}

/** Drawn again only when its own value or the time changes. */
const KeyValue = memo(function KeyValue({ tag, loop, reading, stored, tail, now }: KeyValueProps) {
  const t = useText(text)
  const local = useLocal()
  const limits = tag.limits ?? (loop === undefined ? undefined : { lo: loop.low, hi: loop.high })
  const value = typeof reading?.value?.value === 'number' ? reading.value.value : undefined
  const breach = breachOf({ ...tag, ...(limits === undefined ? {} : { limits }) }, value)
  const tone = breach === undefined ? 'normal' : breach.length > 2 ? 'high' : 'medium'
  const name = local(tag.description) || tag.tag
  const alive = reading?.trust === 'good'
  const points = useMemo(() => heldUntil(withTail(stored, tail, now - SPAN), now, alive), [stored, tail, now, alive])
  return (
    <div className={styles.value} data-tag={tag.tag}>
      <div className={styles.valueName}>{name}</div>
      <LiveNumber
        value={reading?.value?.value}
        trust={reading?.trust ?? 'none'}
        unit={tag.unit}
        digits={digitsOfTag(tag)}
        size="lg"
        tone={tone}
        t={reading?.value?.t}
      />
      <Sparkline
        points={points}
        from={now - SPAN}
        to={now}
        least={leastSpan(tag, value)}
        label={t('spark', { name })}
        marks={[
          ...[limits?.lo, limits?.hi].flatMap(limit =>
            limit === undefined ? [] : [{ value: limit, tone: 'limit' as const }],
          ),
          ...(loop === undefined ? [] : [{ value: loop.setpoint, tone: 'setpoint' as const }]),
        ]}
      />
    </div>
  )
})

export function LineCard({ line }: { readonly line: Line }) {
  const t = useText(text)
  const local = useLocal()
  const now = useNow(5000)
  const sections = useSections(line.agent)
  const loops = useRead('listLoops').data
  const agent = useRead('listAgents').data?.find(item => item.agent === line.agent)
  const shown = useMemo(
    () =>
      sections
        .filter(section => !section.whole || sections.length === 1)
        .map(section => ({ section, tags: keyTags(section, loops ?? [], sections.length < 3 ? 4 : 2) }))
        .filter(item => item.tags.length > 0),
    [sections, loops],
  )
  const names = useMemo(() => shown.flatMap(item => item.tags.map(tag => tag.tag)), [shown])
  const readings = useLiveValues(names)
  const data = useTrendData(names, HOUR, POINTS)
  return (
    <PanelFrame
      title={
        <Link to="/lines/$agent" params={{ agent: line.agent }} className={styles.lineLink}>
          {local(line.name)}
        </Link>
      }
      status={shown.length === 0 ? { kind: 'empty', text: t('noValues') } : { kind: 'ready' }}
      stale={agent !== undefined && !agent.online}
      testId="line-card"
    >
      <div className={styles.sections}>
        {shown.map(({ section, tags }) => (
          <section key={section.id} className={styles.section}>
            <h3>{local(section.name)}</h3>
            <div className={styles.values}>
              {tags.map(tag => (
                <KeyValue
                  key={tag.tag}
                  tag={tag}
                  loop={loops?.find(loop => loop.target === tag.tag)}
                  reading={readings.get(tag.tag)}
                  stored={data.points.get(tag.tag) ?? NONE}
                  tail={data.tails.get(tag.tag) ?? NONE}
                  now={now}
                />
              ))}
            </div>
          </section>
        ))}
      </div>
    </PanelFrame>
  )
}
