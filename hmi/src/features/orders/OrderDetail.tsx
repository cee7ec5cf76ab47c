/** One order: why it is late, its operations with what is planned and what has happened, its materials. */

import { Button, Drawer, Stack } from '@mantine/core'
import type { Equipment, OrderStatus, Plan } from '@millwright/contract'
import { ErrorNote } from '../../components/ui/ErrorNote.tsx'
import { useQuantityUnit } from '../../components/ui/quantity-unit.ts'
import { useLocal, useShared, useText } from '../../i18n/lang.tsx'
import { useChange } from '../../lib/query.ts'
import { useMay } from '../../lib/session.ts'
import { useFormat } from '../../lib/use-format.ts'
import { DataTable } from '../../panels/TablePanel.tsx'
import { nameOf } from './model.ts'
import styles from './orders.module.css'
import { text } from './text.ts'

export interface OrderDetailProps {
  readonly status: OrderStatus
  readonly plan: Plan | null
  readonly equipment: readonly Equipment[]
  readonly onClose: () => void
}

export function OrderDetail({ status, plan, equipment, onClose }: OrderDetailProps) {
  const t = useText(text)
  const shared = useShared()
  const local = useLocal()
  const format = useFormat()
  const unit = useQuantityUnit()
  const may = useMay('startOperation')
  const start = useChange('startOperation')
  const end = useChange('endOperation')
  const { order, reasons, lateMinutes } = status
  const planned = (operation: number) =>
    plan?.operations.find(each => each.order === order.id && each.operation === operation)
  const next = order.operations.findIndex(each => each.state !== 'done')
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="xl"
      title={`${order.id} · ${local(order.productName)}`}
      closeButtonProps={{ 'aria-label': shared('dialog.close') }}
    >
      <Stack data-testid="order-detail">
        <div className={styles.facts}>
          <span>
            {t('quantity')}:{' '}
            <b>
              {format.short(order.quantity)} {unit(order.unit)}
            </b>
          </span>
          <span>
            {t('due')}: <b>{format.dayMinute(order.due)}</b>
          </span>
          <span>
            {t('plannedEnd')}:{' '}
            <b>{status.plannedEnd === undefined ? t('notPlanned') : format.dayMinute(status.plannedEnd)}</b>
          </span>
          <span>
            {t('state')}: <b>{t(`state.${order.state}`)}</b>
          </span>
        </div>
        {reasons.length === 0 ? null : (
          <section className={styles.reasons} aria-label={t('reasons')}>
            <b>
              {t('reasons')}
              {lateMinutes > 0 ? ` (${format.duration(lateMinutes * 60_000)})` : ''}
            </b>
            <ul>
              {reasons.map((reason, i) => (
                <li key={i}>{local(reason.text)}</li>
              ))}
            </ul>
          </section>
        )}
        <ErrorNote error={start.error ?? end.error} />
        <DataTable
          label={t('operations')}
          columns={[
            { key: 'segment', head: t('segment'), cell: row => `${row.operation + 1} ${local(row.segment)}` },
            {
              key: 'equipment',
              head: t('equipment'),
              cell: row =>
                local(nameOf(equipment, planned(row.operation)?.equipment ?? row.alternatives[0]!.equipment)),
            },
            { key: 'start', head: t('start'), cell: row => time(row.actualStart ?? planned(row.operation)?.start) },
            { key: 'end', head: t('end'), cell: row => time(row.actualEnd ?? planned(row.operation)?.end) },
            { key: 'state', head: t('state'), cell: row => t(`op.${row.state}`) },
            {
              key: 'act',
              head: '',
              cell: row =>
                !may || row.operation !== next || order.state === 'held' ? null : row.state === 'running' ? (
                  <Button
                    variant="default"
                    size="compact-md"
                    loading={end.isPending}
                    onClick={() => end.mutate({ params: { id: order.id, operation: row.operation } })}
                  >
                    {t('endHere')}
                  </Button>
                ) : (
                  <Button
                    variant="default"
                    size="compact-md"
                    loading={start.isPending}
                    onClick={() =>
                      start.mutate({
                        params: { id: order.id, operation: row.operation },
                        body: { equipment: planned(row.operation)?.equipment ?? row.alternatives[0]!.equipment },
                      })
                    }
                  >
                    {t('startHere')}
                  </Button>
                ),
            },
          ]}
          rows={order.operations}
          rowKey={row => row.operation}
        />
        <DataTable
          label={t('materials')}
          columns={[
            { key: 'material', head: t('materials'), cell: row => `${local(row.name)} (${row.material})` },
            {
              key: 'quantity',
              head: t('quantity'),
              cell: row => `${format.short(row.quantity)} ${unit(row.unit)}`,
              align: 'right',
            },
          ]}
          rows={order.materials}
          rowKey={row => row.material}
        />
        {order.remark === '' ? null : (
          <div>
            {t('remark')}: {order.remark}
          </div>
        )}
      </Stack>
    </Drawer>
  )

  function time(t: number | undefined): string {
    return t === undefined ? '' : format.dayMinute(t)
  }
}
