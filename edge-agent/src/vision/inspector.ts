import { describe, type InspectionLine, ProblemError, type Recipe } from '@millwright/contract'
import { createPool, type Pool } from '../inference/pool.ts'
import { defaultRecipe } from './default-recipe.ts'
import { createGate } from './golden/gate.ts'
import { readName } from './naming.ts'

export interface InspectorOptions {
  /** Threads; each holds about 150 MB. Default 1. */
  readonly workers?: number
  readonly recipe?: Recipe
  /** A capture that takes longer is refused with MW-1026; default 30 s. */
  readonly timeoutMs?: number
  /** Folder of the models; default: the suite's own. */
  readonly home?: string
  /** A station's: where the recipe holds a golden sample, nothing is inspected before it has passed. */
  readonly station?: boolean
  /** Replaces the threads in tests. */
  readonly pool?: Pool
}

export interface Inspector {
  /**
   * The line of `mw-edge inspect` for one capture: a path, or the file's bytes; `name` is what the line carries and what
   * panel and pattern are read from. Never rejects for a capture: one that cannot be judged gives a line with `error`.
   * Rejects with ProblemError MW-1028 or MW-1026 only where the model or runtime itself is broken.
   */
  inspect(source: string | Uint8Array, name: string): Promise<InspectionLine>
  /** The model's id once a thread is ready; rejects with ProblemError where none can start. */
  ready(): Promise<string>
  readonly recipe: Recipe
  close(): Promise<void>
}

/** Inspects captures in worker threads; the calling thread only waits. */
export function createInspector(options: InspectorOptions = {}): Inspector {
  const recipe = options.recipe ?? defaultRecipe
  const pool =
    options.pool ??
    createPool({
      workers: options.workers ?? 1,
      model: recipe.model,
      home: options.home,
      ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
    })
  const gate = options.station === true ? createGate(recipe) : undefined
  return {
    recipe,
    async inspect(source, name) {
      await pool.ready()
      try {
        const refusal = gate?.refusal(name)
        if (refusal !== undefined) throw refusal
        const line = await pool.run({ source, name, recipe })
        gate?.note(name, line)
        return line
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error
        const line = refusedLine(name, error, recipe)
        gate?.note(name, line)
        return line
      }
    },
    ready: () => pool.ready(),
    close: () => pool.close(),
  }
}

/** The line of a capture that cannot be judged. */
export function refusedLine(name: string, error: ProblemError, recipe: Recipe): InspectionLine {
  return {
    image: name,
    ...readName(name, recipe.naming?.pattern),
    verdict: 'review',
    error: { code: error.problem.code, message: describe(error.problem).en },
    defects: [],
    score: null,
  }
}
