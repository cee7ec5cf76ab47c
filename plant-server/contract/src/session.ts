/** People, roles and the audit record. */
import { type Static, Type } from 'typebox'
import { Lang } from './text.ts'

export const ROLES = ['operator', 'qa_engineer', 'process_engineer', 'planner', 'administrator'] as const
export const Role = Type.Unsafe<(typeof ROLES)[number]>(Type.Union(ROLES.map(role => Type.Literal(role))))
export type Role = (typeof ROLES)[number]

export const User = Type.Object({
  name: Type.String({ pattern: '^[A-Za-z0-9._-]{1,64}$' }),
  role: Role,
  lang: Lang,
  disabled: Type.Boolean(),
  /** Signed in with the password of the demo: loopback only. */
  demo: Type.Boolean(),
})
export type User = Static<typeof User>

/** One link of the audit chain: `hash = SHA-256(previous hash + canonical JSON of the rest)`. */
export const AuditRecord = Type.Object({
  seq: Type.Integer(),
  t: Type.Integer(),
  person: Type.String(),
  role: Type.String(),
  /** What was done, e.g. `proposal.accept`, `plan.publish`, `user.create`. */
  action: Type.String(),
  /** What it was done to. */
  subject: Type.String(),
  before: Type.Unknown(),
  after: Type.Unknown(),
  reason: Type.String(),
  hash: Type.String(),
})
export type AuditRecord = Static<typeof AuditRecord>

export const AuditCheck = Type.Object({
  ok: Type.Boolean(),
  records: Type.Integer(),
  /** First record whose hash does not follow, where one does not. */
  brokenAt: Type.Optional(Type.Integer()),
})
