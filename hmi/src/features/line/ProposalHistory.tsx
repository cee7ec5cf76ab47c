/** The last decided proposals: what was written, by whom, and what the guard refused and why. */
import type { SetpointProposal } from '@millwright/contract'
import { useLocal, useText } from '../../i18n/lang.tsx'
import { useFormat } from '../../lib/use-format.ts'
import styles from './line.module.css'
import { text } from './text.ts'

const SHOWN = 4

export function ProposalHistory({
  past,
  digits,
}: {
  readonly past: readonly SetpointProposal[]
  readonly digits: number
}) {
  const t = useText(text)
  const local = useLocal()
  const format = useFormat()
  if (past.length === 0) return null
  return (
    <div className={styles.past}>
      <h3>{t('proposal.history')}</h3>
      <ul>
        {past.slice(0, SHOWN).map(item => (
          <li key={item.id} data-state={item.state}>
            <span className="mw-number">{format.minute(item.t)}</span>
            <span className="mw-number">
              {format.number(item.current, digits)} → {format.number(item.readBack ?? item.proposed, digits)}{' '}
              {item.unit}
            </span>
            <span>
              {t(`proposal.state.${item.state}`)}
              {item.decidedBy === undefined ? null : ` · ${item.decidedBy}`}
              {item.refusals.map(reason => (
                <small key={reason.code}>{local(reason.text)}</small>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
