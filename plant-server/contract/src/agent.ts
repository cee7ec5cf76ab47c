/** Agents and models as the system page shows them. */
import { type Static, Type } from 'typebox'

/** configured: named in the server's file · pending: its code waits · enrolled · revoked · none: known by its data only. */
export const Enrolment = Type.Union([
  Type.Literal('configured'),
  Type.Literal('pending'),
  Type.Literal('enrolled'),
  Type.Literal('revoked'),
  Type.Literal('none'),
])
export type Enrolment = Static<typeof Enrolment>

/** Id of an agent: its Sparkplug edge node, its user at the broker, the first part of its tags. */
export const AgentId = Type.String({ pattern: '^[a-z0-9][a-z0-9_-]{0,63}$' })

/** A code that one agent may exchange once for its credentials. */
export const EnrolmentCode = Type.Object({
  agent: AgentId,
  code: Type.String(),
  expiresAt: Type.Integer(),
})
export type EnrolmentCode = Static<typeof EnrolmentCode>

/** What the agent gets for its code. */
export const AgentCredentials = Type.Object({
  agent: AgentId,
  secret: Type.String(),
  group: Type.String(),
  hostId: Type.String(),
})
export type AgentCredentials = Static<typeof AgentCredentials>

/** An agent as it stands in the list of enrolments. */
export const AgentEnrolment = Type.Object({
  agent: Type.String(),
  enrolment: Enrolment,
  /** Since when it is so; 0 for those of the server's file. */
  since: Type.Integer(),
  /** Of a code that waits. */
  expiresAt: Type.Optional(Type.Integer()),
})
export type AgentEnrolment = Static<typeof AgentEnrolment>

export const AgentStatus = Type.Object({
  agent: Type.String(),
  online: Type.Boolean(),
  since: Type.Integer(),
  lastSeen: Type.Integer(),
  tags: Type.Integer(),
  devices: Type.Array(
    Type.Object({ device: Type.String(), online: Type.Boolean(), since: Type.Optional(Type.Integer()) }),
  ),
  /** false: another vendor's node, which numbers nothing: what it sends is stored as it comes, without the promise of "once". */
  numbers: Type.Optional(Type.Boolean()),
  enrolment: Type.Optional(Enrolment),
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
