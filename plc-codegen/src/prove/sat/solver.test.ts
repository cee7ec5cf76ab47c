import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createSolver } from './solver.ts'

const never = () => false

function bruteForce(variables: number, clauses: readonly (readonly number[])[], fixed: readonly number[]): boolean {
  for (let bits = 0; bits < 2 ** variables; bits += 1) {
    const holds = (literal: number) => ((bits >> (literal >> 1)) & 1) !== (literal & 1)
    if (fixed.every(holds) && clauses.every(clause => clause.some(holds))) return true
  }
  return false
}

const variables = 9
const literal = fc.integer({ min: 0, max: 2 * variables - 1 })
const formula = fc.array(fc.array(literal, { minLength: 1, maxLength: 4 }), { maxLength: 60 })

describe('solver', () => {
  test('agrees with trying everything, also under assumptions and after more clauses', () => {
    fc.assert(
      fc.property(formula, formula, fc.array(literal, { maxLength: 3 }), (first, second, assumptions) => {
        const solver = createSolver()
        for (let i = 0; i < variables; i += 1) solver.newVar()
        for (const clauses of [first, second]) {
          for (const clause of clauses) solver.addClause(clause)
          const all = clauses === first ? first : [...first, ...second]
          const found = solver.solve(assumptions, never)
          expect(found).toBe(bruteForce(variables, all, assumptions) ? 'sat' : 'unsat')
          if (found === 'sat') {
            for (const clause of all) expect(clause.some(each => solver.value(each))).toBe(true)
          } else {
            const core = solver.failed()
            expect(core.every(each => assumptions.includes(each))).toBe(true)
            expect(bruteForce(variables, all, core)).toBe(false)
          }
        }
      }),
      { numRuns: 400 },
    )
  })

  test('refutes the pigeonhole principle', () => {
    const holes = 6
    const solver = createSolver()
    const at = Array.from({ length: holes + 1 }, () => Array.from({ length: holes }, () => 2 * solver.newVar()))
    for (const pigeon of at) solver.addClause(pigeon)
    for (let hole = 0; hole < holes; hole += 1)
      for (let a = 0; a <= holes; a += 1)
        for (let b = a + 1; b <= holes; b += 1) solver.addClause([at[a]![hole]! ^ 1, at[b]![hole]! ^ 1])
    expect(solver.solve([], never)).toBe('unsat')
  })

  test('stops when told to', () => {
    const holes = 10
    const solver = createSolver()
    const at = Array.from({ length: holes + 1 }, () => Array.from({ length: holes }, () => 2 * solver.newVar()))
    for (const pigeon of at) solver.addClause(pigeon)
    for (let hole = 0; hole < holes; hole += 1)
      for (let a = 0; a <= holes; a += 1)
        for (let b = a + 1; b <= holes; b += 1) solver.addClause([at[a]![hole]! ^ 1, at[b]![hole]! ^ 1])
    let asked = 0
    const stop = () => {
      asked += 1
      return asked > 3
    }
    expect(solver.solve([], stop)).toBe('unknown')
  })
})
