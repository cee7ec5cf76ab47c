/** All tags of an agent: definition, rules and the state of each. */
import { AGENT_TAGS, type TagDefinition, tagOf } from '@millwright/contract'
import type { AgentConfig, TagConfig } from '../config/schema.ts'
import { NO_STATE, type TagRules, type TagState } from '../domain/reading-rules.ts'

export interface Tag {
  readonly definition: TagDefinition
  readonly rules: TagRules
  /** Absent for the agent's own tags. */
  readonly config: TagConfig | undefined
  state: TagState
}

export interface TagTable {
  readonly all: readonly Tag[]
  byName(device: string, name: string): Tag | undefined
  byTag(tag: string): Tag | undefined
  ofDevice(device: string): readonly Tag[]
}

/** Device of the agent's own tags. */
export const AGENT_DEVICE = 'agent'

export function createTagTable(config: AgentConfig): TagTable {
  const kinds = new Map(config.sources.map(source => [source.id, source.kind]))
  const all = [
    ...(config.tags ?? []).map(tag => fromConfig(config.agent, tag, kinds.get(tag.source) ?? 'opcua')),
    ...ownTags(config.agent),
  ]
  const byTag = new Map(all.map(tag => [tag.definition.tag, tag]))
  const devices = Map.groupBy(all, tag => tag.definition.device)
  // Looked up for every sample: no full name is put together.
  const below = tagOf(config.agent, '').length
  const byName = new Map(
    [...devices].map(([device, tags]) => [device, new Map(tags.map(tag => [tag.definition.tag.slice(below), tag]))]),
  )
  return {
    all,
    byTag: tag => byTag.get(tag),
    byName: (device, name) => byName.get(device)?.get(name),
    ofDevice: device => devices.get(device) ?? [],
  }
}

function fromConfig(agent: string, config: TagConfig, source: TagDefinition['source']): Tag {
  const { range, limits, writable, equipment, deadband, scale, offset, staleSeconds } = config
  const tag = tagOf(agent, config.name)
  return {
    config,
    state: NO_STATE,
    rules: {
      tag,
      type: config.type,
      ...(scale === undefined ? {} : { scale }),
      ...(offset === undefined ? {} : { offset }),
      ...(range ? { range } : {}),
      ...(deadband ? { deadband } : {}),
      ...(staleSeconds === undefined ? {} : { staleSeconds }),
    },
    definition: {
      tag,
      agent,
      device: config.source,
      source,
      type: config.type,
      unit: config.unit ?? '',
      description: config.description,
      ...(range ? { range } : {}),
      ...(limits ? { limits } : {}),
      ...(writable ? { writable: { low: writable.low, high: writable.high } } : {}),
      ...(equipment === undefined ? {} : { equipment }),
    },
  }
}

/** What every agent says of itself. */
function ownTags(agent: string): Tag[] {
  const own: [keyof typeof AGENT_TAGS, 'int' | 'float', string, string, string][] = [
    ['outboxPending', 'int', '', '待确认的发件箱条目', 'Outbox items not yet confirmed'],
    ['outboxDropped', 'int', '', '发件箱丢弃的数据', 'Data dropped by a full outbox'],
    ['gaps', 'int', '', '已标记的数据间隙', 'Gaps marked'],
    ['cpuSeconds', 'float', 's', '代理的 CPU 时间', 'CPU time of the agent'],
    ['memoryMb', 'float', 'MB', '代理的内存', 'Memory of the agent'],
  ]
  return own.map(([key, type, unit, zh, en]) => {
    const tag = tagOf(agent, AGENT_TAGS[key])
    return {
      config: undefined,
      state: NO_STATE,
      rules: { tag, type },
      definition: { tag, agent, device: AGENT_DEVICE, source: 'agent', type, unit, description: { zh, en } },
    }
  })
}
