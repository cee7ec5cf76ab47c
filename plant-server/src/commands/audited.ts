/** A command with its audit records: one before it leaves, one with what came of it. */
import type { CommandBody, CommandResult } from '@millwright/contract'
import type { Caller } from '../http/handlers.ts'
import type { Audit, Commander } from '../ports.ts'

export type SendAudited = (
  agent: string,
  body: CommandBody,
  caller: Caller,
  reason: string,
  about: { readonly action: string; readonly subject: string; readonly before?: unknown },
) => Promise<CommandResult>

export function createSendAudited({ commander, audit }: { commander: Commander; audit: Audit }): SendAudited {
  return async (agent, body, caller, reason, { action, subject, before }) => {
    await audit.record({ action: `${action}.request`, subject, before, after: body, reason }, caller)
    try {
      const { result } = await commander.send(agent, body, caller, reason)
      await audit.record(
        { action: `${action}.${result.status}`, subject, before: result.before ?? before, after: result, reason },
        caller,
      )
      return result
    } catch (error) {
      const after = { error: error instanceof Error ? error.message : String(error) }
      await audit.record({ action: `${action}.failed`, subject, before, after, reason }, caller)
      throw error
    }
  }
}
