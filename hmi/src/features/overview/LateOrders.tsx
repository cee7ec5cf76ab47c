/** Late orders with the reason that the plan gives. */
import { useLocal, useText } from '../../i18n/lang.tsx'
import { useRead } from '../../lib/query.ts'
import { useFormat } from '../../lib/use-format.ts'
import { PanelFrame, statusOf } from '../../panels/PanelFrame.tsx'
import { DataTable } from '../../panels/TablePanel.tsx'
import { lateOrders } from './model.ts'
import { text } from './text.ts'

const SHOWN = 8

export function LateOrders() {
  const t = useText(text)
  const local = useLocal()
  const format = useFormat()
  const query = useRead('listOrders')
  const late = lateOrders(query.data ?? [])
  return (
    <PanelFrame
      title={t('lateOrders')}
      flush
      status={query.data !== undefined && late.length === 0 ? { kind: 'empty', text: t('lateNone') } : statusOf(query)}
    >
      <DataTable
        label={t('lateOrders')}
        rows={late.slice(0, SHOWN)}
        rowKey={row => row.order.id}
        columns={[
          { key: 'order', nowrap: true, head: t('order'), cell: row => <b>{row.order.id}</b> },
          { key: 'product', head: t('product'), cell: row => local(row.order.productName) },
          { key: 'due', nowrap: true, head: t('due'), align: 'right', cell: row => format.dayMinute(row.order.due) },
          {
            key: 'end',
            nowrap: true,
            head: t('end'),
            align: 'right',
            cell: row => (row.plannedEnd === undefined ? '—' : format.dayMinute(row.plannedEnd)),
          },
          {
            key: 'late',
            nowrap: true,
            head: t('lateness'),
            align: 'right',
            cell: row => <b>{format.duration(row.lateMinutes * 60_000)}</b>,
          },
          {
            key: 'why',
            head: t('why'),
            cell: ({ reasons: [first, ...others] }) =>
              first === undefined ? null : (
                <span title={[first, ...others].map(reason => local(reason.text)).join('\n')}>
                  {local(first.text)}
                  {others.length === 0 ? null : <small> {t('more', { n: others.length })}</small>}
                </span>
              ),
          },
        ]}
      />
    </PanelFrame>
  )
}
