/** Commands sent to agents, with what came of them. */
import type { Command, CommandResult } from '@millwright/contract'
import type { RecordsDb } from './records.ts'

export interface CommandEntry {
  readonly command: Command
  readonly result: CommandResult
}

export interface CommandRecords {
  add(command: Command): Promise<void>
  get(id: string): Promise<CommandEntry | undefined>
  /** False where there is no such command of that agent. */
  finish(agent: string, result: CommandResult): Promise<boolean>
  list(limit: number, before?: number): Promise<CommandEntry[]>
}

export function createCommandRecords(db: RecordsDb): CommandRecords {
  const entry = (row: { body: string; result: string }): CommandEntry => ({
    command: JSON.parse(row.body) as Command,
    result: JSON.parse(row.result) as CommandResult,
  })
  return {
    async add(command) {
      const result: CommandResult = { id: command.id, status: 'sent', t: command.issuedAt }
      await db
        .insertInto('command')
        .values({
          id: command.id,
          agent: command.agent,
          issued_at: command.issuedAt,
          body: JSON.stringify(command),
          result: JSON.stringify(result),
        })
        .execute()
    },
    async get(id) {
      const row = await db.selectFrom('command').selectAll().where('id', '=', id).executeTakeFirst()
      return row === undefined ? undefined : entry(row)
    },
    async finish(agent, result) {
      const { numUpdatedRows } = await db
        .updateTable('command')
        .set({ result: JSON.stringify(result) })
        .where('id', '=', result.id)
        .where('agent', '=', agent)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    },
    async list(limit, before) {
      let query = db.selectFrom('command').selectAll().orderBy('issued_at', 'desc').limit(limit)
      if (before !== undefined) query = query.where('issued_at', '<', before)
      return (await query.execute()).map(entry)
    },
  }
}
