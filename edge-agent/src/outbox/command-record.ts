/** Which commands have been seen: written before execution, so that none is executed twice. */
import type { Db } from './database.ts'

export interface CommandRecord {
  /** Records the id durably; false when it has been seen before. */
  begin(id: string, now: number): boolean
  /** Its result is in the outbox. */
  answered(id: string): void
  /** Begun, never answered: the agent stopped in between. */
  unanswered(): string[]
}

/** Ids older than this cannot come again: commands expire within minutes. */
const KEEP_MS = 30 * 24 * 3_600_000

export function createCommandRecord(db: Db): CommandRecord {
  const insert = db.prepare('INSERT OR IGNORE INTO commands VALUES (?, ?, 0)')
  const prune = db.prepare('DELETE FROM commands WHERE t < ? AND answered = 1')
  const answer = db.prepare('UPDATE commands SET answered = 1 WHERE id = ?')
  const open = db.pluck('SELECT id FROM commands WHERE answered = 0 ORDER BY t')
  return {
    begin(id, now) {
      prune.run(now - KEEP_MS)
      return insert.run(id, now).changes === 1
    },
    answered: id => void answer.run(id),
    unanswered: () => open.all() as string[],
  }
}
