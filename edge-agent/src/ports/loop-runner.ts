/** Port to the control loops: forecasts, proposals, and what people decide about them. */
import type { CommandResult, LocalText, Loop, LoopLevel, Reading } from '@millwright/contract'
import type { NewEvent } from '../outbox/outbox.ts'

/** What a command led to; id and time are added by the command runner. */
export type CommandOutcome = Omit<CommandResult, 'id' | 't'>

/** What a loop may use of its agent. */
export interface LoopPorts {
  /** Puts an event into the outbox; resolves when it is durable. */
  emit(event: NewEvent): Promise<void>
  /** Through the agent's guard, written and read back. */
  write(tag: string, value: number | boolean): Promise<CommandOutcome>
  /** Raises or returns an alarm of the agent's own. */
  alarm?(name: string, input: 'raise' | 'return', message: LocalText): void
  /** The newest reading of a tag (full name). */
  newest(tag: string): Reading | undefined
  readonly now: () => number
}

export interface LoopRunner {
  /** Every reading that leaves the rules, in time order per tag. */
  onReading(reading: Reading): void
  /** About once a second. */
  tick(now: number): void | Promise<void>
  loops(): Loop[]
  /** undefined: there is no such proposal. */
  accept(proposal: string, value: number | undefined, person: string): Promise<CommandOutcome | undefined>
  reject(proposal: string, person: string): Promise<CommandOutcome | undefined>
  /** undefined: there is no such loop. Corrects the offset of the target's meter; `before` and `readBack` are that offset. */
  laboratory(loop: string, takenAt: number, value: number): Promise<CommandOutcome | undefined>
  setLevel(loop: string, level: LoopLevel, person: string): Promise<CommandOutcome | undefined>
}
