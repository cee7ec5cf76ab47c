/** Edge agents: alive or not, their devices, what waits in their outboxes; who may connect is the administrator's to say. */
import { Button } from '@mantine/core'
import type { AgentStatus } from '@millwright/contract'
import { IconBan, IconPlugConnectedX, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useText } from '../../i18n/lang.tsx'
import { useRead } from '../../lib/query.ts'
import { useMay } from '../../lib/session.ts'
import { useFormat } from '../../lib/use-format.ts'
import { PanelFrame, statusOf } from '../../panels/PanelFrame.tsx'
import { DataTable } from '../../panels/TablePanel.tsx'
import { AddAgentDialog, RevokeAgentDialog } from './AgentDialogs.tsx'
import styles from './system.module.css'
import { text } from './text.ts'

export function AgentsTab() {
  const t = useText(text)
  const format = useFormat()
  const query = useRead('listAgents')
  const rows = query.data ?? []
  const mayChange = useMay('revokeAgent')
  const [open, setOpen] = useState<{ readonly revoke: string } | 'add'>()
  const state = (row: AgentStatus) => {
    if (row.enrolment === 'revoked')
      return (
        <span className={styles.bad}>
          <IconBan size={18} aria-hidden />
          {t('agent.revoked')}
        </span>
      )
    if (row.enrolment === 'pending') return t('agent.pendingCode')
    if (row.online) return t('agent.online')
    return (
      <span className={styles.bad}>
        <IconPlugConnectedX size={18} aria-hidden />
        {t('agent.offline')}
      </span>
    )
  }
  return (
    <PanelFrame
      flush
      {...(mayChange
        ? {
            title: t('tab.agents'),
            actions: (
              <Button h={44} leftSection={<IconPlus size={18} />} onClick={() => setOpen('add')}>
                {t('agent.add')}
              </Button>
            ),
          }
        : {})}
      status={
        query.data !== undefined && rows.length === 0 ? { kind: 'empty', text: t('agent.none') } : statusOf(query)
      }
    >
      <DataTable
        label={t('tab.agents')}
        rows={rows}
        rowKey={row => row.agent}
        rowProps={row => ({ 'data-agent': row.agent, 'data-online': String(row.online) })}
        columns={[
          { key: 'agent', head: t('agent.name'), cell: row => <b>{row.agent}</b> },
          {
            key: 'state',
            head: t('agent.state'),
            cell: row => (
              <>
                {state(row)}
                {row.numbers === false ? <span className={styles.minor}> · {t('agent.foreign')}</span> : null}
              </>
            ),
          },
          { key: 'since', head: t('agent.since'), cell: row => format.dateTime(row.since) },
          { key: 'seen', head: t('agent.lastSeen'), cell: row => format.dateTime(row.lastSeen) },
          {
            key: 'devices',
            head: t('agent.devices'),
            cell: row =>
              row.devices.map(device => (
                <span key={device.device} className={device.online ? styles.item : styles.badItem}>
                  {device.online ? device.device : t('agent.deviceOff', { device: device.device })}
                </span>
              )),
          },
          { key: 'tags', head: t('agent.tags'), align: 'right', cell: row => format.short(row.tags) },
          { key: 'pending', head: t('agent.pending'), align: 'right', cell: row => format.short(row.outboxPending) },
          {
            key: 'dropped',
            head: t('agent.dropped'),
            align: 'right',
            cell: row => (
              <span className={row.outboxDropped > 0 ? styles.bad : undefined}>{format.short(row.outboxDropped)}</span>
            ),
          },
          { key: 'gaps', head: t('agent.gaps'), align: 'right', cell: row => format.short(row.gaps) },
          ...(mayChange
            ? [
                {
                  key: 'revoke',
                  head: <span className="mw-visually-hidden">{t('agent.revoke')}</span>,
                  align: 'right' as const,
                  cell: (row: AgentStatus) =>
                    row.enrolment === 'enrolled' || row.enrolment === 'configured' ? (
                      <Button
                        variant="default"
                        h={40}
                        aria-label={t('agent.revokeOne', { agent: row.agent })}
                        onClick={() => setOpen({ revoke: row.agent })}
                      >
                        {t('agent.revoke')}
                      </Button>
                    ) : null,
                },
              ]
            : []),
        ]}
      />
      {open === 'add' ? <AddAgentDialog onClose={() => setOpen(undefined)} /> : null}
      {open === undefined || open === 'add' ? null : (
        <RevokeAgentDialog agent={open.revoke} onClose={() => setOpen(undefined)} />
      )}
    </PanelFrame>
  )
}
