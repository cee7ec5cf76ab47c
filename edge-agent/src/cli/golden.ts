/**
 * `mw-edge golden PATH... --recipe FILE [--recipe-out FILE]`: with --recipe-out learns how the golden sample looks (a capture a pattern),
 * else holds the captures against what the recipe learnt. A JSON line a capture; exit 0: all pass.
 */
import {
  type CommandIo,
  describe,
  type GoldenMark,
  ProblemError,
  parseArguments,
  UsageError,
} from '@millwright/contract'
import { listCaptures } from '../vision/captures.ts'
import { offFrom } from '../vision/golden/golden.ts'
import { seeGolden } from '../vision/inspect.ts'
import { readRecipe } from '../vision/read-recipe.ts'
import { save } from './save.ts'

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { positionals, options } = parseArguments(argv, { options: ['recipe', 'recipe-out'], flags: [] })
  if (positionals.length === 0) throw new UsageError('name captures of the golden sample')
  if (options.recipe === undefined) throw new UsageError('--recipe FILE names the recipe')
  const out = options['recipe-out']
  try {
    const recipe = await readRecipe(options.recipe)
    const seen = new Map<string, GoldenMark>()
    let passed = true
    for (const { path, problem } of await listCaptures(positionals)) {
      if (problem !== undefined) throw new ProblemError(problem)
      const mark = await seeGolden(path, path, recipe)
      seen.set(mark.pattern, mark)
      if (out !== undefined) {
        io.out(`${JSON.stringify({ image: path, ...mark })}\n`)
        continue
      }
      const learnt = recipe.golden?.find(m => m.pattern === mark.pattern)
      if (learnt === undefined) {
        const detail = `no golden sample was learnt for the pattern ${mark.pattern}`
        throw new ProblemError({ code: 'MW-1027', place: options.recipe, values: { detail } })
      }
      const off = offFrom(mark, learnt)
      passed &&= off.length === 0
      io.out(`${JSON.stringify({ image: path, pattern: mark.pattern, passed: off.length === 0, reasons: off })}\n`)
    }
    if (out === undefined) return passed ? 0 : 1
    await save(out, JSON.stringify({ ...recipe, version: recipe.version + 1, golden: [...seen.values()] }))
    return 0
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    io.err(`mw-edge golden: ${error.problem.code} ${describe(error.problem).en}\n`)
    return error.problem.code === 'MW-0102' ? 2 : 1
  }
}
