/** Which events of which agent are stored, until the historian's marks cover them. */
import type { RecordsDb } from './records.ts'

export interface EventMarks {
  has(agent: string, seq: number): Promise<boolean>
  add(agent: string, seq: number): Promise<void>
  /** Once the historian has marked them. */
  forget(agent: string, seqs: readonly number[]): Promise<void>
  all(): Promise<{ agent: string; seq: number }[]>
}

/** SQLite's limit on variables in one statement is far above. */
const SLICE = 500

export function createEventMarks(db: RecordsDb): EventMarks {
  return {
    async has(agent, seq) {
      const row = await db
        .selectFrom('event_mark')
        .select('seq')
        .where('agent', '=', agent)
        .where('seq', '=', seq)
        .executeTakeFirst()
      return row !== undefined
    },
    async add(agent, seq) {
      await db.insertInto('event_mark').values({ agent, seq }).execute()
    },
    async forget(agent, seqs) {
      for (let at = 0; at < seqs.length; at += SLICE)
        await db
          .deleteFrom('event_mark')
          .where('agent', '=', agent)
          .where('seq', 'in', seqs.slice(at, at + SLICE))
          .execute()
    },
    all: () => db.selectFrom('event_mark').selectAll().execute(),
  }
}
