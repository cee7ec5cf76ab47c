/** Queries of the planning tables. */
import type { Equipment, Order, Plan } from '@millwright/contract'
import type { RecordsDb } from './records.ts'

/** What publishing a plan does to orders, and what they were: null for an order that is new. */
export interface OrderChange {
  readonly after: readonly Order[]
  readonly before: readonly (Order | null)[]
}

/** Opaque here: planning's own JSON. */
export interface StoredShop<S> {
  readonly shop: S
  readonly equipment: readonly Equipment[]
}

export type PlanningRecords<S> = ReturnType<typeof createPlanningRecords<S>>

export function createPlanningRecords<S>(db: RecordsDb) {
  const toPlan = (row: { body: string }) => JSON.parse(row.body) as Plan
  const orderRow = (order: Order) => ({ id: order.id, state: order.state, due: order.due, body: JSON.stringify(order) })

  /** All or nothing: each change of plan touches several rows. */
  const write = async (trx: RecordsDb, plan: Plan) => {
    await trx
      .updateTable('plan')
      .set({ state: plan.state, published_at: plan.publishedAt ?? null, body: JSON.stringify(plan) })
      .where('id', '=', plan.id)
      .execute()
  }
  const putOrders = async (trx: RecordsDb, orders: readonly Order[]) => {
    for (const order of orders) {
      const row = orderRow(order)
      await trx
        .insertInto('work_order')
        .values(row)
        .onConflict(oc => oc.column('id').doUpdateSet(row))
        .execute()
    }
  }

  return {
    async shop(): Promise<StoredShop<S> | undefined> {
      const row = await db.selectFrom('shop').selectAll().executeTakeFirst()
      return row === undefined
        ? undefined
        : { shop: JSON.parse(row.body) as S, equipment: JSON.parse(row.equipment) as Equipment[] }
    },
    /** Replaces shop and orders; plans for what was before are no longer in force. */
    async replacePlant(shop: S, equipment: readonly Equipment[], orders: readonly Order[]): Promise<void> {
      await db.transaction().execute(async trx => {
        const row = { id: 1, body: JSON.stringify(shop), equipment: JSON.stringify(equipment) }
        await trx
          .insertInto('shop')
          .values(row)
          .onConflict(oc => oc.column('id').doUpdateSet(row))
          .execute()
        await trx.deleteFrom('work_order').execute()
        await putOrders(trx, orders)
        const inForce = await trx.selectFrom('plan').select('body').where('state', '=', 'published').execute()
        for (const plan of inForce.map(toPlan)) await write(trx, { ...plan, state: 'superseded' })
      })
    },
    async orders(): Promise<Order[]> {
      const rows = await db.selectFrom('work_order').select('body').orderBy('due').orderBy('id').execute()
      return rows.map(row => JSON.parse(row.body) as Order)
    },
    async order(id: string): Promise<Order | undefined> {
      const row = await db.selectFrom('work_order').select('body').where('id', '=', id).executeTakeFirst()
      return row === undefined ? undefined : (JSON.parse(row.body) as Order)
    },
    putOrder: (order: Order): Promise<void> => putOrders(db, [order]),

    async plan(id: string): Promise<{ plan: Plan; orders: OrderChange } | undefined> {
      const row = await db.selectFrom('plan').select(['body', 'orders']).where('id', '=', id).executeTakeFirst()
      return row === undefined ? undefined : { plan: toPlan(row), orders: JSON.parse(row.orders) as OrderChange }
    },
    async current(): Promise<Plan | undefined> {
      const row = await db.selectFrom('plan').select('body').where('state', '=', 'published').executeTakeFirst()
      return row === undefined ? undefined : toPlan(row)
    },
    async addCandidate(plan: Plan, orders: OrderChange): Promise<void> {
      const { id, state, createdAt } = plan
      const row = {
        id,
        state,
        created_at: createdAt,
        published_at: null,
        body: JSON.stringify(plan),
        orders: JSON.stringify(orders),
      }
      await db.insertInto('plan').values(row).execute()
    },
    /** Puts `next` in force in place of `before` (whose new state is given), and stores the orders. */
    async putInForce(
      next: Plan,
      before: Plan | undefined,
      orders: readonly Order[],
      removed: readonly string[],
    ): Promise<void> {
      await db.transaction().execute(async trx => {
        if (before !== undefined) await write(trx, before)
        await write(trx, next)
        await putOrders(trx, orders)
        if (removed.length > 0)
          await trx
            .deleteFrom('work_order')
            .where('id', 'in', [...removed])
            .execute()
      })
    },
  }
}
