import { readFile } from 'node:fs/promises'
import {
  describe,
  failed,
  ok,
  type Problem,
  ProblemError,
  parseJson,
  parser,
  Recipe,
  type Result,
} from '@millwright/contract'

const recipes = parser(Recipe)

/** The text of a recipe file (JSON); every fault in one problem MW-1027 that names `place`. */
export function parseRecipe(text: string, place: string): Result<Recipe, Problem> {
  const refuse = (detail: string) => failed<Problem>({ code: 'MW-1027', place, values: { detail } })
  const parsed = parseJson(recipes, text, place)
  if (!parsed.ok) return refuse(parsed.fault.map(p => describe(p).en).join('; '))
  try {
    new RegExp(parsed.value.naming?.pattern ?? '', 'u')
  } catch {
    return refuse(`naming.pattern is not a regular expression: ${parsed.value.naming?.pattern}`)
  }
  return ok(parsed.value)
}

/** A recipe file. @throws ProblemError MW-1027 with every fault. */
export async function readRecipe(path: string): Promise<Recipe> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined)
    throw new ProblemError({ code: 'MW-1027', place: path, values: { detail: 'there is no such file' } })
  const parsed = parseRecipe(text, path)
  if (!parsed.ok) throw new ProblemError(parsed.fault)
  return parsed.value
}
