/** What a candidate plan changes: figures before and after, orders whose lateness changes, operations moved. */

import { Button } from '@mantine/core'
import type { PlanDiff } from '@millwright/contract'
import { useState } from 'react'
import { useText } from '../../i18n/lang.tsx'
import { useFormat } from '../../lib/use-format.ts'
import { DataTable } from '../../panels/TablePanel.tsx'
import styles from './proposals.module.css'
import { text } from './text.ts'

function Figure({
  name,
  before,
  after,
}: {
  readonly name: string
  readonly before: string | undefined
  readonly after: string
}) {
  return (
    <div className={styles.figure}>
      {name}
      <b>{before === undefined || before === after ? after : `${before} → ${after}`}</b>
    </div>
  )
}

export function PlanDiffView({ diff }: { readonly diff: PlanDiff }) {
  const t = useText(text)
  const format = useFormat()
  const [open, setOpen] = useState(false)
  const { before, after } = diff
  const minutes = (n: number) => (n > 0 ? format.duration(n * 60_000) : t('onTime'))
  const hours = (n: number) => t('hours', { n: format.short(n / 60, 1) })
  const changed = diff.orders.filter(row => row.lateBefore !== row.lateAfter)
  return (
    <div data-testid="plan-diff">
      <div className={styles.figures}>
        <Figure name={t('late')} before={before && String(before.lateOrders)} after={String(after.lateOrders)} />
        <Figure
          name={t('tardiness')}
          before={before && hours(before.weightedTardiness)}
          after={hours(after.weightedTardiness)}
        />
        <Figure
          name={t('makespan')}
          before={before && hours(before.makespanMinutes)}
          after={hours(after.makespanMinutes)}
        />
      </div>
      {changed.length === 0 ? null : (
        <DataTable
          label={t('orders')}
          columns={[
            { key: 'order', head: t('order'), cell: row => row.order },
            { key: 'before', head: t('lateBefore'), cell: row => minutes(row.lateBefore), align: 'right' },
            { key: 'after', head: t('lateAfter'), cell: row => minutes(row.lateAfter), align: 'right' },
          ]}
          rows={changed}
          rowKey={row => row.order}
        />
      )}
      <Button
        variant="subtle"
        color="gray"
        size="compact-md"
        mt={6}
        onClick={() => setOpen(!open)}
        aria-expanded={open}
      >
        {t('moved', { n: diff.moved.length })} · {open ? t('hideMoved') : t('showMoved')}
      </Button>
      {open ? (
        <div className={styles.moves}>
          <DataTable
            label={t('moved', { n: diff.moved.length })}
            columns={[
              { key: 'op', head: t('operation'), cell: row => `${row.order} / ${row.operation + 1}` },
              {
                key: 'from',
                head: t('from'),
                cell: row =>
                  row.fromStart === undefined
                    ? t('none')
                    : `${row.fromEquipment ?? ''} ${format.dayMinute(row.fromStart)}`,
              },
              { key: 'to', head: t('to'), cell: row => `${row.toEquipment} ${format.dayMinute(row.toStart)}` },
            ]}
            rows={diff.moved}
            rowKey={row => `${row.order}/${row.operation}`}
          />
        </div>
      ) : null}
    </div>
  )
}
