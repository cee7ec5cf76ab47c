/** The frame of every panel: title, actions, and one look for loading, empty, error and stale. */
import { Loader } from '@mantine/core'
import { IconClockExclamation } from '@tabler/icons-react'
import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useId } from 'react'
import { ErrorNote } from '../components/ui/ErrorNote.tsx'
import { useShared } from '../i18n/lang.tsx'
import styles from './panels.module.css'

export type PanelStatus =
  | { readonly kind: 'ready' }
  | { readonly kind: 'loading' }
  | { readonly kind: 'empty'; readonly text?: string }
  | { readonly kind: 'error'; readonly error: unknown; readonly retry?: () => void }

export const READY: PanelStatus = { kind: 'ready' }

/** Status of a query; `empty` says whether its data holds nothing to show. */
export function statusOf<T>(query: UseQueryResult<T, Error>, empty: (data: T) => boolean = () => false): PanelStatus {
  if (query.data !== undefined) return empty(query.data) ? { kind: 'empty' } : READY
  if (query.error !== null) return { kind: 'error', error: query.error, retry: () => void query.refetch() }
  return { kind: 'loading' }
}

export interface PanelFrameProps {
  readonly title?: ReactNode
  readonly actions?: ReactNode
  readonly status?: PanelStatus
  readonly stale?: boolean
  /** Without padding, for tables and charts that reach the edge. */
  readonly flush?: boolean
  readonly className?: string
  readonly testId?: string
  readonly children?: ReactNode
}

function Body({ status, children }: { readonly status: PanelStatus; readonly children: ReactNode }) {
  const t = useShared()
  switch (status.kind) {
    case 'ready':
      return children
    case 'loading':
      return (
        <div className={styles.quiet} role="status">
          <Loader type="dots" size="sm" color="gray" aria-hidden />
          {t('panel.loading')}
        </div>
      )
    case 'empty':
      return <div className={styles.quiet}>{status.text ?? t('panel.empty')}</div>
    case 'error':
      return <ErrorNote error={status.error} onRetry={status.retry} />
  }
}

export function PanelFrame(props: PanelFrameProps) {
  const { title, actions, status = READY, stale = false, flush = false, className = '', testId, children } = props
  const t = useShared()
  const id = useId()
  return (
    <section
      className={`${styles.panel} ${className}`}
      {...(title === undefined ? {} : { 'aria-labelledby': id })}
      data-testid={testId}
      data-stale={stale || undefined}
    >
      {title === undefined && actions === undefined ? null : (
        <div className={styles.head}>
          <h2 id={id} className={styles.title}>
            {title}
          </h2>
          {stale ? (
            <span className={styles.staleMark}>
              <IconClockExclamation size={18} aria-hidden />
              {t('panel.stale')}
            </span>
          ) : null}
          <div className={styles.actions}>{actions}</div>
        </div>
      )}
      <div className={flush && status.kind === 'ready' ? styles.flush : styles.body}>
        <Body status={status}>{children}</Body>
      </div>
    </section>
  )
}
