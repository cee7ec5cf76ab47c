import { describe, expect, it } from 'vitest'
import { solveQuadratic } from './solve-qp.ts'

describe('quadratic programs', () => {
  it('finds the free minimum where nothing binds', () => {
    const found = solveQuadratic({
      hessian: [
        [2, 0],
        [0, 4],
      ],
      gradient: [-2, -8],
      rows: [[1, 0]],
      bounds: [-100],
    })
    expect(found?.[0]).toBeCloseTo(1, 9)
    expect(found?.[1]).toBeCloseTo(2, 9)
  })
  it('stays on the bound that binds, and satisfies Karush-Kuhn-Tucker there', () => {
    // (x - 3)^2 + (y - 2)^2 with x + y at most 2: the foot of the perpendicular.
    const found = solveQuadratic({
      hessian: [
        [2, 0],
        [0, 2],
      ],
      gradient: [-6, -4],
      rows: [[-1, -1]],
      bounds: [-2],
    })
    expect(found?.[0]).toBeCloseTo(1.5, 9)
    expect(found?.[1]).toBeCloseTo(0.5, 9)
  })
  it('says that there is none where the rows contradict each other', () => {
    expect(solveQuadratic({ hessian: [[2]], gradient: [0], rows: [[1], [-1]], bounds: [1, 1] })).toBeUndefined()
  })
})
