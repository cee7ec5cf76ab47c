/** A refused or failed call: what, why, what to do, and the code for support. */
import { Button } from '@mantine/core'
import { IconAlertCircle } from '@tabler/icons-react'
import { useLocal, useShared } from '../../i18n/lang.tsx'
import { ApiError, textOf } from '../../lib/api-error.ts'
import styles from './notes.module.css'

export function ErrorNote({
  error,
  onRetry,
}: {
  readonly error: unknown
  readonly onRetry?: (() => void) | undefined
}) {
  const t = useShared()
  const local = useLocal()
  if (error === null || error === undefined) return null
  const known = error instanceof ApiError ? error : undefined
  return (
    <div className={styles.note} data-tone="high" role="alert">
      <IconAlertCircle size={22} aria-hidden />
      <div className={styles.body}>
        <div>{local(textOf(error))}</div>
        {known?.status === 0 ? <div className={styles.minor}>{t('error.networkHint')}</div> : null}
        {known?.code.startsWith('MW-') ? (
          <div className={styles.minor}>{t('error.code', { code: known.code })}</div>
        ) : null}
      </div>
      {onRetry === undefined ? null : (
        <Button variant="default" size="sm" onClick={onRetry}>
          {t('panel.retry')}
        </Button>
      )}
    </div>
  )
}
