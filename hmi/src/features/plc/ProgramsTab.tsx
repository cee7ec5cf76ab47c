/** Programs in the records, newest version of each. */

import { Button } from '@mantine/core'
import type { PlcProgram } from '@millwright/contract'
import { useText } from '../../i18n/lang.tsx'
import { useRead } from '../../lib/query.ts'
import { useFormat } from '../../lib/use-format.ts'
import { PanelFrame, statusOf } from '../../panels/PanelFrame.tsx'
import { DataTable } from '../../panels/TablePanel.tsx'
import { text } from './text.ts'

export function ProgramsTab({ onOpen }: { readonly onOpen: (program: PlcProgram) => void }) {
  const t = useText(text)
  const format = useFormat()
  const programs = useRead('listPlcPrograms')
  return (
    <PanelFrame title={t('programs')} flush status={statusOf(programs, data => data.length === 0)}>
      <DataTable
        label={t('programs')}
        columns={[
          { key: 'name', head: t('name'), cell: row => <code>{row.name}</code> },
          { key: 'version', head: t('version'), cell: row => row.version, align: 'right' },
          { key: 'state', head: t('state'), cell: row => t(row.green ? 'green' : 'notGreen') },
          { key: 'author', head: t('author'), cell: row => row.author },
          { key: 'time', head: t('time'), cell: row => format.dateTime(row.createdAt) },
          {
            key: 'open',
            head: '',
            cell: row => (
              <Button variant="default" size="compact-md" onClick={() => onOpen(row)}>
                {t('open')}
              </Button>
            ),
          },
        ]}
        rows={programs.data ?? []}
        rowKey={row => row.id}
      />
    </PanelFrame>
  )
}
