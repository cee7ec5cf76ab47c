import { createEncoder } from './cnf.ts'
import type { Bit, Gates } from './gates.ts'
import { createSolver } from './sat/solver.ts'

/** How often, in all, the solver may ask whether it should go on. */
const PATIENCE = 150

/** Whether a bit can be true for some values of the leaves; `true` also where that is not found out quickly. */
export function createPossible(gates: Gates): { possible: (bit: Bit) => boolean } {
  let spent = 0
  let tools: { solver: ReturnType<typeof createSolver>; encoder: ReturnType<typeof createEncoder> } | undefined
  return {
    possible(bit) {
      if (tools === undefined) {
        const solver = createSolver()
        tools = { solver, encoder: createEncoder(gates, solver) }
      }
      if (spent > PATIENCE) return true
      spent += 1
      let turns = 0
      const stop = () => {
        turns += 1
        spent += 1
        return turns > 10
      }
      return tools.solver.solve([tools.encoder.literal(bit)], stop) !== 'unsat'
    },
  }
}
