/** Ridge regression on standardised columns (Hoerl and Kennard 1970), solved by Cholesky. */

export interface RidgeFit {
  /** One weight a column, in the column's own unit. */
  readonly weights: readonly number[]
  readonly intercept: number
}

/**
 * @param x rows of equal length, no NaN
 * @param y one value a row
 * @param penalty added to the diagonal of the standardised normal matrix, > 0
 */
export function fitRidge(x: readonly (readonly number[])[], y: readonly number[], penalty: number): RidgeFit {
  const n = x.length
  const p = x[0]?.length ?? 0
  if (n === 0 || p === 0) return { weights: new Array(p).fill(0), intercept: mean(y) }
  const centre = new Array<number>(p).fill(0)
  const spread = new Array<number>(p).fill(0)
  for (const row of x) for (let j = 0; j < p; j += 1) centre[j]! += row[j]! / n
  for (const row of x) for (let j = 0; j < p; j += 1) spread[j]! += (row[j]! - centre[j]!) ** 2 / n
  for (let j = 0; j < p; j += 1) spread[j] = Math.sqrt(spread[j]!) + 1e-9
  const middle = mean(y)

  const normal = new Float64Array(p * p)
  const right = new Float64Array(p)
  const z = new Float64Array(p)
  for (let i = 0; i < n; i += 1) {
    const row = x[i]!
    for (let j = 0; j < p; j += 1) z[j] = (row[j]! - centre[j]!) / spread[j]!
    const target = y[i]! - middle
    for (let j = 0; j < p; j += 1) {
      const zj = z[j]!
      right[j]! += zj * target
      for (let k = 0; k <= j; k += 1) normal[j * p + k]! += zj * z[k]!
    }
  }
  for (let j = 0; j < p; j += 1) normal[j * p + j]! += penalty
  const solved = solveCholesky(normal, right, p)
  const weights = solved.map((w, j) => w / spread[j]!)
  const intercept = middle - weights.reduce((sum, w, j) => sum + w * centre[j]!, 0)
  return { weights, intercept }
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

/** Solves A x = b for a positive definite A given by its lower half; A is overwritten. */
function solveCholesky(a: Float64Array, b: Float64Array, p: number): number[] {
  for (let j = 0; j < p; j += 1) {
    for (let k = 0; k < j; k += 1) {
      const factor = a[j * p + k]!
      for (let i = j; i < p; i += 1) a[i * p + j]! -= a[i * p + k]! * factor
    }
    const pivot = Math.sqrt(Math.max(a[j * p + j]!, 1e-12))
    for (let i = j; i < p; i += 1) a[i * p + j]! /= pivot
  }
  const x = Array.from(b)
  for (let i = 0; i < p; i += 1) {
    for (let k = 0; k < i; k += 1) x[i]! -= a[i * p + k]! * x[k]!
    x[i]! /= a[i * p + i]!
  }
  for (let i = p - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < p; k += 1) x[i]! -= a[k * p + i]! * x[k]!
    x[i]! /= a[i * p + i]!
  }
  return x
}
