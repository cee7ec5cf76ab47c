/** Commands to agents with their outcome, newest first. */
import { useLocal, useShared, useText } from '../../i18n/lang.tsx'
import { useRead } from '../../lib/query.ts'
import { useFormat } from '../../lib/use-format.ts'
import { PanelFrame, statusOf } from '../../panels/PanelFrame.tsx'
import { DataTable } from '../../panels/TablePanel.tsx'
import { commandText } from './model.ts'
import styles from './system.module.css'
import { text } from './text.ts'

const SHOWN = 200

export function CommandsTab() {
  const t = useText(text)
  const shared = useShared()
  const local = useLocal()
  const format = useFormat()
  const query = useRead('listCommands', { query: { limit: SHOWN } })
  const rows = query.data ?? []
  return (
    <PanelFrame
      flush
      status={
        query.data !== undefined && rows.length === 0 ? { kind: 'empty', text: t('command.none') } : statusOf(query)
      }
    >
      <DataTable
        label={t('tab.commands')}
        rows={rows}
        rowKey={row => row.command.id}
        columns={[
          {
            key: 'time',
            head: t('command.time'),
            cell: row => <span className="mw-number">{format.dateTime(row.command.issuedAt)}</span>,
          },
          {
            key: 'what',
            head: t('command.what'),
            cell: ({ command }) => {
              const { key, values } = commandText(command.body)
              return t(key, values)
            },
          },
          {
            key: 'who',
            head: t('command.who'),
            cell: row => `${row.command.person} · ${shared(`role.${row.command.role}`)}`,
          },
          { key: 'reason', head: t('command.reason'), cell: row => row.command.reason },
          {
            key: 'result',
            head: t('command.result'),
            cell: ({ result }) => (
              <>
                <b className={result.status === 'done' || result.status === 'sent' ? undefined : styles.bad}>
                  {shared(`outcome.${result.status}`)}
                </b>
                {result.readBack === undefined
                  ? null
                  : `, ${shared('outcome.readBack', { value: String(result.readBack) })}`}
                {result.text === undefined ? null : <div className={styles.minor}>{local(result.text)}</div>}
              </>
            ),
          },
        ]}
      />
    </PanelFrame>
  )
}
