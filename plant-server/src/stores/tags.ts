/** Tag definitions as agents announced them last, so that tags are known before an agent is back. */
import type { TagDefinition } from '@millwright/contract'
import type { RecordsDb } from './records.ts'

export interface TagRecords {
  all(): Promise<TagDefinition[]>
  save(definitions: readonly TagDefinition[], seenAt: number): Promise<void>
}

export function createTagRecords(db: RecordsDb): TagRecords {
  return {
    async all() {
      const rows = await db.selectFrom('tag').select('definition').orderBy('tag').execute()
      return rows.map(row => JSON.parse(row.definition) as TagDefinition)
    },
    async save(definitions, seenAt) {
      await db.transaction().execute(async trx => {
        for (const definition of definitions) {
          const row = {
            tag: definition.tag,
            agent: definition.agent,
            device: definition.device,
            definition: JSON.stringify(definition),
            seen_at: seenAt,
          }
          await trx
            .insertInto('tag')
            .values(row)
            .onConflict(conflict => conflict.column('tag').doUpdateSet(row))
            .execute()
        }
      })
    },
  }
}
