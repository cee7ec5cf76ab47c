/** A section of the line: its key values, states, lone setpoints, and the rest on demand. */

import { ActionIcon, Button } from '@mantine/core'
import type { Loop, TagDefinition } from '@millwright/contract'
import { IconChevronDown, IconChevronUp, IconPencil } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { LiveNumber } from '../../components/ui/LiveNumber.tsx'
import { useLocal, useText } from '../../i18n/lang.tsx'
import { useLiveValues } from '../../live/use-live-value.ts'
import { PanelFrame } from '../../panels/PanelFrame.tsx'
import { digitsOfTag, type Section } from '../../plant/model.ts'
import styles from './line.module.css'
import { MeasureRow } from './MeasureRow.tsx'
import { type Block, splitMeasures } from './model.ts'
import { text } from './text.ts'

export interface SectionCardProps {
  readonly section: Section
  readonly part: Block['part']
  readonly loops: readonly Loop[]
  readonly selected: string | undefined
  readonly onSelect: (tag: TagDefinition) => void
  readonly onWrite?: ((tag: TagDefinition) => void) | undefined
}

export function SectionCard({ section, part, loops, selected, onSelect, onWrite }: SectionCardProps) {
  const t = useText(text)
  const local = useLocal()
  const [open, setOpen] = useState(false)
  const { key, more } = useMemo(() => splitMeasures(section, loops), [section, loops])
  const shown = open ? [...key, ...more] : key
  const tags = useMemo(
    () => [
      ...[...key, ...(open ? more : [])].flatMap(({ tag, setpoint }) =>
        setpoint === undefined ? [tag.tag] : [tag.tag, setpoint.tag],
      ),
      ...section.setpoints.map(tag => tag.tag),
      ...section.states.map(tag => tag.tag),
    ],
    [section, key, more, open],
  )
  const readings = useLiveValues(tags)
  const small = (tag: TagDefinition, writable: boolean) => {
    const reading = readings.get(tag.tag)
    return (
      <div key={tag.tag} className={styles.state} data-testid="state" data-tag={tag.tag}>
        <span>{local(tag.description) || tag.tag}</span>
        <LiveNumber
          value={reading?.value?.value}
          trust={reading?.trust ?? 'none'}
          unit={tag.unit}
          digits={digitsOfTag(tag)}
          t={reading?.value?.t}
        />
        {writable && onWrite !== undefined ? (
          <ActionIcon
            variant="default"
            size={36}
            aria-label={t('row.write', { name: local(tag.description) || tag.tag })}
            onClick={() => onWrite(tag)}
          >
            <IconPencil size={18} />
          </ActionIcon>
        ) : null}
      </div>
    )
  }
  const signals = [
    ...section.setpoints.map(tag => small(tag, true)),
    ...section.states.map(tag => small(tag, tag.writable !== undefined)),
  ]
  if (part === 'signals')
    return (
      <PanelFrame title={t('section.signals', { name: local(section.name) })} testId="section-signals">
        {signals}
      </PanelFrame>
    )
  return (
    <PanelFrame title={local(section.name)} testId="section">
      {shown.map(measure => (
        <MeasureRow
          key={measure.tag.tag}
          measure={measure}
          reading={readings.get(measure.tag.tag)}
          driven={measure.setpoint === undefined ? undefined : readings.get(measure.setpoint.tag)}
          loops={loops}
          selected={selected === measure.tag.tag}
          onSelect={onSelect}
          onWrite={onWrite}
        />
      ))}
      {part === 'values' || signals.length === 0 ? null : <div className={styles.states}>{signals}</div>}
      {more.length === 0 ? null : (
        <Button
          variant="subtle"
          color="gray"
          fullWidth
          h={40}
          mt={6}
          leftSection={open ? <IconChevronUp size={18} /> : <IconChevronDown size={18} />}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? t('section.less') : t('section.more', { n: more.length })}
        </Button>
      )}
    </PanelFrame>
  )
}
