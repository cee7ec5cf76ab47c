/** The plant in six figures; each leads to its page. */
import { Link, type LinkProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { PriorityShape } from '../../components/ui/PriorityMark.tsx'
import { VerdictMark } from '../../components/ui/VerdictMark.tsx'
import { useLocal, useShared, useText } from '../../i18n/lang.tsx'
import { useRead } from '../../lib/query.ts'
import { useFormat } from '../../lib/use-format.ts'
import { useNow } from '../../live/use-now.ts'
import { useEquipment } from '../../plant/use-plant.ts'
import { lateOrders, nextOperation } from './model.ts'
import styles from './overview.module.css'
import { text } from './text.ts'

interface TileProps {
  readonly to: LinkProps['to']
  readonly title: string
  readonly note: ReactNode
  /** Abnormal: marked by an edge in colour beside the text. */
  readonly tone?: 'high' | 'medium' | undefined
  readonly testId: string
  readonly children: ReactNode
}

function Tile({ to, title, note, tone, testId, children }: TileProps) {
  return (
    <Link to={to as '/'} className={styles.tile} data-tone={tone} data-testid={testId}>
      <h2>{title}</h2>
      <div className={`${styles.figure} mw-number`}>{children}</div>
      <div className={`${styles.note} mw-number`}>{note}</div>
    </Link>
  )
}

const PRIORITIES = ['high', 'medium', 'low'] as const

function AlarmTile() {
  const t = useText(text)
  const shared = useShared()
  const alarms = useRead('listAlarms').data
  const count = (priority: string) => alarms?.filter(alarm => alarm.priority === priority).length ?? 0
  const waiting = alarms?.filter(alarm => alarm.state === 'unack' || alarm.state === 'rtn_unack') ?? []
  const tone = waiting.some(alarm => alarm.priority === 'high')
    ? 'high'
    : waiting.some(alarm => alarm.priority === 'medium')
      ? 'medium'
      : undefined
  return (
    <Tile
      to="/alarms"
      title={t('alarms')}
      tone={tone}
      testId="tile-alarms"
      note={
        alarms === undefined
          ? shared('alarm.unknown')
          : alarms.length === 0
            ? t('alarmsNone')
            : waiting.length === 0
              ? t('alarmsAllAcked')
              : t('alarmsUnack', { n: waiting.length })
      }
    >
      {PRIORITIES.map(priority => (
        <span
          key={priority}
          className={styles.count}
          data-none={count(priority) === 0 || undefined}
          title={shared(`priority.${priority}`)}
        >
          <PriorityShape priority={priority} size={24} />
          <span className="mw-visually-hidden">{shared(`priority.${priority}`)}</span>
          {alarms === undefined ? '—' : count(priority)}
        </span>
      ))}
    </Tile>
  )
}

function AgentTile() {
  const t = useText(text)
  const agents = useRead('listAgents').data
  const away = agents?.filter(agent => !agent.online) ?? []
  return (
    <Tile
      to="/system"
      title={t('agents')}
      tone={away.length > 0 ? 'medium' : undefined}
      testId="tile-agents"
      note={away.length > 0 ? t('agentsAway', { names: away.map(agent => agent.agent).join(', ') }) : t('agentsAll')}
    >
      {agents === undefined ? '—' : agents.length - away.length}
      <small>{t('agentsOf', { n: agents?.length ?? 0 })}</small>
    </Tile>
  )
}

function InspectionTile() {
  const t = useText(text)
  const format = useFormat()
  const now = useNow(60_000)
  const from = format.startOfDay(now)
  const summary = useRead('qualitySummary', { query: { from } }).data
  return (
    <Tile
      to="/inspections"
      title={t('inspections')}
      testId="tile-inspections"
      note={
        summary === undefined || summary.captures === 0
          ? t('inspectionsNone')
          : t('inspectionsOf', { n: format.short(summary.captures) })
      }
    >
      {(['pass', 'fail', 'review'] as const).map(verdict => (
        <span key={verdict} className={styles.verdict}>
          {summary === undefined ? '—' : format.short(summary[verdict])}
          <VerdictMark verdict={verdict} size={18} quiet={!summary?.[verdict]} />
        </span>
      ))}
    </Tile>
  )
}

function OrderTiles() {
  const t = useText(text)
  const local = useLocal()
  const format = useFormat()
  const now = useNow(10_000)
  const orders = useRead('listOrders').data
  const plan = useRead('currentPlan').data
  const equipment = useEquipment()
  const late = lateOrders(orders ?? [])
  const worst = late[0]
  const next = nextOperation(plan ?? null, orders ?? [], now)
  const place = equipment.find(item => item.id === next?.equipment)
  return (
    <>
      <Tile
        to="/orders"
        title={t('late')}
        tone={late.length > 0 ? 'medium' : undefined}
        testId="tile-late"
        note={
          worst === undefined
            ? t('lateNone')
            : t('lateMost', { order: worst.order.id, duration: format.duration(worst.lateMinutes * 60_000) })
        }
      >
        {orders === undefined ? '—' : late.length}
      </Tile>
      <Tile
        to="/orders"
        title={t('next')}
        testId="tile-next"
        note={
          next === undefined
            ? t('nextNone')
            : t('nextAt', {
                time: format.dayMinute(next.start),
                equipment: place === undefined ? next.equipment : local(place.name),
              })
        }
      >
        {next?.order ?? '—'}
      </Tile>
    </>
  )
}

export function Tiles() {
  return (
    <div className={styles.tiles}>
      <AlarmTile />
      <AgentTile />
      <InspectionTile />
      <OrderTiles />
    </div>
  )
}
