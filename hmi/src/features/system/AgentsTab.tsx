/** Edge agents: alive or not, their devices, and what waits in their outboxes. */
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useText } from '../../i18n/lang.tsx'
import { useRead } from '../../lib/query.ts'
import { useFormat } from '../../lib/use-format.ts'
import { PanelFrame, statusOf } from '../../panels/PanelFrame.tsx'
import { DataTable } from '../../panels/TablePanel.tsx'
import styles from './system.module.css'
import { text } from './text.ts'

export function AgentsTab() {
  const t = useText(text)
  const format = useFormat()
  const query = useRead('listAgents')
  const rows = query.data ?? []
  return (
    <PanelFrame
      flush
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
            cell: row =>
              row.online ? (
                t('agent.online')
              ) : (
                <span className={styles.bad}>
                  <IconPlugConnectedX size={18} aria-hidden />
                  {t('agent.offline')}
                </span>
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
        ]}
      />
    </PanelFrame>
  )
}
