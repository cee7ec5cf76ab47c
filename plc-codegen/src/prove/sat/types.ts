/** A variable v as 2v, its negation as 2v + 1. */
export type Lit = number
export type Outcome = 'sat' | 'unsat' | 'unknown'

/** Incremental: clauses may be added between calls, and assumptions hold for one call. */
export interface Solver {
  newVar(): number
  addClause(literals: readonly Lit[]): void
  /** `stop` is asked now and then; where it says true the answer is unknown. */
  solve(assumptions: readonly Lit[], stop: () => boolean): Outcome
  /** In the last model. */
  value(literal: Lit): boolean
  /** Assumptions that the last refutation needed. */
  failed(): Lit[]
  readonly variables: () => number
}
