import type { RecordsDb } from './records.ts'

export interface DeadLetter {
  readonly t: number
  readonly topic: string
  readonly code: string
  readonly detail: string
}

export interface DeadLetterRecords {
  add(letter: DeadLetter): Promise<void>
  newest(limit: number): Promise<DeadLetter[]>
}

const KEPT = 1000

export function createDeadLetterRecords(db: RecordsDb): DeadLetterRecords {
  return {
    async add(letter) {
      const { insertId } = await db.insertInto('dead_letter').values(letter).executeTakeFirstOrThrow()
      await db
        .deleteFrom('dead_letter')
        .where('id', '<=', Number(insertId) - KEPT)
        .execute()
    },
    newest: limit =>
      db
        .selectFrom('dead_letter')
        .select(['t', 'topic', 'code', 'detail'])
        .orderBy('id', 'desc')
        .limit(limit)
        .execute(),
  }
}
