/** A tool of the assistant: typed arguments, the roles that may use it, and what it may cause. */
import { type ActionProposal, type Citation, type Clock, type Lang, ROLES, type Role } from '@millwright/contract'
import type { Static, TSchema } from 'typebox'
import type { Caller } from '../../http/handlers.ts'
import type { Memory } from '../conversations.ts'
import type { Plant } from '../ports.ts'

export interface ToolContext {
  readonly plant: Plant
  readonly caller: Caller
  readonly clock: Clock
  readonly timeZone: string
  /** What the conversation remembers; a tool may add to it. */
  readonly memory: Memory
}

export interface ToolOutcome<R> {
  /** Plain JSON. Every figure that the answer states stands here. */
  readonly result: R
  readonly citations?: readonly Citation[]
  readonly proposals?: readonly ActionProposal[]
}

export interface SayContext {
  readonly lang: Lang
  readonly timeZone: string
}

export interface Tool {
  readonly name: string
  /** For the language model and the tools page. */
  readonly description: string
  readonly schema: TSchema
  readonly roles: readonly Role[]
  /** read: looks; propose: makes a proposal that a person approves elsewhere. No tool writes. */
  readonly effect: 'read' | 'propose'
  /** Refuses by throwing ProblemError. */
  run(args: unknown, context: ToolContext): Promise<ToolOutcome<unknown>>
  /** The result as sentences of the catalogue. */
  say(result: unknown, context: SayContext): string[]
}

/** Everybody signed in. */
export const everyone: readonly Role[] = ROLES

/** Gives a tool its types; the registry checks arguments against the schema before `run` is called. */
export function defineTool<S extends TSchema, R>(tool: {
  name: string
  description: string
  schema: S
  roles: readonly Role[]
  effect: 'read' | 'propose'
  run(args: Static<S>, context: ToolContext): Promise<ToolOutcome<R>>
  say(result: R, context: SayContext): string[]
}): Tool {
  return {
    ...tool,
    run: (args, context) => tool.run(args as Static<S>, context),
    say: (result, context) => tool.say(result as R, context),
  }
}
