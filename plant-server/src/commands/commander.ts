/**
 * Commands to agents: written down, published with an expiry, answered by a `command_result` event. A command without an
 * answer stays `sent`: the agent refuses it when it comes late, and its answer, when it comes, is kept all the same.
 */
import { type Clock, type Command, type CommandResult, ProblemError, topics } from '@millwright/contract'
import type { Commander, NewId } from '../ports.ts'
import type { CommandRecords } from '../stores/commands.ts'

/** An agent refuses a command that is older. */
const EXPIRY_MS = 30_000
/** How long a caller waits for the answer. */
const WAIT_MS = 10_000

export interface LocalCommander extends Commander {
  /** Called with each stored result. */
  answered(result: CommandResult): void
}

export function createCommander(deps: {
  records: CommandRecords
  clock: Clock
  newId: NewId
  group: string
  publish: (topic: string, payload: string) => Promise<void>
  isOnline: (agent: string) => boolean
  /** May it connect: enrolled, or of the server's file? */
  isEnrolled: (agent: string) => boolean
}): LocalCommander {
  const { records, clock } = deps
  const waiting = new Map<string, (result: CommandResult) => void>()
  return {
    async send(agent, body, caller, reason) {
      if (caller.role === 'agent') throw new ProblemError({ code: 'MW-2002', values: { role: caller.role } })
      if (!deps.isEnrolled(agent)) throw new ProblemError({ code: 'MW-2060', values: { agent } })
      if (!deps.isOnline(agent)) throw new ProblemError({ code: 'MW-2008', values: { agent } })
      const issuedAt = clock.now()
      const command: Command = {
        id: deps.newId('command'),
        agent,
        body,
        person: caller.name,
        role: caller.role,
        reason,
        issuedAt,
        expiresAt: issuedAt + EXPIRY_MS,
      }
      await records.add(command)
      const giveUp = new AbortController()
      const answer = new Promise<CommandResult>(resolve => waiting.set(command.id, resolve))
      try {
        await deps.publish(topics.command(deps.group, agent), JSON.stringify(command))
        const late: CommandResult = { id: command.id, status: 'sent', t: issuedAt }
        const result = await Promise.race([answer, clock.sleep(WAIT_MS, giveUp.signal).then(() => late)])
        return { command, result }
      } finally {
        waiting.delete(command.id)
        giveUp.abort()
      }
    },
    answered(result) {
      waiting.get(result.id)?.(result)
    },
  }
}
