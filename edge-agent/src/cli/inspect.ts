/** `mw-edge inspect PATH... [--recipe FILE] [--panels] [--out FILE]`: a JSON line per capture, in order of the arguments. */
import { createWriteStream } from 'node:fs'
import { availableParallelism } from 'node:os'
import {
  type CommandIo,
  describe,
  type InspectionLine,
  type Problem,
  ProblemError,
  parseArguments,
  type Recipe,
  UsageError,
} from '@millwright/contract'
import { listCaptures } from '../vision/captures.ts'
import { defaultRecipe } from '../vision/default-recipe.ts'
import { createInspector, type Inspector, refusedLine } from '../vision/inspector.ts'
import { panelLines } from '../vision/panels.ts'
import { readRecipe } from '../vision/read-recipe.ts'

const MOST_WORKERS = 2
/** A second thread costs a second and 200 MB: it pays from this many captures. */
const FEW = 32

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const { positionals, options, flags } = parseArguments(argv, { options: ['recipe', 'out'], flags: ['panels'] })
  if (positionals.length === 0) throw new UsageError('name at least one image or folder')
  let recipe = defaultRecipe
  try {
    if (options.recipe !== undefined) recipe = await readRecipe(options.recipe)
  } catch (error) {
    if (error instanceof ProblemError) return refuse(io, error.problem, 2)
    throw error
  }
  const captures = await listCaptures(positionals)
  const inspectable = captures.filter(c => c.problem === undefined).length
  const inspector = createInspector({
    recipe,
    workers: Math.max(1, Math.min(MOST_WORKERS, availableParallelism(), Math.ceil(inspectable / FEW))),
  })
  try {
    const output = options.out === undefined ? { write: io.out, end: async () => {} } : openFile(options.out)
    const lines: InspectionLine[] = []
    for await (const line of inOrder(captures, capture => inspectOne(inspector, capture, recipe))) {
      output.write(`${JSON.stringify(line)}\n`)
      lines.push(line)
    }
    if (flags.has('panels')) for (const line of panelLines(lines)) output.write(`${JSON.stringify(line)}\n`)
    await output.end()
    return lines.some(line => 'error' in line) ? 1 : 0
  } catch (error) {
    if (error instanceof ProblemError) return refuse(io, error.problem, error.problem.code === 'MW-0102' ? 2 : 3)
    throw error
  } finally {
    await inspector.close()
  }
}

type Capture = Awaited<ReturnType<typeof listCaptures>>[number]

function inspectOne(inspector: Inspector, capture: Capture, recipe: Recipe): Promise<InspectionLine> {
  if (capture.problem === undefined) return inspector.inspect(capture.path, capture.path)
  return Promise.resolve(refusedLine(capture.path, new ProblemError(capture.problem), recipe))
}

/** Starts a few ahead, gives the answers in order. */
async function* inOrder(
  captures: readonly Capture[],
  work: (capture: Capture) => Promise<InspectionLine>,
): AsyncGenerator<InspectionLine> {
  const ahead: Promise<InspectionLine>[] = []
  let next = 0
  while (next < captures.length || ahead.length > 0) {
    while (next < captures.length && ahead.length < 2 * MOST_WORKERS) {
      const started = work(captures[next++]!)
      // It is awaited in its turn; until then a rejection is not unhandled.
      started.catch(() => undefined)
      ahead.push(started)
    }
    yield await ahead.shift()!
  }
}

function openFile(path: string) {
  const stream = createWriteStream(path)
  const failed = new Promise<never>((_, reject) =>
    stream.on('error', error =>
      reject(new ProblemError({ code: 'MW-0102', place: path, values: { detail: error.message } })),
    ),
  )
  failed.catch(() => undefined)
  return {
    write: (text: string) => void stream.write(text),
    end: () => Promise.race([failed, new Promise<void>(resolve => stream.end(resolve))]),
  }
}

function refuse(io: CommandIo, problem: Problem, status: number): number {
  io.err(`mw-edge inspect: ${problem.code} ${describe(problem).en}\n`)
  return status
}
