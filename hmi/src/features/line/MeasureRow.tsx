/** One value of a section: name, number, analogue bar; pressed, it shows in the trend. */

import { ActionIcon } from '@mantine/core'
import type { Loop, TagDefinition } from '@millwright/contract'
import { IconPencil } from '@tabler/icons-react'
import { memo } from 'react'
import { LiveNumber } from '../../components/ui/LiveNumber.tsx'
import { useLocal, useShared, useText } from '../../i18n/lang.tsx'
import { useFormat } from '../../lib/use-format.ts'
import type { LiveReading } from '../../live/use-live-value.ts'
import { AnalogBar } from '../../panels/AnalogBar.tsx'
import { digitsOfTag, drawnRange, type Measure } from '../../plant/model.ts'
import styles from './line.module.css'
import { toneOf, wishOf, withLoopLimits } from './model.ts'
import { text } from './text.ts'

export interface MeasureRowProps {
  readonly measure: Measure
  readonly reading: LiveReading | undefined
  /** Of its setpoint, where it has one. */
  readonly driven: LiveReading | undefined
  readonly loops: readonly Loop[]
  readonly selected: boolean
  readonly onSelect: (tag: TagDefinition) => void
  /** Absent where the user may not write. */
  readonly onWrite?: ((tag: TagDefinition) => void) | undefined
}

const numberIn = (reading: LiveReading | undefined): number | undefined =>
  typeof reading?.value?.value === 'number' ? reading.value.value : undefined

/** Drawn again only when its own values change. */
export const MeasureRow = memo(function MeasureRow(props: MeasureRowProps) {
  const { measure, reading, driven, loops, selected, onSelect, onWrite } = props
  const t = useText(text)
  const shared = useShared()
  const local = useLocal()
  const format = useFormat()
  const tag = withLoopLimits(measure.tag, loops)
  const trust = reading?.trust ?? 'none'
  const value = numberIn(reading)
  const digits = digitsOfTag(tag)
  const setpoint = numberIn(driven) ?? wishOf(tag, loops)
  const tone = toneOf(tag, value, trust)
  const range = drawnRange(tag, value)
  const name = local(tag.description) || tag.tag
  const print = (limit: number | undefined) => (limit === undefined ? '—' : format.number(limit, digits))
  const label = shared('panel.barOf', {
    name,
    value: `${print(value)} ${tag.unit}`,
    limits: t('row.limits', { lo: print(tag.limits?.lo), hi: print(tag.limits?.hi) }),
  })
  return (
    <div className={styles.row} data-tone={tone} data-testid="measure" data-tag={tag.tag}>
      <button
        type="button"
        className={styles.pick}
        aria-pressed={selected}
        aria-label={t('row.trend', { name })}
        onClick={() => onSelect(tag)}
      />
      <div className={styles.rowHead}>
        <span className={styles.name}>
          {name}
          {setpoint === undefined ? null : (
            <span className={`${styles.wish} mw-number`}>{t('row.setpoint', { value: print(setpoint) })}</span>
          )}
        </span>
        <LiveNumber
          value={reading?.value?.value}
          trust={trust}
          unit={tag.unit}
          digits={digits}
          size="lg"
          tone={tone}
          t={reading?.value?.t}
        />
        {measure.setpoint === undefined || onWrite === undefined ? null : (
          <ActionIcon
            className={styles.write}
            variant="default"
            size={36}
            aria-label={t('row.write', { name: local(measure.setpoint.description) || name })}
            onClick={() => measure.setpoint !== undefined && onWrite(measure.setpoint)}
          >
            <IconPencil size={18} />
          </ActionIcon>
        )}
      </div>
      {range === undefined ? null : (
        <AnalogBar range={range} limits={tag.limits} value={value} setpoint={setpoint} tone={tone} label={label} />
      )}
    </div>
  )
})
