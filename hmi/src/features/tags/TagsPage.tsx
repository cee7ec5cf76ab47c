/** Every tag of the plant with its live value. All of them stay subscribed, so that scrolling waits for nothing. */
import { Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import { PageTitle } from '../../components/ui/PageTitle.tsx'
import { useShared, useText } from '../../i18n/lang.tsx'
import { useRead } from '../../lib/query.ts'
import { useLive } from '../../live/live-provider.tsx'
import { PanelFrame, statusOf } from '../../panels/PanelFrame.tsx'
import { VirtualTable } from '../../panels/VirtualTable.tsx'
import { findTags } from './model.ts'
import { TagCells } from './TagCells.tsx'
import { text } from './text.ts'

const none = () => {}

export function TagsPage() {
  const t = useText(text)
  const shared = useShared()
  const { values } = useLive()
  const query = useRead('listTags')
  const [wanted, setWanted] = useState('')
  const words = useDeferredValue(wanted)
  const tags = query.data
  const found = useMemo(() => findTags(tags ?? [], words), [tags, words])
  useEffect(() => {
    if (tags === undefined || tags.length === 0) return
    return values.watch(
      tags.map(tag => tag.tag),
      none,
    )
  }, [tags, values])
  const status = statusOf(query)
  return (
    <>
      <PageTitle title={shared('nav.tags')}>
        <Text c="dimmed">{t('count', { n: found.length, all: tags?.length ?? 0 })}</Text>
      </PageTitle>
      <TextInput
        aria-label={t('search')}
        placeholder={t('search')}
        leftSection={<IconSearch size={18} aria-hidden />}
        size="md"
        mb="sm"
        maw={520}
        value={wanted}
        onChange={event => setWanted(event.currentTarget.value)}
      />
      <PanelFrame
        flush
        status={status.kind === 'ready' && found.length === 0 ? { kind: 'empty', text: t('nothing') } : status}
      >
        <VirtualTable
          label={t('list')}
          rows={found}
          rowKey={tag => tag.tag}
          cells={TagCells}
          columns={[
            { key: 'name', head: t('name'), width: '28%' },
            { key: 'tag', head: t('tag'), width: '28%' },
            { key: 'value', head: t('value'), align: 'right', width: '18%' },
            { key: 'time', head: t('time'), align: 'right', width: '12%' },
            { key: 'equipment', head: t('equipment') },
          ]}
        />
      </PanelFrame>
    </>
  )
}
