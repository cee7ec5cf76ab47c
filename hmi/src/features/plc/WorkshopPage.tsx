/** The PLC workshop: draft from words, edit with live checks, programs in the records. */
import { Tabs } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { DraftShape } from '../../components/plc/draft-shape.ts'
import { PageTitle } from '../../components/ui/PageTitle.tsx'
import { useText } from '../../i18n/lang.tsx'
import { DraftTab, nameOf } from './DraftTab.tsx'
import { EditorTab } from './EditorTab.tsx'
import { type Kept, keepWork, loadKept } from './keep.ts'
import { ProgramsTab } from './ProgramsTab.tsx'
import { text } from './text.ts'

export function WorkshopPage() {
  const t = useText(text)
  const [tab, setTab] = useState<string | null>('draft')
  const [draft, setDraft] = useState<DraftShape>()
  const [work, setWork] = useState<Kept>(
    () => loadKept(localStorage) ?? { name: t('untitled'), st: '', specification: null, saved: '' },
  )
  useEffect(() => {
    keepWork(localStorage, work)
  }, [work])
  const edit = (next: Kept) => {
    setWork(next)
    setTab('editor')
  }
  return (
    <>
      <PageTitle title={t('title')} />
      <Tabs value={tab} onChange={setTab} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="draft">{t('tabDraft')}</Tabs.Tab>
          <Tabs.Tab value="editor">{t('tabEditor')}</Tabs.Tab>
          <Tabs.Tab value="programs">{t('tabPrograms')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="draft">
          <DraftTab
            draft={draft}
            onDraft={setDraft}
            onEdit={made => edit({ name: nameOf(made), st: made.st, specification: made.specification, saved: '' })}
          />
        </Tabs.Panel>
        <Tabs.Panel value="editor">
          <EditorTab work={work} onWork={setWork} />
        </Tabs.Panel>
        <Tabs.Panel value="programs">
          <ProgramsTab onOpen={({ name, st, specification }) => edit({ name, st, specification, saved: st })} />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}
