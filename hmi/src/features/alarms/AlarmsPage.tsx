/** Alarms that are not normal, with acknowledgement, and the journal of their transitions. */

import { Button, SegmentedControl, Tabs } from '@mantine/core'
import type { Alarm } from '@millwright/contract'
import { useState } from 'react'
import { ErrorNote } from '../../components/ui/ErrorNote.tsx'
import { PageTitle } from '../../components/ui/PageTitle.tsx'
import { useShared, useText } from '../../i18n/lang.tsx'
import { useRead } from '../../lib/query.ts'
import { PanelFrame, statusOf } from '../../panels/PanelFrame.tsx'
import { AlarmJournal } from './AlarmJournal.tsx'
import { AlarmTable } from './AlarmTable.tsx'
import { byUrgency, countByPriority, isUnacknowledged } from './model.ts'
import { text } from './text.ts'
import { useAcknowledge } from './use-acknowledge.ts'

function ActiveAlarms() {
  const t = useText(text)
  const shared = useShared()
  const query = useRead('listAlarms')
  const [only, setOnly] = useState<'all' | 'unack'>('all')
  const acknowledge = useAcknowledge()
  const all = byUrgency(query.data ?? [])
  const shown = only === 'unack' ? all.filter(isUnacknowledged) : all
  const waiting = shown.filter(isUnacknowledged)
  const counts = countByPriority(all)
  const acknowledgeAll = (alarms: readonly Alarm[]) => {
    for (const alarm of alarms) acknowledge.acknowledge(alarm)
  }
  return (
    <PanelFrame
      title={t('counts', counts)}
      flush
      status={query.data !== undefined && shown.length === 0 ? { kind: 'empty', text: t('noActive') } : statusOf(query)}
      actions={
        <>
          <SegmentedControl
            aria-label={t('filter')}
            value={only}
            onChange={value => setOnly(value === 'unack' ? 'unack' : 'all')}
            data={[
              { value: 'all', label: t('all') },
              { value: 'unack', label: t('unackOnly') },
            ]}
          />
          {acknowledge.may ? (
            <Button variant="default" h={44} disabled={waiting.length === 0} onClick={() => acknowledgeAll(waiting)}>
              {t('acknowledgeAll')}
            </Button>
          ) : null}
        </>
      }
    >
      <AlarmTable alarms={shown} acknowledge={acknowledge} label={shared('nav.alarms')} />
      <ErrorNote error={acknowledge.error} />
    </PanelFrame>
  )
}

export function AlarmsPage() {
  const t = useText(text)
  const shared = useShared()
  return (
    <>
      <PageTitle title={shared('nav.alarms')} />
      <Tabs defaultValue="active" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="active" h={44}>
            {t('active')}
          </Tabs.Tab>
          <Tabs.Tab value="journal" h={44}>
            {t('journal')}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="active">
          <ActiveAlarms />
        </Tabs.Panel>
        <Tabs.Panel value="journal">
          <AlarmJournal />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}
