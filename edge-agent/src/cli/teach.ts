/** `mw-edge teach DIR --recipe-out FILE [--recipe FILE] [--id ID] [--overkill SHARE]`: fits a recipe to good parts; one JSON line. */
import { basename, extname } from 'node:path'
import { type CommandIo, describe, type Problem, ProblemError, parseArguments, UsageError } from '@millwright/contract'
import { openParts } from '../inference/open-parts.ts'
import { listCaptures } from '../vision/captures.ts'
import { defaultRecipe } from '../vision/default-recipe.ts'
import { readRecipe } from '../vision/read-recipe.ts'
import { teach } from '../vision/teach/teach.ts'
import { save } from './save.ts'

const WISH = 0.01

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { positionals, options } = parseArguments(argv, {
    options: ['recipe-out', 'recipe', 'id', 'overkill'],
    flags: [],
  })
  const [folder] = positionals
  const out = options['recipe-out']
  if (folder === undefined || positionals.length > 1) throw new UsageError('name one folder of good parts')
  if (out === undefined) throw new UsageError('--recipe-out FILE names where the recipe goes')
  const wish = options.overkill === undefined ? WISH : Number(options.overkill)
  if (!(wish > 0 && wish < 0.5)) throw new UsageError('--overkill is a share between 0 and 0.5, e.g. 0.01')
  try {
    const base = options.recipe === undefined ? defaultRecipe : await readRecipe(options.recipe)
    const start = performance.now()
    const taught = await teach(await openParts(base.model), await listCaptures([folder]), base, {
      wish,
      id: options.id ?? idOf(out),
      progress: (done, of) => {
        if (done % 20 === 0 || done === of) io.err(`mw-edge teach: ${done} of ${of}\n`)
      },
    })
    for (const problem of taught.unusable) io.err(`mw-edge teach: left out: ${line(problem)}\n`)
    await save(out, JSON.stringify(taught.recipe))
    const { parts, captures, promise } = taught
    const seconds = Math.round((performance.now() - start) / 10) / 100
    io.out(`${JSON.stringify({ parts, captures, seconds, promise })}\n`)
    if (parts < promise.parts_needed) {
      io.err(
        `mw-edge teach: ${parts} good parts prove an overkill of at most ${(100 * promise.overkill_upper).toFixed(1)} %; ` +
          `teach on ${promise.parts_needed} to promise ${100 * wish} %\n`,
      )
    }
    return 0
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    io.err(`mw-edge teach: ${line(error.problem)}\n`)
    return error.problem.code === 'MW-0102' ? 2 : 1
  }
}

function idOf(path: string): string {
  const id = basename(path, extname(path)).replaceAll(/[^A-Za-z0-9._-]/g, '-')
  return id === '' ? 'taught' : id.slice(0, 80)
}

const line = (problem: Problem) => `${problem.code} ${describe(problem).en}`
