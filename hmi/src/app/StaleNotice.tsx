/** Says on every page that the values may be old, for as long as the connection is lost. */
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useShared } from '../i18n/lang.tsx'
import { useFormat } from '../lib/use-format.ts'
import { useLinkState, useLive } from '../live/live-provider.tsx'
import styles from './AppLayout.module.css'

export function StaleNotice() {
  const t = useShared()
  const format = useFormat()
  const { stream } = useLive()
  const state = useLinkState()
  if (state !== 'stale') return null
  const last = stream.lastFrameAt()
  return (
    <div className={styles.stale} role="alert" data-testid="stale-notice">
      <IconPlugConnectedX size={22} aria-hidden />
      <span>
        {t('link.staleHint')} {last === undefined ? null : t('link.lastData', { time: format.time(last) })}
      </span>
    </div>
  )
}
