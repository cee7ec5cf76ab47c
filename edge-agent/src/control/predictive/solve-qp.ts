/** The only door to the QP solver: Goldfarb and Idnani's dual method (Math. Programming 27, 1983), dense and exact. */
import { createRequire } from 'node:module'

interface Solver {
  solveQP(
    d: number[][],
    linear: number[],
    constraints: number[][],
    bounds: number[],
    equalities: number,
  ): { solution: number[]; message: string }
}
const { solveQP } = createRequire(import.meta.url)('quadprog') as Solver

export interface QuadraticProgram {
  /** Positive definite. */
  readonly hessian: readonly (readonly number[])[]
  readonly gradient: readonly number[]
  /** Each row times the solution is at least its bound. */
  readonly rows: readonly (readonly number[])[]
  readonly bounds: readonly number[]
}

/** The minimiser of z'Hz/2 + g'z within the rows; undefined where there is none. */
export function solveQuadratic({ hessian, gradient, rows, bounds }: QuadraticProgram): number[] | undefined {
  const n = gradient.length
  // The solver counts from 1 and takes constraints as columns.
  const d = [[], ...hessian.map(row => [0, ...row])]
  const columns = [[], ...gradient.map((_, j) => [0, ...rows.map(row => row[j]!)])]
  const { solution, message } = solveQP(d, [0, ...gradient.map(value => -value)], columns, [0, ...bounds], 0)
  const found = solution?.slice(1)
  return message || found === undefined || found.length < n || !found.every(Number.isFinite) ? undefined : found
}
