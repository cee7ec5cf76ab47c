/** Alarms that are not normal, with acknowledgement; those set aside; and the journal of transitions (ISA-18.2). */

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
import { byUrgency, countByPriority, isShelved, isUnacknowledged } from './model.ts'
import { ShelveDialog } from './ShelveDialog.tsx'
import { useShelving } from './shelving.ts'
import { text } from './text.ts'
import { useAcknowledge } from './use-acknowledge.ts'

function Alarms({ shelved }: { readonly shelved: boolean }) {
  const t = useText(text)
  const shared = useShared()
  const query = useRead('listAlarms')
  const [only, setOnly] = useState<'all' | 'unack'>('all')
  const acknowledge = useAcknowledge()
  const shelving = useShelving()
  const [setAside, setSetAside] = useState<Alarm>()
  const all = byUrgency((query.data ?? []).filter(alarm => isShelved(alarm) === shelved))
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
      status={
        query.data !== undefined && shown.length === 0
          ? { kind: 'empty', text: t(shelved ? 'noShelved' : 'noActive') }
          : statusOf(query)
      }
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
      <AlarmTable
        alarms={shown}
        acknowledge={acknowledge}
        shelving={shelving}
        onShelve={setSetAside}
        label={shared('nav.alarms')}
      />
      <ErrorNote error={acknowledge.error ?? shelving.error} />
      {setAside === undefined ? null : <ShelveDialog alarm={setAside} onClose={() => setSetAside(undefined)} />}
    </PanelFrame>
  )
}

export function AlarmsPage() {
  const t = useText(text)
  const shared = useShared()
  const count = (useRead('listAlarms').data ?? []).filter(isShelved).length
  return (
    <>
      <PageTitle title={shared('nav.alarms')} />
      <Tabs defaultValue="active" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="active" h={44}>
            {t('active')}
          </Tabs.Tab>
          <Tabs.Tab value="shelved" h={44}>
            {count === 0 ? t('shelved') : t('shelvedCount', { n: count })}
          </Tabs.Tab>
          <Tabs.Tab value="journal" h={44}>
            {t('journal')}
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="active">
          <Alarms shelved={false} />
        </Tabs.Panel>
        <Tabs.Panel value="shelved">
          <Alarms shelved />
        </Tabs.Panel>
        <Tabs.Panel value="journal">
          <AlarmJournal />
        </Tabs.Panel>
      </Tabs>
    </>
  )
}
