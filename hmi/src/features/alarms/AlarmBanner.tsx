/** On every page: the highest unacknowledged alarm, acknowledged with one touch. */
import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { PriorityShape } from '../../components/ui/PriorityMark.tsx'
import { useLocal, useShared } from '../../i18n/lang.tsx'
import { useRead } from '../../lib/query.ts'
import { useFormat } from '../../lib/use-format.ts'
import styles from './alarms.module.css'
import { highestUnacknowledged } from './model.ts'
import { useAcknowledge } from './use-acknowledge.ts'

export function AlarmBanner() {
  const t = useShared()
  const local = useLocal()
  const format = useFormat()
  const alarms = useRead('listAlarms')
  const { may, acknowledge, pending, error } = useAcknowledge()
  if (alarms.data === undefined)
    return <div className={styles.calm}>{alarms.error === null ? t('panel.loading') : t('alarm.unknown')}</div>
  const top = highestUnacknowledged(alarms.data)
  if (top === undefined)
    return (
      <Link to="/alarms" className={styles.calm} data-testid="alarm-banner">
        {t('alarm.none')}
      </Link>
    )
  const { alarm, more } = top
  return (
    <section
      className={styles.banner}
      data-priority={alarm.priority}
      aria-label={t('alarm.banner')}
      aria-live="assertive"
      data-testid="alarm-banner"
      data-alarm={alarm.alarm}
    >
      <PriorityShape priority={alarm.priority} size={30} />
      <Link to="/alarms" className={styles.bannerText} title={t('alarm.open')}>
        <b>{local(alarm.message)}</b>
        <span>
          {t(`priority.${alarm.priority}`)} · {t(`alarm.${alarm.state}`)} · {format.time(alarm.raisedAt)}
          {more === 0 ? null : ` · ${t('alarm.more', { n: more })}`}
          {error === null ? null : ` · ${t('outcome.failed')}`}
        </span>
      </Link>
      {may ? (
        <Button variant="default" h={44} loading={pending(alarm)} onClick={() => acknowledge(alarm)}>
          {t('alarm.acknowledge')}
        </Button>
      ) : null}
    </section>
  )
}
