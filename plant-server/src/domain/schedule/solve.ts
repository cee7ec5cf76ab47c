import { isClassicShop, type Plan, type Problem } from './model.ts'
import { createPlantSearch } from './plant/search.ts'
import type { Search } from './search.ts'
import { createShopSearch } from './shop/search.ts'

/** The search that fits the problem. `from`: a plan to start at and stay near, as when a plan in force must change. */
export function createSearch(problem: Problem, seed: number, from: Plan | null): Search {
  return isClassicShop(problem) ? createShopSearch(problem, seed) : createPlantSearch(problem, seed, from)
}
