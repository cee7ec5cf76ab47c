/** Agents and models as the system page shows them. */
import { type Static, Type } from 'typebox'

export const AgentStatus = Type.Object({
  agent: Type.String(),
  online: Type.Boolean(),
  since: Type.Integer(),
  lastSeen: Type.Integer(),
  tags: Type.Integer(),
  devices: Type.Array(Type.Object({ device: Type.String(), online: Type.Boolean() })),
  /** Items not yet confirmed, items dropped by a full disk, gaps marked: as the agent last said. */
  outboxPending: Type.Integer(),
  outboxDropped: Type.Integer(),
  gaps: Type.Integer(),
})
export type AgentStatus = Static<typeof AgentStatus>

/** Names of the tags every agent keeps about itself, below `<agent>/`. */
export const AGENT_TAGS = {
  outboxPending: 'agent/outbox_pending',
  outboxDropped: 'agent/outbox_dropped',
  gaps: 'agent/gaps',
  cpuSeconds: 'agent/cpu_seconds',
  memoryMb: 'agent/memory_mb',
} as const

export const ModelInfo = Type.Object({
  name: Type.String(),
  version: Type.String(),
  kind: Type.String(),
  sha256: Type.String(),
  metrics: Type.Record(Type.String(), Type.Unknown()),
  limits: Type.Array(Type.String()),
})
export type ModelInfo = Static<typeof ModelInfo>
