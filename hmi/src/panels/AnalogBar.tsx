/** A value in its context: range, normal band, limits and setpoint under a moving pointer (ISA-101). */
import type { Limits, Range } from '@millwright/contract'
import { IconTriangleInvertedFilled } from '@tabler/icons-react'
import styles from './bar.module.css'
import { normalBand, shareOf } from './bar-scale.ts'

export interface AnalogBarProps {
  readonly range: Range
  readonly limits?: Limits | undefined
  readonly value: number | undefined
  readonly setpoint?: number | undefined
  /** How the pointer is drawn: beyond a limit it takes the priority's colour. */
  readonly tone: 'normal' | 'medium' | 'high' | 'stale'
  readonly label: string
}

const percent = (share: number) => `${(share * 100).toFixed(2)}%`

export function AnalogBar({ range, limits, value, setpoint, tone, label }: AnalogBarProps) {
  const band = normalBand(limits, range)
  const ends = [limits?.lolo, limits?.hihi].filter(limit => limit !== undefined)
  return (
    <div className={styles.bar} role="img" aria-label={label} data-tone={tone}>
      <div className={styles.track} />
      {band === undefined ? null : (
        <div className={styles.band} style={{ left: percent(band.from), width: percent(band.to - band.from) }} />
      )}
      {ends.map(limit => (
        <div key={limit} className={styles.end} style={{ left: percent(shareOf(limit, range)) }} />
      ))}
      {setpoint === undefined ? null : (
        <div className={styles.setpoint} style={{ left: percent(shareOf(setpoint, range)) }} />
      )}
      {value === undefined ? null : (
        <div className={styles.pointer} style={{ left: percent(shareOf(value, range)) }}>
          <IconTriangleInvertedFilled size={14} aria-hidden />
        </div>
      )}
    </div>
  )
}
