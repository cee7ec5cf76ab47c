/** PLC programs: versions are added, never changed. */
import type { PlcProgram } from '@millwright/contract'
import type { RecordsDb } from './records.ts'

export interface PlcProgramRecords {
  /** Adds the next version of its name; the program as stored. */
  add(program: Omit<PlcProgram, 'version'>): Promise<PlcProgram>
  /** Newest version of each name, by name. */
  newest(): Promise<PlcProgram[]>
}

export function createPlcProgramRecords(db: RecordsDb): PlcProgramRecords {
  const parsed = (row: { body: string }) => JSON.parse(row.body) as PlcProgram
  return {
    add: program =>
      db.transaction().execute(async trx => {
        const last = await trx
          .selectFrom('plc_program')
          .select(({ fn }) => fn.max('version').as('version'))
          .where('name', '=', program.name)
          .executeTakeFirst()
        const stored: PlcProgram = { ...program, version: (last?.version ?? 0) + 1 }
        const { id, name, version, createdAt } = stored
        const row = { id, name, version, created_at: createdAt, body: JSON.stringify(stored) }
        await trx.insertInto('plc_program').values(row).execute()
        return stored
      }),
    async newest() {
      const rows = await db.selectFrom('plc_program').selectAll().orderBy('name').orderBy('version').execute()
      return [...new Map(rows.map(row => [row.name, parsed(row)])).values()]
    },
  }
}
