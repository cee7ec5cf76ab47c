/** Parsing at a border: every fault at once, each with its place. */
import type { Static, TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import type { Problem } from './base/problem.ts'
import { failed, ok, type Result } from './base/result.ts'

export interface Parser<T> {
  /** All faults of `value`, or the value, typed. Unknown keys are left in place. */
  parse(value: unknown, place?: string): Result<T, Problem[]>
}

/** Compiles a schema once. */
export function parser<S extends TSchema>(schema: S): Parser<Static<S>> {
  const compiled = Compile(schema)
  return {
    parse(value, place = '') {
      if (compiled.Check(value)) return ok(value as Static<S>)
      const faults = compiled.Errors(value).map(
        (error): Problem => ({
          code: 'MW-0101',
          place: `${place}${error.instancePath || '/'}`,
          values: { detail: error.message },
        }),
      )
      return failed(faults)
    },
  }
}

/** Parses JSON text against a schema. */
export function parseJson<T>(parser: Parser<T>, text: string, place = ''): Result<T, Problem[]> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return failed([
      { code: 'MW-0104', place, values: { detail: error instanceof Error ? error.message : String(error) } },
    ])
  }
  return parser.parse(value, place)
}
