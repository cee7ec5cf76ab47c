/** Shapes that several routes share. */
import { Type } from 'typebox'

export const Id = Type.Object({ id: Type.String({ maxLength: 300 }) })
/** Why: kept in the audit record. */
export const Reasoned = { reason: Type.String({ maxLength: 500 }) }
/** Newest first, at most `limit`, those before a time or number. */
export const Page = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  before: Type.Optional(Type.Integer()),
}
/** Times in queries: ms since 1970 or ISO 8601. */
export const Time = Type.Union([Type.Integer(), Type.String({ maxLength: 40 })])
export const Done = Type.Object({ ok: Type.Literal(true) })
