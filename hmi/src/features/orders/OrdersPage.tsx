/** Orders and the plan in force; what-ifs, publishing and undoing for planners. */

import { Button, Group, Stack, Switch, TextInput } from '@mantine/core'
import type { OrderStatus } from '@millwright/contract'
import { useMemo, useState } from 'react'
import { ActionProposalCard } from '../../components/proposals/ActionProposalCard.tsx'
import { PageTitle } from '../../components/ui/PageTitle.tsx'
import { useQuantityUnit } from '../../components/ui/quantity-unit.ts'
import { ReasonDialog } from '../../components/ui/ReasonDialog.tsx'
import { useLocal, useText } from '../../i18n/lang.tsx'
import { useChange, useRead } from '../../lib/query.ts'
import { useMay } from '../../lib/session.ts'
import { useFormat } from '../../lib/use-format.ts'
import { PanelFrame, statusOf } from '../../panels/PanelFrame.tsx'
import { DataTable } from '../../panels/TablePanel.tsx'
import { GanttPanel } from './GanttPanel.tsx'
import { findOrders } from './model.ts'
import { OrderDetail } from './OrderDetail.tsx'
import styles from './orders.module.css'
import { text } from './text.ts'
import { WhatIfDialog } from './WhatIfDialog.tsx'

export function OrdersPage() {
  const t = useText(text)
  const local = useLocal()
  const format = useFormat()
  const unit = useQuantityUnit()
  const mayPlan = useMay('whatIf')
  const orders = useRead('listOrders')
  const plan = useRead('currentPlan')
  const equipment = useRead('listEquipment')
  const proposals = useRead('listActionProposals')
  const [asking, setAsking] = useState<'whatIf' | 'undo'>()
  const [selected, setSelected] = useState<string>()
  const [words, setWords] = useState('')
  const [onlyLate, setOnlyLate] = useState(false)
  const undo = useChange('undoPlan', () => setAsking(undefined))

  const list = orders.data ?? []
  const shown = useMemo(() => findOrders(list, words, onlyLate), [list, words, onlyLate])
  const detail = list.find(each => each.order.id === selected)
  const [newest, ...older] = (proposals.data ?? [])
    .filter(each => each.kind === 'publish_plan' && each.state === 'open')
    .sort((a, b) => b.createdAt - a.createdAt)
  const late = (row: OrderStatus) =>
    row.lateMinutes > 0 ? (
      <b className={styles.late}>{format.duration(row.lateMinutes * 60_000)}</b>
    ) : row.plannedEnd === undefined ? (
      t('notPlanned')
    ) : (
      t('onTime')
    )
  return (
    <>
      <PageTitle title={t('title')}>
        {mayPlan ? (
          <Group>
            <Button h={44} onClick={() => setAsking('whatIf')}>
              {t('whatIf')}
            </Button>
            <Button
              h={44}
              variant="default"
              disabled={plan.data?.basedOn === undefined}
              onClick={() => setAsking('undo')}
            >
              {t('undo')}
            </Button>
          </Group>
        ) : null}
      </PageTitle>
      <Stack gap="md">
        <div className={styles.facts} data-testid="plan-facts" data-plan={plan.data?.id}>
          <span>
            {t('openOrders')}: <b>{list.filter(each => each.order.state !== 'done').length}</b>
          </span>
          <span>
            {t('lateOrders')}:{' '}
            <b className={list.some(each => each.lateMinutes > 0) ? styles.late : undefined}>
              {list.filter(each => each.lateMinutes > 0).length}
            </b>
          </span>
          {plan.data ? (
            <span>
              {t('plan')}: <b>{local(plan.data.title)}</b>
              {plan.data.publishedAt === undefined
                ? null
                : ` · ${t('publishedAt', { time: format.dayMinute(plan.data.publishedAt) })}`}
              {plan.data.verified ? ` · ${t('verified')}` : null}
            </span>
          ) : null}
        </div>
        {newest === undefined ? null : (
          <Stack gap="sm" aria-label={t('proposals')}>
            <ActionProposalCard key={newest.id} proposal={newest} />
            {older.length === 0 ? null : (
              <details className={styles.older}>
                <summary>{t('older', { n: older.length })}</summary>
                <Stack gap="sm" mt="sm">
                  {older.map(each => (
                    <ActionProposalCard key={each.id} proposal={each} />
                  ))}
                </Stack>
              </details>
            )}
          </Stack>
        )}
        {plan.data && equipment.data ? (
          <GanttPanel
            plan={plan.data}
            equipment={equipment.data}
            orders={list}
            selected={selected}
            onSelect={setSelected}
          />
        ) : (
          <PanelFrame
            title={t('gantt')}
            status={plan.data === null ? { kind: 'empty', text: t('noPlan') } : statusOf(plan)}
          >
            {null}
          </PanelFrame>
        )}
        <PanelFrame
          title={t('list')}
          flush
          status={statusOf(orders, data => data.length === 0)}
          actions={
            <>
              <TextInput
                aria-label={t('find')}
                placeholder={t('find')}
                value={words}
                onChange={event => setWords(event.currentTarget.value)}
              />
              <Switch
                label={t('onlyLate')}
                checked={onlyLate}
                onChange={event => setOnlyLate(event.currentTarget.checked)}
              />
            </>
          }
        >
          <DataTable
            label={t('list')}
            columns={[
              {
                key: 'id',
                head: t('order'),
                cell: row => (
                  <button type="button" className={styles.link} onClick={() => setSelected(row.order.id)}>
                    {row.order.id}
                  </button>
                ),
              },
              { key: 'product', head: t('product'), cell: row => local(row.order.productName) },
              {
                key: 'quantity',
                head: t('quantity'),
                cell: row => `${format.short(row.order.quantity)} ${unit(row.order.unit)}`,
                align: 'right',
              },
              { key: 'due', head: t('due'), cell: row => format.dayMinute(row.order.due) },
              {
                key: 'end',
                head: t('plannedEnd'),
                cell: row => (row.plannedEnd === undefined ? '' : format.dayMinute(row.plannedEnd)),
              },
              { key: 'late', head: t('late'), cell: late },
              { key: 'state', head: t('state'), cell: row => t(`state.${row.order.state}`) },
            ]}
            rows={shown}
            rowKey={row => row.order.id}
          />
        </PanelFrame>
      </Stack>
      {asking === 'whatIf' ? (
        <WhatIfDialog equipment={equipment.data ?? []} orders={list} onClose={() => setAsking(undefined)} />
      ) : null}
      {asking === 'undo' ? (
        <ReasonDialog
          title={t('undo')}
          confirm={t('undo')}
          onClose={() => setAsking(undefined)}
          onConfirm={reason => undo.mutate({ body: { reason } })}
          pending={undo.isPending}
          error={undo.error}
        >
          {t('undoHint')}
        </ReasonDialog>
      ) : null}
      {detail === undefined ? null : (
        <OrderDetail
          status={detail}
          plan={plan.data ?? null}
          equipment={equipment.data ?? []}
          onClose={() => setSelected(undefined)}
        />
      )}
    </>
  )
}
