/** Inspection in the caller's own thread, for tools that measure it; apart from the agent's own index, for it loads the runtime of the networks. */
export { openParts } from '../inference/open-parts.ts'
export { defaultRecipe } from './default-recipe.ts'
export { type InspectParts, inspectImage } from './inspect.ts'
export { refit } from './refit/refit.ts'
export type { ReviewLine } from './refit/reviews.ts'
