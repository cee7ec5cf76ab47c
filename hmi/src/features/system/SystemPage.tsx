/** What keeps the suite running, and who may do what. Tabs that the role may not read are not offered. */

import { Tabs } from '@mantine/core'
import type { RouteName } from '@millwright/contract'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { PageTitle } from '../../components/ui/PageTitle.tsx'
import { useShared, useText } from '../../i18n/lang.tsx'
import { mayCall, useUser } from '../../lib/session.ts'
import { AgentsTab } from './AgentsTab.tsx'
import { AuditTab } from './AuditTab.tsx'
import { CommandsTab } from './CommandsTab.tsx'
import { ModelsTab } from './ModelsTab.tsx'
import { ToolsTab } from './ToolsTab.tsx'
import { text } from './text.ts'
import { UsersTab } from './UsersTab.tsx'

const TABS = [
  { key: 'agents', reads: 'listAgents', Part: AgentsTab },
  { key: 'models', reads: 'listModels', Part: ModelsTab },
  { key: 'tools', reads: 'listTools', Part: ToolsTab },
  { key: 'commands', reads: 'listCommands', Part: CommandsTab },
  { key: 'users', reads: 'listUsers', Part: UsersTab },
  { key: 'audit', reads: 'listAudit', Part: AuditTab },
] as const satisfies readonly { key: string; reads: RouteName; Part: ComponentType }[]

export function SystemPage() {
  const t = useText(text)
  const shared = useShared()
  const role = useUser()?.role
  const search: { tab?: string } = useSearch({ strict: false })
  const navigate = useNavigate()
  const tabs = TABS.filter(tab => mayCall(tab.reads, role))
  const open = tabs.find(tab => tab.key === search.tab)?.key ?? 'agents'
  return (
    <>
      <PageTitle title={shared('nav.system')} />
      <Tabs
        value={open}
        keepMounted={false}
        onChange={tab => void navigate({ to: '.', search: { tab: tab ?? 'agents' } as never, replace: true })}
      >
        <Tabs.List mb="md">
          {tabs.map(tab => (
            <Tabs.Tab key={tab.key} value={tab.key} h={44}>
              {t(`tab.${tab.key}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map(({ key, Part }) => (
          <Tabs.Panel key={key} value={key}>
            <Part />
          </Tabs.Panel>
        ))}
      </Tabs>
    </>
  )
}
