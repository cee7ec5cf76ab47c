/** The order at hand and the next one, large enough for the line. */
import type { ReactNode } from 'react'
import { useQuantityUnit } from '../../components/ui/quantity-unit.ts'
import { useLocal, useText } from '../../i18n/lang.tsx'
import { useRead } from '../../lib/query.ts'
import { useFormat } from '../../lib/use-format.ts'
import { useEquipment } from '../../plant/use-plant.ts'
import styles from './line.module.css'
import { equipmentBelow, type OrderAt, ordersAt } from './model.ts'
import { text } from './text.ts'

function Slot({
  title,
  empty,
  at,
  children,
}: {
  readonly title: string
  readonly empty: string
  readonly at: OrderAt | undefined
  readonly children: ReactNode
}) {
  const local = useLocal()
  const format = useFormat()
  const t = useText(text)
  const unit = useQuantityUnit()
  return (
    <div className={styles.order}>
      <h2>{title}</h2>
      {at === undefined ? (
        <p className={styles.orderEmpty}>{empty}</p>
      ) : (
        <>
          <p className={styles.orderMain}>
            <b>{at.status.order.id}</b> {local(at.status.order.productName)}
            <span className="mw-number">
              {' '}
              {format.short(at.status.order.quantity)} {unit(at.status.order.unit)}
            </span>
          </p>
          <p className={`${styles.orderMinor} mw-number`}>
            {local(at.operation.segment)} · {children} ·{' '}
            {t('order.due', { time: format.dayMinute(at.status.order.due) })}
            {at.status.lateMinutes > 0 ? (
              <b className={styles.late}>
                {t('order.late', { duration: format.duration(at.status.lateMinutes * 60_000) })}
              </b>
            ) : null}
          </p>
        </>
      )}
    </div>
  )
}

export function OrderStrip({ equipment }: { readonly equipment: string | undefined }) {
  const t = useText(text)
  const format = useFormat()
  const tree = useEquipment()
  const orders = useRead('listOrders')
  const plan = useRead('currentPlan')
  const { current, next } = ordersAt(orders.data ?? [], plan.data ?? null, equipmentBelow(tree, equipment))
  const at = (time: number | undefined) => (time === undefined ? '—' : format.dayMinute(time))
  return (
    <section className={styles.orders} data-testid="line-orders">
      <Slot title={t('order.now')} empty={t('order.none')} at={current}>
        {t('order.started', { time: at(current?.start) })} · {t('order.end', { time: at(current?.end) })}
      </Slot>
      <Slot title={t('order.next')} empty={t('order.noNext')} at={next}>
        {t('order.startsAt', { time: at(next?.start) })}
      </Slot>
    </section>
  )
}
