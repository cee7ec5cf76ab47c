/** Pieces of argument schemas that tools share. Instants are ISO 8601, so that a language model can write them too. */
import { ProblemError } from '@millwright/contract'
import { Type } from 'typebox'

export const Instant = Type.String({ description: 'ISO 8601 with zone, e.g. 2025-11-24T14:00:00Z', maxLength: 40 })

/** ms since 1970 UTC; refuses with MW-5007. */
export function instantArg(tool: string, value: string): number {
  const t = Date.parse(value)
  if (Number.isNaN(t))
    throw new ProblemError({ code: 'MW-5007', values: { tool, detail: `"${value}" is not ISO 8601` } })
  return t
}

export const isoOf = (t: number): string => new Date(t).toISOString()
