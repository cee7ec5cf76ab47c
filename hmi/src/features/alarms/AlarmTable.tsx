/** Rows of alarms, most urgent first. */

import { Anchor } from '@mantine/core'
import type { Alarm } from '@millwright/contract'
import { Link } from '@tanstack/react-router'
import { PriorityMark } from '../../components/ui/PriorityMark.tsx'
import { useLocal, useShared, useText } from '../../i18n/lang.tsx'
import { useFormat } from '../../lib/use-format.ts'
import { useNow } from '../../live/use-now.ts'
import { DataTable } from '../../panels/TablePanel.tsx'
import { useEquipment, useTags } from '../../plant/use-plant.ts'
import { AlarmActs } from './AlarmActs.tsx'
import styles from './alarms.module.css'
import { isUnacknowledged } from './model.ts'
import type { useShelving } from './shelving.ts'
import { text } from './text.ts'
import type { useAcknowledge } from './use-acknowledge.ts'

export interface AlarmTableProps {
  readonly alarms: readonly Alarm[]
  readonly acknowledge: ReturnType<typeof useAcknowledge>
  readonly shelving: ReturnType<typeof useShelving>
  readonly onShelve: (alarm: Alarm) => void
  readonly label: string
}

export function AlarmTable({ alarms, acknowledge, shelving, onShelve, label }: AlarmTableProps) {
  const t = useText(text)
  const shared = useShared()
  const local = useLocal()
  const format = useFormat()
  const now = useNow()
  const tags = useTags()
  const equipment = useEquipment()
  const placeOf = (alarm: Alarm) => {
    const id = alarm.equipment ?? tags.find(tag => tag.tag === alarm.tag)?.equipment
    const item = equipment.find(other => other.id === id)
    return item === undefined ? alarm.agent : local(item.name)
  }
  const valueText = (alarm: Alarm) => {
    if (alarm.value === undefined) return null
    const unit = tags.find(tag => tag.tag === alarm.tag)?.unit ?? ''
    const limit = alarm.limit === undefined ? '' : ` / ${format.short(alarm.limit)}`
    return `${format.number(alarm.value)}${limit} ${unit}`
  }
  return (
    <DataTable
      label={label}
      rows={alarms}
      rowKey={alarm => alarm.alarm}
      rowProps={alarm => ({
        'data-alarm': alarm.alarm,
        'data-state': alarm.state,
        className: isUnacknowledged(alarm) ? styles.waiting : undefined,
      })}
      columns={[
        {
          key: 'priority',
          head: t('priority'),
          width: 110,
          cell: alarm => <PriorityMark priority={alarm.priority} />,
        },
        {
          key: 'message',
          head: t('message'),
          cell: alarm => (
            <>
              <div className={styles.message}>{local(alarm.message)}</div>
              <div className={styles.minor}>{placeOf(alarm)}</div>
            </>
          ),
        },
        {
          key: 'value',
          head: t(alarms.some(alarm => alarm.limit !== undefined) ? 'value' : 'valueAlone'),
          align: 'right',
          cell: alarm => (
            <>
              <div>{valueText(alarm)}</div>
              {alarm.tag === undefined ? null : (
                <Anchor component={Link} to="/trends" search={{ tags: alarm.tag } as never} size="sm">
                  {t('trend')}
                </Anchor>
              )}
            </>
          ),
        },
        {
          key: 'state',
          head: t('state'),
          cell: alarm => (
            <>
              <div className={isUnacknowledged(alarm) ? styles.strong : undefined}>
                {shared(`alarm.${alarm.state}`)}
                {alarm.shelved ? ` · ${t('shelved')}` : null}
              </div>
              {alarm.acknowledgedBy === undefined ? null : <div className={styles.minor}>{alarm.acknowledgedBy}</div>}
            </>
          ),
        },
        {
          key: 'since',
          head: t('since'),
          align: 'right',
          cell: alarm => (
            <>
              <div>{format.dateTime(alarm.raisedAt)}</div>
              <div className={styles.minor}>{format.duration(now - alarm.raisedAt)}</div>
            </>
          ),
        },
        {
          key: 'acts',
          head: <span className="mw-visually-hidden">{t('acts')}</span>,
          align: 'right',
          width: 260,
          cell: alarm => <AlarmActs alarm={alarm} acknowledge={acknowledge} shelving={shelving} onShelve={onShelve} />,
        },
      ]}
    />
  )
}
