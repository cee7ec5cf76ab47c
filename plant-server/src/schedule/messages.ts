import type { Cost, Plan, Problem } from '../domain/schedule/model.ts'

/** What a search worker is asked. `until` is in ms on the clock of `sharedNow`. */
export interface SearchRequest {
  readonly id: number
  readonly problem: Problem
  readonly seed: number
  readonly from: Plan | null
  /** A plan of this first cost is optimal, so the search ends. */
  readonly bound: number
  readonly until: number
  /** Ends the search too; makes the plan depend on the seed alone. */
  readonly maxMoves: number
}

/** Sent at each better plan (not more often than every 50 ms) and, with `done`, once at the end. */
export interface SearchReply {
  readonly id: number
  readonly plan: Plan
  readonly cost: Cost
  readonly done: boolean
}

/** ms on a clock that all threads of the process share and that no one sets back. */
export function sharedNow(): number {
  return performance.timeOrigin + performance.now()
}
