import type { Cost, Plan } from './model.ts'

/**
 * A search that can be stopped after any step. It knows no clock: whoever holds one decides how many steps it gets, so
 * the same problem, seed and number of steps give the same plan.
 */
export interface Search {
  /** Tries so many moves; true where a better plan was found. */
  step(moves: number): boolean
  cost(): Cost
  plan(): Plan
}
