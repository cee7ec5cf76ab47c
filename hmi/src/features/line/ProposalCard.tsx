/** The open setpoint proposal of a loop with what it rests on, its decision and its outcome. */

import { Button } from '@mantine/core'
import type { CommandResult, Loop } from '@millwright/contract'
import { IconArrowRight } from '@tabler/icons-react'
import { useState } from 'react'
import { OutcomeNote } from '../../components/ui/OutcomeNote.tsx'
import { useLocal, useShared, useText } from '../../i18n/lang.tsx'
import { useRead } from '../../lib/query.ts'
import { useMay, useUser } from '../../lib/session.ts'
import { useFormat } from '../../lib/use-format.ts'
import { useNow } from '../../live/use-now.ts'
import { useOutcome } from '../../live/use-outcome.ts'
import { PanelFrame, statusOf } from '../../panels/PanelFrame.tsx'
import { digitsOfTag } from '../../plant/model.ts'
import { useTag } from '../../plant/use-plant.ts'
import styles from './line.module.css'
import { proposalsOf } from './model.ts'
import { type Decision, ProposalDialog } from './ProposalDialog.tsx'
import { ProposalHistory } from './ProposalHistory.tsx'
import { text } from './text.ts'

export function ProposalCard({ loop }: { readonly loop: Loop }) {
  const t = useText(text)
  const shared = useShared()
  const local = useLocal()
  const format = useFormat()
  const now = useNow()
  const role = useUser()?.role
  const may = useMay('acceptSetpointProposal')
  const query = useRead('listSetpointProposals', { query: { loop: loop.loop, limit: 20 } })
  const output = useTag(loop.output)
  const target = useTag(loop.target)
  const [decision, setDecision] = useState<Decision>()
  const [reply, setReply] = useState<CommandResult>()
  const outcome = useOutcome(reply)
  const { open, past } = proposalsOf(query.data ?? [], loop.loop, now)
  const digits = digitsOfTag(output)
  const targetDigits = digitsOfTag(target)
  const name = output === undefined ? loop.output : local(output.description) || loop.output
  const unit = open?.unit ?? output?.unit ?? ''
  const print = (value: number | boolean | string) =>
    typeof value === 'number' ? `${format.number(value, digits)} ${unit}` : String(value)
  const moisture = (value: number) => `${format.number(value, targetDigits)} ${target?.unit ?? ''}`
  return (
    <PanelFrame title={t('proposal.title')} status={statusOf(query)} testId="proposal-card">
      {open === undefined ? (
        <p className={styles.none}>{loop.level === 'monitor' ? t('proposal.monitor') : t('proposal.none')}</p>
      ) : (
        <div className={styles.proposal} data-testid="proposal-open" data-proposal={open.id}>
          <div className={styles.proposalName}>
            {name}
            <span className="mw-number">
              {t('proposal.expires', { duration: format.duration(open.expiresAt - now) })}
            </span>
          </div>
          <div className={`${styles.step} mw-number`}>
            <div>
              <small>{t('proposal.from')}</small>
              {format.number(open.current, digits)}
            </div>
            <IconArrowRight size={30} aria-hidden />
            <div className={styles.proposed}>
              <small>{t('proposal.to')}</small>
              {format.number(open.proposed, digits)} <span>{open.unit}</span>
            </div>
            <div className={styles.effect}>
              <small>{t('proposal.effect')}</small>
              <span>{t('proposal.without', { value: moisture(open.forecastNow) })}</span>
              <b>{t('proposal.with', { value: moisture(open.forecastThen) })}</b>
            </div>
          </div>
          {open.reasons.length === 0 ? null : (
            <ul className={styles.reasons} aria-label={t('proposal.why')}>
              {open.reasons.map(reason => (
                <li key={reason.code}>{local(reason.text)}</li>
              ))}
            </ul>
          )}
          {may ? (
            <div className={styles.choices}>
              <Button size="lg" h={56} data-testid="proposal-accept" onClick={() => setDecision('accept')}>
                {t('proposal.accept')}
              </Button>
              <Button
                size="md"
                h={56}
                variant="default"
                data-testid="proposal-other"
                onClick={() => setDecision('other')}
              >
                {t('proposal.other')}
              </Button>
              <Button
                size="md"
                h={56}
                variant="default"
                data-testid="proposal-reject"
                onClick={() => setDecision('reject')}
              >
                {t('proposal.reject')}
              </Button>
            </div>
          ) : (
            <p className={styles.none}>
              {role === undefined ? null : shared('access.denied', { role: shared(`role.${role}`) })}
            </p>
          )}
        </div>
      )}
      {outcome === undefined ? null : <OutcomeNote result={outcome} print={print} />}
      <ProposalHistory past={past} digits={digits} />
      {open === undefined || decision === undefined ? null : (
        <ProposalDialog
          decision={decision}
          proposal={open}
          loop={loop}
          name={name}
          digits={digits}
          onClose={() => setDecision(undefined)}
          onReply={setReply}
        />
      )}
    </PanelFrame>
  )
}
