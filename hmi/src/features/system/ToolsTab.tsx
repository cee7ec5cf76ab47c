/** Tools that the assistant may use for the signed-in person. */
import { useShared, useText } from '../../i18n/lang.tsx'
import { useRead } from '../../lib/query.ts'
import { PanelFrame, statusOf } from '../../panels/PanelFrame.tsx'
import { DataTable } from '../../panels/TablePanel.tsx'
import { text } from './text.ts'
import { toolText } from './tools/text.ts'

const isKnown = (name: string): name is keyof typeof toolText.en => Object.hasOwn(toolText.en, name)

export function ToolsTab() {
  const t = useText(text)
  const about = useText(toolText)
  const shared = useShared()
  const query = useRead('listTools')
  const rows = query.data ?? []
  return (
    <PanelFrame
      flush
      status={query.data !== undefined && rows.length === 0 ? { kind: 'empty', text: t('tool.none') } : statusOf(query)}
    >
      <DataTable
        label={t('tab.tools')}
        rows={rows}
        rowKey={row => row.name}
        columns={[
          { key: 'name', head: t('tool.name'), cell: row => <b>{row.name}</b> },
          {
            key: 'description',
            head: t('tool.description'),
            cell: row => (isKnown(row.name) ? about(row.name) : row.description),
          },
          {
            key: 'effect',
            head: t('tool.effect'),
            cell: row =>
              row.effect === 'propose'
                ? t('tool.effect.propose')
                : row.effect === 'read'
                  ? t('tool.effect.read')
                  : row.effect,
          },
          {
            key: 'roles',
            head: t('tool.roles'),
            cell: row =>
              row.roles.length === 0 ? t('tool.everyone') : row.roles.map(role => shared(`role.${role}`)).join(', '),
          },
        ]}
      />
    </PanelFrame>
  )
}
