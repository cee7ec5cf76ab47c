/** A live value with its unit; what may not be trusted looks so: stale is hatched, bad is struck, uncertain is marked. */
import type { ReadingValue } from '@millwright/contract'
import { IconClockExclamation, IconQuestionMark } from '@tabler/icons-react'
import { useShared } from '../../i18n/lang.tsx'
import { useFormat } from '../../lib/use-format.ts'
import type { Trust } from '../../live/use-live-value.ts'
import styles from './live-number.module.css'
import { useTwoValued } from './two-valued.ts'

export interface LiveNumberProps {
  readonly value: ReadingValue | undefined
  readonly trust: Trust
  readonly unit: string
  readonly digits: number
  readonly size?: 'md' | 'lg' | 'xl'
  readonly tone?: 'normal' | 'medium' | 'high' | 'stale'
  /** When the value was taken, ms; told where it may be old. */
  readonly t?: number | undefined
}

const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/

function useText(value: ReadingValue | undefined, digits: number): string | undefined {
  const twoValued = useTwoValued()
  const format = useFormat()
  if (value === undefined || value === null) return undefined
  if (typeof value === 'boolean') return twoValued(value)
  if (typeof value === 'number') return format.number(value, digits)
  const time = ISO_TIME.test(value) ? Date.parse(value) : Number.NaN
  return Number.isNaN(time) ? value : format.dateTime(time)
}

export function LiveNumber({ value, trust, unit, digits, size = 'md', tone = 'normal', t: taken }: LiveNumberProps) {
  const t = useShared()
  const format = useFormat()
  const text = useText(value, digits)
  const hint =
    trust === 'good' ? undefined : `${t(`quality.${trust}`)}${taken === undefined ? '' : ` ${format.time(taken)}`}`
  return (
    <span
      className={styles.value}
      data-size={size}
      data-trust={trust}
      data-tone={trust === 'good' || trust === 'uncertain' ? tone : 'normal'}
      title={hint}
    >
      {trust === 'stale' ? <IconClockExclamation className={styles.icon} size={18} aria-hidden /> : null}
      {trust === 'uncertain' ? <IconQuestionMark className={styles.icon} size={18} aria-hidden /> : null}
      <span className={`${styles.number} mw-number`}>{text ?? '—'}</span>
      {unit === '' ? null : <span className={styles.unit}>{unit}</span>}
      {hint === undefined ? null : <span className={styles.hint}>{t(`quality.${trust}`)}</span>}
    </span>
  )
}
