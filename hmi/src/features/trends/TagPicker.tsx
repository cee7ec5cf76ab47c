/** A searchable list of tags to draw, grouped by line. */

import { Checkbox, TextInput } from '@mantine/core'
import type { TagDefinition } from '@millwright/contract'
import { IconSearch } from '@tabler/icons-react'
import { useDeferredValue, useMemo, useState } from 'react'
import { useLocal, useText } from '../../i18n/lang.tsx'
import { PanelFrame } from '../../panels/PanelFrame.tsx'
import { MOST, searchTags } from './model.ts'
import { text } from './text.ts'
import styles from './trends.module.css'

export interface TagPickerProps {
  readonly tags: readonly TagDefinition[]
  readonly chosen: readonly string[]
  readonly onToggle: (tag: string) => void
}

const SHOWN = 200

export function TagPicker({ tags, chosen, onToggle }: TagPickerProps) {
  const t = useText(text)
  const local = useLocal()
  const [query, setQuery] = useState('')
  const wanted = useDeferredValue(query)
  const found = useMemo(() => searchTags(tags, wanted), [tags, wanted])
  const full = chosen.length >= MOST
  return (
    <PanelFrame title={t('add')} className={styles.picker ?? ''}>
      <TextInput
        aria-label={t('search')}
        placeholder={t('search')}
        leftSection={<IconSearch size={18} aria-hidden />}
        size="md"
        value={query}
        onChange={event => setQuery(event.currentTarget.value)}
      />
      {full ? <p className={styles.hint}>{t('full', { n: MOST })}</p> : null}
      <ul className={styles.list}>
        {found.slice(0, SHOWN).map(tag => (
          <li key={tag.tag}>
            <Checkbox
              size="sm"
              checked={chosen.includes(tag.tag)}
              disabled={full && !chosen.includes(tag.tag)}
              onChange={() => onToggle(tag.tag)}
              label={
                <>
                  <span className={styles.tagName}>
                    {local(tag.description) || tag.tag}
                    {tag.unit === '' ? null : <span className={styles.unit}> {tag.unit}</span>}
                  </span>
                  <span className={styles.tag}>{tag.tag}</span>
                </>
              }
            />
          </li>
        ))}
      </ul>
      {found.length === 0 ? <p className={styles.hint}>{t('nothing')}</p> : null}
    </PanelFrame>
  )
}
