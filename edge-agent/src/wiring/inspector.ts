/** Vision, plugged in: loaded only where the agent's file names a camera. */
import { readFileSync } from 'node:fs'
import { ProblemError, parseJson, parser, Recipe } from '@millwright/contract'
import type { CameraConfig } from '../config/sources/camera.ts'
import type { Inspector } from '../ports/inspector.ts'

const recipeFile = parser(Recipe)

/** Throws a ProblemError where the recipe cannot be used. */
export async function createInspectorOf({ recipe: file }: CameraConfig): Promise<Inspector> {
  const { createInspector } = await import('../vision/inspector.ts')
  let inspector = createInspector({ station: true, ...(file === undefined ? {} : { recipe: readRecipe(file) }) })
  return {
    inspect: (path, name) => inspector.inspect(path, name),
    async applyRecipe(recipe) {
      const old = inspector
      inspector = createInspector({ station: true, recipe })
      // The old one finishes what it has in hand.
      await old.close()
    },
    close: () => inspector.close(),
  }
}

function readRecipe(file: string): Recipe {
  const parsed = parseJson(recipeFile, readFileSync(file, 'utf8'), file)
  if (parsed.ok) return parsed.value
  const detail = parsed.fault.map(({ place, values }) => `${place} ${values?.detail ?? ''}`).join('; ')
  throw new ProblemError({ code: 'MW-1027', place: file, values: { detail } })
}
