/** What became of a command: read-back, or the guard's or machine's refusal in words. */
import type { CommandResult } from '@millwright/contract'
import { IconCircleCheck, IconClock, IconHandStop } from '@tabler/icons-react'
import { useLocal, useShared } from '../../i18n/lang.tsx'
import styles from './notes.module.css'

export interface OutcomeNoteProps {
  readonly result: CommandResult
  /** A value with its unit. */
  readonly print: (value: number | boolean | string) => string
}

const ICON = { sent: IconClock, done: IconCircleCheck, refused: IconHandStop, failed: IconHandStop } as const

export function OutcomeNote({ result, print }: OutcomeNoteProps) {
  const t = useShared()
  const local = useLocal()
  const Icon = ICON[result.status]
  const bad = result.status === 'refused' || result.status === 'failed'
  return (
    <div
      className={styles.note}
      data-tone={bad ? 'medium' : 'plain'}
      role={bad ? 'alert' : 'status'}
      data-testid="command-outcome"
      data-status={result.status}
    >
      <Icon size={22} aria-hidden />
      <div className={styles.body}>
        <div className={styles.title}>
          {t(`outcome.${result.status}`)}
          {result.readBack === undefined ? null : `, ${t('outcome.readBack', { value: print(result.readBack) })}`}
          {result.before === undefined ? null : ` (${t('outcome.before', { value: print(result.before) })})`}
        </div>
        {result.text === undefined ? null : <div>{local(result.text)}</div>}
        {result.code === undefined ? null : (
          <div className={styles.minor}>{t('error.code', { code: result.code })}</div>
        )}
      </div>
    </div>
  )
}
