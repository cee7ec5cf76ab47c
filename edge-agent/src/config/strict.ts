/** Pieces that the agent file's schemas share. */
import { type TProperties, Type } from 'typebox'

/** An object that refuses keys it does not know: a typing error is named instead of ignored. */
export const strict = <P extends TProperties>(properties: P) => Type.Object(properties, { additionalProperties: false })

export const Id = Type.String({ pattern: '^[a-z0-9][a-z0-9_-]*$', maxLength: 60 })
export const Ms = (fallback: number) =>
  Type.Optional(Type.Number({ minimum: 1, maximum: 3_600_000, default: fallback }))
