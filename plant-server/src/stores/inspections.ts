/** Inspections as agents sent them, with the lot given at arrival and the review of a person. */
import type { Inspection, InspectionEvent, Verdict } from '@millwright/contract'
import type { RecordsDb } from './records.ts'
import type { InspectionTable } from './tables/plant.ts'

export interface InspectionQuery {
  readonly limit: number
  /** Only those captured before this time, ms. */
  readonly before?: number
  readonly lot?: string
  readonly verdict?: Verdict
  readonly reviewed?: boolean
}

export interface InspectionRecords {
  /** False where the id is stored already. */
  add(agent: string, lot: string, event: InspectionEvent): Promise<boolean>
  get(id: string): Promise<Inspection | undefined>
  /** Newest first. */
  list(query: InspectionQuery): Promise<Inspection[]>
}

/** A row of the table as the contract's inspection. */
export function inspectionOfRow(row: Pick<InspectionTable, 'agent' | 'lot' | 'body' | 'review'>): Inspection {
  return {
    ...(JSON.parse(row.body) as InspectionEvent),
    agent: row.agent,
    lot: row.lot,
    ...(row.review === null ? {} : { review: JSON.parse(row.review) as NonNullable<Inspection['review']> }),
  }
}

export function createInspectionRecords(db: RecordsDb): InspectionRecords {
  return {
    async add(agent, lot, event) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('inspection')
        .values({
          id: event.id,
          agent,
          station: event.station,
          t: event.t,
          sha256: event.sha256,
          lot,
          verdict: event.line.verdict,
          error: 'error' in event.line ? 1 : 0,
          body: JSON.stringify(event),
          review: null,
        })
        .onConflict(conflict => conflict.column('id').doNothing())
        .executeTakeFirst()
      return (numInsertedOrUpdatedRows ?? 0n) > 0n
    },
    async get(id) {
      const row = await db.selectFrom('inspection').selectAll().where('id', '=', id).executeTakeFirst()
      return row === undefined ? undefined : inspectionOfRow(row)
    },
    async list({ limit, before, lot, verdict, reviewed }) {
      let query = db.selectFrom('inspection').selectAll().orderBy('t', 'desc').orderBy('id').limit(limit)
      if (before !== undefined) query = query.where('t', '<', before)
      if (lot !== undefined) query = query.where('lot', '=', lot)
      if (verdict !== undefined) query = query.where('verdict', '=', verdict)
      if (reviewed !== undefined) query = query.where('review', reviewed ? 'is not' : 'is', null)
      return (await query.execute()).map(inspectionOfRow)
    },
  }
}
