/** `mw-edge refit REVIEWS.jsonl [--recipe FILE] --recipe-out FILE`: a recipe that has learnt from reviews; one JSON line. */
import { type CommandIo, describe, type Problem, ProblemError, parseArguments, UsageError } from '@millwright/contract'
import { openParts } from '../inference/open-parts.ts'
import { defaultRecipe } from '../vision/default-recipe.ts'
import { readRecipe } from '../vision/read-recipe.ts'
import { refit } from '../vision/refit/refit.ts'
import { readReviews } from '../vision/refit/reviews.ts'
import { save } from './save.ts'

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { positionals, options } = parseArguments(argv, { options: ['recipe', 'recipe-out'], flags: [] })
  const [reviewsPath] = positionals
  const out = options['recipe-out']
  if (reviewsPath === undefined || positionals.length > 1) throw new UsageError('name one file of reviews')
  if (out === undefined) throw new UsageError('--recipe-out FILE names where the recipe goes')
  try {
    const recipe = options.recipe === undefined ? defaultRecipe : await readRecipe(options.recipe)
    const reviews = await readReviews(reviewsPath)
    const start = performance.now()
    const fitted = await refit(await openParts(recipe.model), reviews, reviewsPath, recipe, (done, of) => {
      if (done % 20 === 0 || done === of) io.err(`mw-edge refit: ${done} of ${of}\n`)
    })
    for (const problem of fitted.unusable) io.err(`mw-edge refit: left out: ${line(problem)}\n`)
    const seconds = Math.round((performance.now() - start) / 10) / 100
    const { captures, missed, before, after, worse, regions } = fitted
    const offered = worse.length === 0
    if (offered) await save(out, JSON.stringify(fitted.recipe))
    const counts = { samples: regions.samples.length, challenge: regions.challenge.length }
    io.out(`${JSON.stringify({ captures, ...counts, missed, seconds, before, after, offered })}\n`)
    if (offered) return 0
    throw new ProblemError({
      code: 'MW-1029',
      place: options.recipe ?? 'default',
      values: { detail: worse.join(', ') },
    })
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    io.err(`mw-edge refit: ${line(error.problem)}\n`)
    return error.problem.code === 'MW-0102' ? 2 : 1
  }
}

const line = (problem: Problem) => `${problem.code} ${problem.place ?? ''} ${describe(problem).en}`
