/** An inspection's verdict by shape, text and, only where it is not a pass, colour. */
import type { Verdict } from '@millwright/contract'
import { IconCircleCheck, IconEyeQuestion, IconSquareX } from '@tabler/icons-react'
import { useShared } from '../../i18n/lang.tsx'
import styles from './marks.module.css'

const LOOK = {
  pass: { Icon: IconCircleCheck, tone: 'plain' },
  fail: { Icon: IconSquareX, tone: 'high' },
  review: { Icon: IconEyeQuestion, tone: 'medium' },
} as const

export interface VerdictMarkProps {
  readonly verdict: Verdict
  readonly size?: number
  /** Without colour: the name of a verdict that nothing has. */
  readonly quiet?: boolean
}

export function VerdictMark({ verdict, size = 20, quiet = false }: VerdictMarkProps) {
  const t = useShared()
  const { Icon, tone } = LOOK[verdict]
  return (
    <span className={styles.mark} data-tone={quiet ? 'plain' : tone}>
      <Icon size={size} stroke={1.9} aria-hidden />
      {t(`verdict.${verdict}`)}
    </span>
  )
}
