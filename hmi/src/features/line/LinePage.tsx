/** A line as its operator sees it: order, sections with values in context, forecast, proposal, trend. */

import { Anchor, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { TagDefinition } from '@millwright/contract'
import { Link, useParams } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { PageTitle } from '../../components/ui/PageTitle.tsx'
import { useLang, useLocal, useText } from '../../i18n/lang.tsx'
import { useRead } from '../../lib/query.ts'
import { useMay } from '../../lib/session.ts'
import { useFormat } from '../../lib/use-format.ts'
import { TimeRangeProvider } from '../../live/time-range.tsx'
import { PanelFrame } from '../../panels/PanelFrame.tsx'
import { RangePicker } from '../../panels/RangePicker.tsx'
import { TrendPanel } from '../../panels/TrendPanel.tsx'
import { specOf } from '../../panels/trend-spec.ts'
import { useLines, useSections } from '../../plant/use-plant.ts'
import { LoopForecast } from './LoopForecast.tsx'
import styles from './line.module.css'
import { blocksOf, columnsOf, withLoopLimits } from './model.ts'
import { OrderStrip } from './OrderStrip.tsx'
import { ProposalCard } from './ProposalCard.tsx'
import { SectionCard } from './SectionCard.tsx'
import { text } from './text.ts'
import { WriteDialog } from './WriteDialog.tsx'

function SelectedTrend({ tag }: { readonly tag: TagDefinition }) {
  const t = useText(text)
  const { lang } = useLang()
  const specs = useMemo(() => [specOf(tag, lang)], [tag, lang])
  return (
    <TrendPanel
      title={t('trend.title', { name: specs[0]?.name ?? tag.tag })}
      specs={specs}
      height={230}
      compact
      actions={
        <>
          <RangePicker spans={['5m', '15m', '1h', '8h']} />
          <Anchor component={Link} to="/trends" search={{ tags: tag.tag } as never} size="sm">
            {t('trend.open')}
          </Anchor>
        </>
      }
    />
  )
}

function Line({ agent }: { readonly agent: string }) {
  const t = useText(text)
  const local = useLocal()
  const format = useFormat()
  const lines = useLines()
  const line = lines.find(item => item.agent === agent)
  const sections = useSections(agent)
  const allLoops = useRead('listLoops').data
  const agents = useRead('listAgents').data
  const loops = useMemo(() => (allLoops ?? []).filter(loop => loop.agent === agent), [allLoops, agent])
  const mayWrite = useMay('writeTag')
  const [picked, setPicked] = useState<TagDefinition>()
  const [writing, setWriting] = useState<TagDefinition>()
  const measures = sections.flatMap(section => section.measures)
  const first =
    measures.find(({ tag }) => loops.some(loop => loop.target === tag.tag)) ??
    measures.find(({ tag }) => tag.limits !== undefined) ??
    measures[0]
  const shown = picked ?? first?.tag
  const trend = shown === undefined ? null : <SelectedTrend tag={withLoopLimits(shown, loops)} />
  const wide = useMediaQuery('(min-width: 1800px)') ?? false
  const narrow = useMediaQuery('(max-width: 1280px)') ?? false
  const columns = useMemo(
    () => columnsOf(blocksOf(sections, loops), wide ? 3 : narrow ? 1 : 2),
    [sections, loops, wide, narrow],
  )
  const status = agents?.find(item => item.agent === agent)
  if (line === undefined && lines.length > 0)
    return (
      <>
        <PageTitle title={t('line.unknown', { agent })} />
        <Text>{t('line.unknownHint')}</Text>
      </>
    )
  return (
    <>
      <PageTitle title={line === undefined ? agent : local(line.name)} />
      {status !== undefined && !status.online ? (
        <div className={styles.offline} role="alert">
          {t('line.offline', { time: format.dateTime(status.lastSeen) })}
        </div>
      ) : null}
      <OrderStrip equipment={line?.equipment} />
      <div className={styles.layout}>
        <div className={styles.process}>
          <div className={styles.sections}>
            {columns.map((column, index) => (
              <div key={index} className={styles.column}>
                {column.map(({ section, part }) => (
                  <SectionCard
                    key={`${section.id} ${part}`}
                    section={section}
                    part={part}
                    loops={loops}
                    selected={shown?.tag}
                    onSelect={setPicked}
                    onWrite={mayWrite ? setWriting : undefined}
                  />
                ))}
              </div>
            ))}
          </div>
          {sections.length === 0 ? <PanelFrame status={{ kind: 'empty', text: t('line.noSections') }} /> : null}
          {loops.length > 0 ? trend : null}
        </div>
        <div className={styles.side}>
          {loops.length > 0 ? null : trend}
          {loops.map(loop => (
            <ProposalCard key={`p ${loop.loop}`} loop={loop} />
          ))}
          {loops.map(loop => (
            <LoopForecast key={`f ${loop.loop}`} loop={loop} />
          ))}
        </div>
      </div>
      {writing === undefined ? null : (
        <WriteDialog key={writing.tag} tag={writing} onClose={() => setWriting(undefined)} />
      )}
    </>
  )
}

export function LinePage() {
  const { agent } = useParams({ strict: false })
  return (
    <TimeRangeProvider initial="15m">
      <Line key={agent} agent={agent ?? ''} />
    </TimeRangeProvider>
  )
}
