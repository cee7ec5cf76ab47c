/** Ridge regression on standardised columns (Hoerl and Kennard 1970), one Gram matrix for many penalties. */

export interface RidgeFit {
  /** One weight a column, in the column's own unit. */
  readonly weights: readonly number[]
  readonly intercept: number
}

/** What ridge needs of a table of regressors: second moments of the standardised columns. */
export interface Gram {
  readonly rows: number
  readonly columns: number
  readonly centre: Float64Array
  readonly spread: Float64Array
  readonly meanTarget: number
  /** Lower half, row by row. */
  readonly normal: Float64Array
  readonly right: Float64Array
}

/**
 * @param x row after row, `y.length` times `columns` values, no NaN
 * @param y one value a row
 */
export function gramOf(x: Float64Array, y: Float64Array, columns: number): Gram {
  const rows = y.length
  const centre = new Float64Array(columns)
  const spread = new Float64Array(columns)
  let meanTarget = 0
  for (let i = 0; i < rows; i += 1) {
    meanTarget += y[i]! / rows
    for (let j = 0; j < columns; j += 1) centre[j]! += x[i * columns + j]! / rows
  }
  for (let i = 0; i < rows; i += 1)
    for (let j = 0; j < columns; j += 1) spread[j]! += (x[i * columns + j]! - centre[j]!) ** 2 / rows
  for (let j = 0; j < columns; j += 1) spread[j] = Math.sqrt(spread[j]!) + 1e-9
  const normal = new Float64Array(columns * columns)
  const right = new Float64Array(columns)
  const z = new Float64Array(columns)
  for (let i = 0; i < rows; i += 1) {
    const target = y[i]! - meanTarget
    for (let j = 0; j < columns; j += 1) z[j] = (x[i * columns + j]! - centre[j]!) / spread[j]!
    for (let j = 0; j < columns; j += 1) {
      const zj = z[j]!
      right[j]! += zj * target
      const line = j * columns
      for (let k = 0; k <= j; k += 1) normal[line + k]! += zj * z[k]!
    }
  }
  return { rows, columns, centre, spread, meanTarget, normal, right }
}

/** @param penalty added to the diagonal of the standardised normal matrix, > 0; one for all or one a column */
export function solveRidge(gram: Gram, penalty: number | readonly number[]): RidgeFit {
  const { columns: p, centre, spread, meanTarget } = gram
  if (p === 0 || gram.rows === 0) return { weights: new Array(p).fill(0), intercept: meanTarget }
  const normal = gram.normal.slice()
  for (let j = 0; j < p; j += 1) normal[j * p + j]! += typeof penalty === 'number' ? penalty : penalty[j]!
  const solved = solveCholesky(normal, gram.right, p)
  const weights = solved.map((w, j) => w / spread[j]!)
  return { weights, intercept: meanTarget - weights.reduce((sum, w, j) => sum + w * centre[j]!, 0) }
}

/** One fit from rows of equal length. */
export function fitRidge(
  x: readonly (readonly number[])[],
  y: readonly number[],
  penalty: number | readonly number[],
): RidgeFit {
  return solveRidge(gramOf(Float64Array.from(x.flat()), Float64Array.from(y), x[0]?.length ?? 0), penalty)
}

/** Solves A x = b for a positive definite A given by its lower half; A is overwritten. */
export function solveCholesky(a: Float64Array, b: Float64Array, p: number): number[] {
  for (let j = 0; j < p; j += 1) {
    for (let k = 0; k < j; k += 1) {
      const factor = a[j * p + k]!
      if (factor !== 0) for (let i = j; i < p; i += 1) a[i * p + j]! -= a[i * p + k]! * factor
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
