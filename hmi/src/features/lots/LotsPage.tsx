/** All lots, newest first. */
import type { Lot } from '@millwright/contract'
import { PageTitle } from '../../components/ui/PageTitle.tsx'
import { TextLink } from '../../components/ui/TextLink.tsx'
import { useText } from '../../i18n/lang.tsx'
import { useRead } from '../../lib/query.ts'
import { useFormat } from '../../lib/use-format.ts'
import { PanelFrame, statusOf } from '../../panels/PanelFrame.tsx'
import { DataTable } from '../../panels/TablePanel.tsx'
import { text } from './text.ts'

export function LotsPage() {
  const t = useText(text)
  const format = useFormat()
  const lots = useRead('listLots', { query: { limit: 200 } })
  const hasOrders = lots.data?.some(row => row.order !== undefined) ?? false
  return (
    <>
      <PageTitle title={t('title')} />
      <PanelFrame flush status={statusOf(lots, data => data.length === 0)}>
        <DataTable
          label={t('title')}
          columns={[
            {
              key: 'lot',
              head: t('lot'),
              cell: row => (
                <TextLink to="/lots/$id" params={{ id: row.id }}>
                  {row.id}
                </TextLink>
              ),
            },
            { key: 'station', head: t('station'), cell: row => row.station },
            ...(hasOrders ? [{ key: 'order', head: t('order'), cell: (row: Lot) => row.order ?? t('noOrder') }] : []),
            { key: 'from', head: t('from'), cell: row => format.dayMinute(row.from) },
            { key: 'to', head: t('to'), cell: row => format.dayMinute(row.to) },
            ...(['captures', 'pass', 'fail', 'review', 'reviewed'] as const).map(key => ({
              key,
              head: t(key),
              cell: (row: { readonly [K in typeof key]: number }) => format.short(row[key], 0),
              align: 'right' as const,
            })),
          ]}
          rows={lots.data ?? []}
          rowKey={row => row.id}
        />
      </PanelFrame>
    </>
  )
}
