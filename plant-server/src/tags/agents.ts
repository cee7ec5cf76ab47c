/** Agents as the system page shows them: the broker's word, and what each agent says of itself in its own tags. */
import { AGENT_TAGS, type AgentStatus, type Clock, type Enrolment, tagOf } from '@millwright/contract'
import type { SparkplugHost } from '../ingest/sparkplug-host.ts'
import type { LiveValues } from '../stream/live-values.ts'
import type { TagRegistry } from './registry.ts'

export interface Agents {
  all(): AgentStatus[]
  get(agent: string): AgentStatus | undefined
  isOnline(agent: string): boolean
}

export function createAgents(deps: {
  nodes: SparkplugHost['nodes']
  node: SparkplugHost['node']
  enrolment: (agent: string) => Enrolment
  /** Agents that may connect or might once. */
  enrolled: () => readonly string[]
  tags: TagRegistry
  live: LiveValues
  clock: Clock
}): Agents {
  const { tags, live } = deps
  const startedAt = deps.clock.now()
  const number = (agent: string, name: string) => {
    const value = live.get(tagOf(agent, name))?.value
    return typeof value === 'number' ? Math.trunc(value) : 0
  }
  function status(agent: string): AgentStatus {
    const node = deps.node(agent)
    const own = tags.of(agent)
    const devices = new Set(own.map(tag => tags.get(tag)?.device ?? ''))
    const lastKnown = Math.max(0, ...own.map(tag => live.get(tag)?.t ?? 0))
    return {
      agent,
      online: node?.online ?? false,
      numbers: node?.numbers ?? true,
      enrolment: deps.enrolment(agent),
      since: node?.since ?? startedAt,
      lastSeen: node?.lastSeen ?? lastKnown,
      tags: own.length,
      devices: [...devices].sort().map(device => ({
        device,
        online: node?.devices.get(device)?.online ?? node?.online ?? false,
        since: node?.devices.get(device)?.since ?? node?.since ?? startedAt,
      })),
      outboxPending: number(agent, AGENT_TAGS.outboxPending),
      outboxDropped: number(agent, AGENT_TAGS.outboxDropped),
      gaps: number(agent, AGENT_TAGS.gaps),
    }
  }
  const names = () => [...new Set([...tags.agents(), ...deps.nodes().keys(), ...deps.enrolled()])].sort()
  return {
    all: () => names().map(status),
    get: agent => (names().includes(agent) ? status(agent) : undefined),
    isOnline: agent => deps.node(agent)?.online ?? false,
  }
}
