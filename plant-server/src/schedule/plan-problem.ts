import { objectiveBound } from '../domain/schedule/bound.ts'
import { costOf, isClassicShop, type Plan, type Problem } from '../domain/schedule/model.ts'
import { type Violation, verify } from '../domain/schedule/verify.ts'
import type { SearchPool } from './search-pool.ts'

export interface SolveOptions {
  readonly seconds: number
  readonly seed: number
  /** A plan to start at and stay near; null: from nothing. */
  readonly from?: Plan | null
  /** Ends the search after so many moves a worker: the plan then depends on problem, seed and workers alone. */
  readonly maxMoves?: number
  onProgress?(objective: number): void
}

export interface Solved {
  readonly plan: Plan
  /** Makespan of a classic shop, weighted tardiness of a plant. */
  readonly objective: number
  readonly makespan: number
  /** No plan has a smaller objective. */
  readonly bound: number
  /** (objective - bound) / objective, 0 where both are 0. */
  readonly gap: number
  readonly proved: boolean
  readonly violations: readonly Violation[]
  /** Time spent searching. */
  readonly seconds: number
}

/** Searches, then hands the plan to the verifier: no plan leaves without its verdict. */
export async function solveProblem(
  pool: SearchPool,
  problem: Problem,
  options: SolveOptions,
  now: () => number,
): Promise<Solved> {
  const started = now()
  const classic = isClassicShop(problem)
  const bound = objectiveBound(problem)
  const plan = await pool.search(problem, {
    milliseconds: Math.max(0, options.seconds * 1000 - (now() - started)),
    seed: options.seed,
    from: options.from ?? null,
    // A plant's makespan counts too, and has no bound: only a classic shop may stop at once.
    bound: classic ? bound : -1,
    maxMoves: options.maxMoves ?? Number.MAX_SAFE_INTEGER,
    onProgress: cost => options.onProgress?.(classic ? cost.makespan : cost.weightedTardiness),
  })
  const cost = costOf(problem, plan)
  const objective = classic ? cost.makespan : cost.weightedTardiness
  return {
    plan,
    objective,
    makespan: cost.makespan,
    bound,
    gap: objective === 0 ? 0 : (objective - bound) / objective,
    proved: objective === bound,
    violations: verify(problem, plan),
    seconds: (now() - started) / 1000,
  }
}
