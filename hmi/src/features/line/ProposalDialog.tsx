/** Accepting, accepting with another value, and rejecting a setpoint proposal, each with a reason. */

import { NumberInput, Text } from '@mantine/core'
import type { CommandResult, Loop, SetpointProposal } from '@millwright/contract'
import { useState } from 'react'
import { ReasonDialog } from '../../components/ui/ReasonDialog.tsx'
import { useText } from '../../i18n/lang.tsx'
import { useChange } from '../../lib/query.ts'
import { useFormat } from '../../lib/use-format.ts'
import { insideGuard } from './model.ts'
import { text } from './text.ts'

export type Decision = 'accept' | 'other' | 'reject'

export interface ProposalDialogProps {
  readonly decision: Decision
  readonly proposal: SetpointProposal
  readonly loop: Loop
  readonly name: string
  readonly digits: number
  readonly onClose: () => void
  readonly onReply: (reply: CommandResult) => void
}

export function ProposalDialog({ decision, proposal, loop, name, digits, onClose, onReply }: ProposalDialogProps) {
  const t = useText(text)
  const format = useFormat()
  const [value, setValue] = useState<number | string>(Number(proposal.proposed.toFixed(digits)))
  const done = (reply: CommandResult) => {
    onReply(reply)
    onClose()
  }
  const accept = useChange('acceptSetpointProposal', done)
  const reject = useChange('rejectSetpointProposal', done)
  const params = { id: proposal.id }
  const shared = { onClose, pending: accept.isPending || reject.isPending, error: accept.error ?? reject.error }
  const { guard } = loop
  const limits = t('proposal.limits', {
    low: format.short(guard.low),
    high: format.short(guard.high),
    step: format.short(guard.maxStep),
    unit: proposal.unit,
  })
  switch (decision) {
    case 'accept':
      return (
        <ReasonDialog
          {...shared}
          title={t('proposal.acceptTitle', { name })}
          confirm={t('proposal.accept')}
          suggested={t('proposal.acceptReason')}
          onConfirm={reason => accept.mutate({ params, body: { reason } })}
        >
          <Text size="xl" fw={650} className="mw-number">
            {format.number(proposal.current, digits)} → {format.number(proposal.proposed, digits)} {proposal.unit}
          </Text>
          <Text c="dimmed">{limits}</Text>
        </ReasonDialog>
      )
    case 'other':
      return (
        <ReasonDialog
          {...shared}
          title={t('proposal.otherTitle', { name })}
          confirm={t('proposal.accept')}
          ready={typeof value === 'number'}
          onConfirm={reason => {
            if (typeof value === 'number') accept.mutate({ params, body: { value, reason } })
          }}
        >
          <NumberInput
            label={`${t('proposal.value')} (${proposal.unit})`}
            description={limits}
            size="lg"
            decimalScale={digits + 1}
            step={10 ** -digits * 5}
            value={value}
            onChange={setValue}
            error={
              typeof value === 'number' && !insideGuard(loop, value, proposal.current)
                ? t('proposal.outside')
                : undefined
            }
            data-autofocus
          />
        </ReasonDialog>
      )
    case 'reject':
      return (
        <ReasonDialog
          {...shared}
          title={t('proposal.rejectTitle', { name })}
          confirm={t('proposal.reject')}
          onConfirm={reason => reject.mutate({ params, body: { reason } })}
        />
      )
  }
}
