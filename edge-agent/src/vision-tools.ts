/** Inspection in the caller's own thread, for tools that measure it; apart from `index.ts`, for it loads the runtime of the networks. */
export { openParts } from './inference/open-parts.ts'
export { defaultRecipe } from './vision/default-recipe.ts'
export { type InspectParts, inspectImage } from './vision/inspect.ts'
export { refit } from './vision/refit/refit.ts'
export type { ReviewLine } from './vision/refit/reviews.ts'
