import { type Problem, ProblemError, type Recipe, type RegionSample } from '@millwright/contract'
import type { Finding } from '../finding.ts'
import { type InspectParts, seeImage } from '../inspect.ts'
import { type Fitted, fitRegions } from './fit-regions.ts'
import { labelled, placesOf, type ReviewLine } from './reviews.ts'

export interface Refitted extends Fitted {
  readonly recipe: Recipe
  readonly captures: number
  /** Defects of the reviews that the checks did not see at all: no refit can bring them back. */
  readonly missed: number
  readonly unusable: readonly Problem[]
}

/**
 * Fits the recipe's region classifier to reviews.
 * @throws ProblemError MW-1027 where no capture could be used, or the recipe is of a part without a screen (teach it instead).
 */
export async function refit(
  parts: InspectParts,
  reviews: readonly ReviewLine[],
  reviewsPath: string,
  recipe: Recipe,
  progress: (done: number, of: number) => void = () => {},
): Promise<Refitted> {
  const refuse = (detail: string) => new ProblemError({ code: 'MW-1027', place: reviewsPath, values: { detail } })
  if (recipe.part !== undefined) throw refuse('the recipe is of a part without a screen: teach it anew on good parts')
  const isTold = (found: Finding) => {
    const rule = recipe.rules.find(r => r.class === found.class)
    return rule === undefined || (found.score >= rule.minScore && found.area >= rule.minAreaPx)
  }
  const samples: RegionSample[] = []
  let captures = 0
  const unusable: Problem[] = []
  let missed = 0
  for (const [i, review] of reviews.entries()) {
    try {
      const seen = await seeFirst(parts, placesOf(review.image, reviewsPath), review.image, recipe)
      const found = labelled(review, seen.findings, isTold, seen)
      samples.push(...found.samples)
      captures += 1
      missed += found.missed
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      unusable.push(error.problem)
    }
    progress(i + 1, reviews.length)
  }
  if (captures === 0) throw refuse(`none of ${reviews.length} captures could be used; first: ${unusable[0]?.code}`)
  const fitted = fitRegions(samples, recipe)
  const next: Recipe = { ...recipe, version: recipe.version + 1, regions: fitted.regions }
  return { ...fitted, recipe: next, captures, missed, unusable }
}

/** The first place that holds the image. */
async function seeFirst(parts: InspectParts, places: readonly string[], name: string, recipe: Recipe) {
  for (const place of places.slice(0, -1)) {
    try {
      return await seeImage(parts, place, name, recipe)
    } catch (error) {
      if (!(error instanceof ProblemError) || error.problem.code !== 'MW-1020') throw error
    }
  }
  return await seeImage(parts, places.at(-1)!, name, recipe)
}
