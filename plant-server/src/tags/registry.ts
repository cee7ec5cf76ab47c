/** The tags that agents announced in their births, kept over restarts. */
import type { Clock, TagDefinition } from '@millwright/contract'
import type { TagRecords } from '../stores/tags.ts'

export interface TagRegistry {
  learn(definitions: readonly TagDefinition[]): Promise<void>
  get(tag: string): TagDefinition | undefined
  all(): TagDefinition[]
  /** Tags of an agent, or of one of its devices. */
  of(agent: string, device?: string): string[]
  agents(): string[]
}

export async function createTagRegistry(deps: { records: TagRecords; clock: Clock }): Promise<TagRegistry> {
  const tags = new Map((await deps.records.all()).map(definition => [definition.tag, definition]))
  return {
    async learn(definitions) {
      const changed = definitions.filter(
        definition => JSON.stringify(tags.get(definition.tag)) !== JSON.stringify(definition),
      )
      for (const definition of changed) tags.set(definition.tag, definition)
      if (changed.length > 0) await deps.records.save(changed, deps.clock.now())
    },
    get: tag => tags.get(tag),
    all: () => [...tags.values()].sort((a, b) => (a.tag < b.tag ? -1 : 1)),
    of: (agent, device) =>
      [...tags.values()]
        .filter(each => each.agent === agent && (device === undefined || each.device === device))
        .map(each => each.tag),
    agents: () => [...new Set([...tags.values()].map(each => each.agent))].sort(),
  }
}
