/** Inspections as quality work asks for them: scopes, lots, and the review of a person. */
import type { Lot } from '@millwright/contract'
import { sql } from 'kysely'
import type { InspectionReader, ReviewWriter } from '../quality/ports.ts'
import { inspectionOfRow } from './inspections.ts'
import type { RecordsDb } from './records.ts'

export function createQualityRecords(db: RecordsDb): InspectionReader & ReviewWriter {
  return {
    async get(id) {
      const row = await db.selectFrom('inspection').selectAll().where('id', '=', id).executeTakeFirst()
      return row === undefined ? undefined : inspectionOfRow(row)
    },
    async select({ lot, from, to }) {
      let query = db.selectFrom('inspection').selectAll().orderBy('t').orderBy('id')
      if (lot !== undefined) query = query.where('lot', '=', lot)
      if (from !== undefined) query = query.where('t', '>=', from)
      if (to !== undefined) query = query.where('t', '<', to)
      return (await query.execute()).map(inspectionOfRow)
    },
    async lots({ limit, before }) {
      const count = (verdict: string) => sql<number>`sum(verdict = ${verdict})`
      let query = db
        .selectFrom('inspection')
        .select(({ fn }) => [
          'lot',
          fn.min('station').as('station'),
          fn.min('t').as('from'),
          fn.max('t').as('to'),
          fn.countAll<number>().as('captures'),
          count('pass').as('pass'),
          count('fail').as('fail'),
          count('review').as('review'),
          fn.count<number>('review').as('reviewed'),
        ])
        .groupBy('lot')
        .orderBy('to', 'desc')
        .limit(limit)
      if (before !== undefined) query = query.having(({ fn }) => fn.max('t'), '<', before)
      return (await query.execute()).map(({ lot, ...row }): Lot => ({ id: lot, ...row }))
    },
    async setReview(id, review) {
      await db
        .updateTable('inspection')
        .set({ review: JSON.stringify(review) })
        .where('id', '=', id)
        .execute()
    },
  }
}
