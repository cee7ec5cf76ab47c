/** Vision, plugged in: loaded only where the agent's file names a camera. */
import type { CameraConfig } from '../config/sources/camera.ts'
import type { Inspector } from '../ports/inspector.ts'
import { readRecipe } from '../vision/read-recipe.ts'

/** Throws a ProblemError where the recipe cannot be used. */
export async function createInspectorOf({ recipe: file }: Pick<CameraConfig, 'recipe'>): Promise<Inspector> {
  const { createInspector } = await import('../vision/inspector.ts')
  let inspector = createInspector({
    station: true,
    ...(file === undefined ? {} : { recipe: await readRecipe(file) }),
  })
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
