/** The little linear algebra that subspace identification needs; matrices are arrays of rows. */
export type Matrix = readonly (readonly number[])[]

export const multiply = (a: Matrix, b: Matrix): number[][] =>
  a.map(row => b[0]!.map((_, j) => row.reduce((sum, value, k) => sum + value * b[k]![j]!, 0)))
export const subtract = (a: Matrix, b: Matrix): number[][] => a.map((row, i) => row.map((v, j) => v - b[i]![j]!))

/** Eigenvalues and vectors (rows) of a symmetric matrix, largest first: cyclic Jacobi rotations. */
export function symmetricEigen(matrix: Matrix): { values: number[]; vectors: number[][] } {
  const n = matrix.length
  const a = matrix.map(row => [...row])
  const v: number[][] = a.map((_, i) => a.map((_, j) => (i === j ? 1 : 0)))
  for (let sweep = 0; sweep < 60; sweep += 1) {
    let off = 0
    for (let i = 0; i < n; i += 1) for (let j = 0; j < i; j += 1) off += a[i]![j]! ** 2
    if (off < 1e-22) break
    for (let p = 0; p < n; p += 1) {
      for (let q = p + 1; q < n; q += 1) {
        if (Math.abs(a[p]![q]!) < 1e-300) continue
        const theta = (a[q]![q]! - a[p]![p]!) / (2 * a[p]![q]!)
        const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
        const c = 1 / Math.sqrt(t * t + 1)
        const s = t * c
        for (let k = 0; k < n; k += 1) {
          const [x, y] = [a[k]![p]!, a[k]![q]!]
          a[k]![p] = c * x - s * y
          a[k]![q] = s * x + c * y
        }
        for (let k = 0; k < n; k += 1) {
          const [x, y] = [a[p]![k]!, a[q]![k]!]
          a[p]![k] = c * x - s * y
          a[q]![k] = s * x + c * y
          const [vx, vy] = [v[p]![k]!, v[q]![k]!]
          v[p]![k] = c * vx - s * vy
          v[q]![k] = s * vx + c * vy
        }
      }
    }
  }
  const order = a.map((_, i) => i).sort((i, j) => a[j]![j]! - a[i]![i]!)
  return { values: order.map(i => a[i]![i]!), vectors: order.map(i => v[i]!) }
}
