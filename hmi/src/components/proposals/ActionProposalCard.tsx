/** Something that would be done: shown with its difference, approved or rejected by a person whose role allows it. */

import { Button, Group } from '@mantine/core'
import type { ActionProposal, PlanDiff } from '@millwright/contract'
import { type ReactNode, useState } from 'react'
import { useLocal, useShared, useText } from '../../i18n/lang.tsx'
import { useChange } from '../../lib/query.ts'
import { useUser } from '../../lib/session.ts'
import { useFormat } from '../../lib/use-format.ts'
import { ReasonDialog } from '../ui/ReasonDialog.tsx'
import { PlanDiffView } from './PlanDiffView.tsx'
import styles from './proposals.module.css'
import { text } from './text.ts'

export interface ActionProposalCardProps {
  readonly proposal: ActionProposal
  readonly onDecided?: (proposal: ActionProposal) => void
  /** What the feature shows of its own kind of payload. */
  readonly children?: ReactNode
}

export function ActionProposalCard({ proposal: given, onDecided, children }: ActionProposalCardProps) {
  const t = useText(text)
  const shared = useShared()
  const local = useLocal()
  const format = useFormat()
  const role = useUser()?.role
  const [asking, setAsking] = useState<'approve' | 'reject'>()
  const decided = (reply: ActionProposal) => {
    setAsking(undefined)
    onDecided?.(reply)
  }
  const approve = useChange('approveActionProposal', decided)
  const reject = useChange('rejectActionProposal', decided)
  const proposal = approve.data ?? reject.data ?? given
  const { id, hash, state } = proposal
  const may = role !== undefined && proposal.roles.includes(role)
  const title = local(proposal.title)
  return (
    <section
      className={styles.card}
      data-state={state}
      data-testid="action-proposal"
      data-kind={proposal.kind}
      aria-label={title}
    >
      <div className={styles.head}>
        <h3 className={styles.title}>{title}</h3>
        <span className={styles.minor} data-testid="proposal-state">
          {t(`state.${state}`)} · {t('by', { name: proposal.createdBy })}
          {state === 'open' ? ` · ${t('expires', { time: format.minute(proposal.expiresAt) })}` : null}
        </span>
      </div>
      <div>{local(proposal.summary)}</div>
      {proposal.kind === 'publish_plan' ? <PlanDiffView diff={(proposal.payload as { diff: PlanDiff }).diff} /> : null}
      {children}
      {proposal.outcome === undefined ? null : <div className={styles.minor}>{local(proposal.outcome)}</div>}
      {state !== 'open' ? null : may ? (
        <Group mt="sm">
          <Button h={44} onClick={() => setAsking('approve')}>
            {t('approve')}
          </Button>
          <Button h={44} variant="default" onClick={() => setAsking('reject')}>
            {t('reject')}
          </Button>
        </Group>
      ) : (
        <div className={styles.minor}>
          {t('needs', { roles: proposal.roles.map(each => shared(`role.${each}`)).join(', ') })}
        </div>
      )}
      {asking === undefined ? null : (
        <ReasonDialog
          title={t(asking === 'approve' ? 'approveTitle' : 'rejectTitle', { title })}
          confirm={t(asking)}
          onClose={() => setAsking(undefined)}
          onConfirm={reason =>
            asking === 'approve'
              ? approve.mutate({ params: { id }, body: { hash, reason } })
              : reject.mutate({ params: { id }, body: { reason } })
          }
          pending={approve.isPending || reject.isPending}
          error={approve.error ?? reject.error}
        />
      )}
    </section>
  )
}
