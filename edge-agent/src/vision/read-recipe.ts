import { readFile } from 'node:fs/promises'
import { describe, ProblemError, parseJson, parser, Recipe } from '@millwright/contract'

const recipes = parser(Recipe)

/** A recipe file (JSON). @throws ProblemError MW-1027 with every fault. */
export async function readRecipe(path: string): Promise<Recipe> {
  const refuse = (detail: string) => new ProblemError({ code: 'MW-1027', place: path, values: { detail } })
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) throw refuse('there is no such file')
  const parsed = parseJson(recipes, text, path)
  if (!parsed.ok) throw refuse(parsed.fault.map(p => describe(p).en).join('; '))
  try {
    new RegExp(parsed.value.naming?.pattern ?? '', 'u')
  } catch {
    throw refuse(`naming.pattern is not a regular expression: ${parsed.value.naming?.pattern}`)
  }
  return parsed.value
}
