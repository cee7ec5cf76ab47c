/** What the subjects of the plant server ask of one another, as interfaces; `app.ts` wires the real ones. */
import type { AuditRecord, Command, CommandBody, CommandResult, ServerMessage } from '@millwright/contract'
import type { Caller } from './http/handlers.ts'

type WithoutSeq<T> = T extends { seq: number } ? Omit<T, 'seq'> : never

/** Live push to every browser that may see it. */
export interface Hub {
  publish(message: WithoutSeq<ServerMessage>): void
}

/** The append-only, hash-chained record of changes. */
export interface Audit {
  record(
    entry: Pick<AuditRecord, 'action' | 'subject' | 'before' | 'after' | 'reason'>,
    caller: Pick<Caller, 'name' | 'role'>,
  ): Promise<AuditRecord>
}

/** Sends commands to agents and waits for the answer. */
export interface Commander {
  /** Resolves with the agent's result, or with status `sent` when none came within the waiting time. Audited by the caller. */
  send(
    agent: string,
    body: CommandBody,
    caller: Pick<Caller, 'name' | 'role'>,
    reason: string,
  ): Promise<{ command: Command; result: CommandResult }>
}

/** Unique ids, so that tests and the demo can repeat them. */
export type NewId = (prefix: string) => string
