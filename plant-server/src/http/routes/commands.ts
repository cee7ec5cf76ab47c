import { type CommandResult, ProblemError } from '@millwright/contract'
import type { SendAudited } from '../../commands/audited.ts'
import type { CommandRecords } from '../../stores/commands.ts'
import type { LiveValues } from '../../stream/live-values.ts'
import type { TagRegistry } from '../../tags/registry.ts'
import type { Caller, SomeHandlers } from '../handlers.ts'

/** Also behind a `write_tag` proposal. */
export type WriteTag = (
  write: { tag: string; value: number | boolean; reason: string },
  caller: Caller,
) => Promise<CommandResult>

export function createWriteTag(deps: { tags: TagRegistry; live: LiveValues; send: SendAudited }): WriteTag {
  return async ({ tag, value, reason }, caller) => {
    const definition = deps.tags.get(tag)
    if (definition === undefined) throw new ProblemError({ code: 'MW-2004', values: { what: 'tag', id: tag } })
    const range = definition.writable
    if (range === undefined) throw new ProblemError({ code: 'MW-1009', place: tag })
    // The agent's guard has the last word; what lies outside the absolute limits need not travel.
    if (typeof value === 'number' && (value < range.low || value > range.high))
      throw new ProblemError({ code: 'MW-1008', place: tag, values: { detail: `${range.low}..${range.high}` } })
    return deps.send(definition.agent, { kind: 'write_tag', tag, value }, caller, reason, {
      action: 'tag.write',
      subject: tag,
      before: deps.live.get(tag)?.value ?? null,
    })
  }
}

export const createCommandHandlers = (deps: {
  writeTag: WriteTag
  commands: CommandRecords
}): SomeHandlers<'writeTag' | 'listCommands'> => ({
  writeTag: ({ body }, caller) => deps.writeTag(body, caller),
  listCommands: async ({ query }) => [...(await deps.commands.list(query.limit ?? 100, query.before))],
})
