/** Alarm priority by colour, shape and text: square 1, triangle 2, diamond 3. */
import type { AlarmPriority } from '@millwright/contract'
import { useShared } from '../../i18n/lang.tsx'
import styles from './marks.module.css'

const SHAPE: Readonly<Record<AlarmPriority, string>> = {
  high: 'M2 2h20v20H2z',
  medium: 'M12 1.5 23.5 22H.5z',
  low: 'M12 1 23 12 12 23 1 12z',
}
const DIGIT: Readonly<Record<AlarmPriority, string>> = { high: '1', medium: '2', low: '3' }

export function PriorityShape({ priority, size = 20 }: { readonly priority: AlarmPriority; readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d={SHAPE[priority]} fill={`var(--mw-${priority})`} />
      <text
        x="12"
        y={priority === 'medium' ? 19.5 : 17}
        textAnchor="middle"
        fontSize={priority === 'medium' ? 12.5 : 14}
        fontWeight="750"
        fill={`var(--mw-${priority}-ink)`}
      >
        {DIGIT[priority]}
      </text>
    </svg>
  )
}

export function PriorityMark({ priority }: { readonly priority: AlarmPriority }) {
  const t = useShared()
  return (
    <span className={styles.mark} data-tone={priority}>
      <PriorityShape priority={priority} />
      {t(`priority.${priority}`)}
    </span>
  )
}
