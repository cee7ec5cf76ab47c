import type { Face } from './face.ts'

/** Centres and whitens features onto their strongest directions. */
export interface Projection {
  readonly dims: number
  readonly mean: Float32Array
  /** channels x dims. */
  readonly weights: Float32Array
}

/** Directions below this variance (of standardised channels) are noise: not blown up. */
const FLOOR = 1e-3

/** Principal directions of the faces' cells, each scaled to deviation 1. */
export function fitProjection(faces: readonly Face[], most: number): Projection {
  const n = faces[0]!.dims
  const dims = Math.min(most, n)
  const mean = new Float64Array(n)
  const square = new Float64Array(n)
  let count = 0
  const each = (visit: (cells: Float32Array, at: number) => void) => {
    for (const { cells } of faces) for (let at = 0; at < cells.length; at += n * STEP) visit(cells, at)
  }
  each((cells, at) => {
    count += 1
    for (let c = 0; c < n; c += 1) {
      mean[c]! += cells[at + c]!
      square[c]! += cells[at + c]! ** 2
    }
  })
  const scale = Float64Array.from(mean, (sum, c) => {
    mean[c] = sum / count
    return 1 / (Math.sqrt(Math.max(0, square[c]! / count - mean[c]! ** 2)) + 1e-6)
  })
  const covariance = new Float64Array(n * n)
  const row = new Float64Array(n)
  each((cells, at) => {
    for (let c = 0; c < n; c += 1) row[c] = (cells[at + c]! - mean[c]!) * scale[c]!
    for (let a = 0; a < n; a += 1) for (let b = a; b < n; b += 1) covariance[a * n + b]! += (row[a]! * row[b]!) / count
  })
  const { values, vectors } = eigen(covariance, n)
  const order = [...values.keys()].sort((a, b) => values[b]! - values[a]!).slice(0, dims)
  const weights = new Float32Array(n * dims)
  order.forEach((k, d) => {
    const gain = 1 / Math.sqrt(Math.max(0, values[k]!) + FLOOR)
    for (let c = 0; c < n; c += 1) weights[c * dims + d] = vectors[c * n + k]! * scale[c]! * gain
  })
  return { dims, mean: Float32Array.from(mean), weights }
}

/** Every third cell says enough of the whole. */
const STEP = 3

export function project({ rows, columns, dims: n, cells }: Face, { dims, mean, weights }: Projection): Face {
  const out = new Float32Array(rows * columns * dims)
  for (let cell = 0; cell < rows * columns; cell += 1) {
    const to = cell * dims
    for (let c = 0; c < n; c += 1) {
      const v = cells[cell * n + c]! - mean[c]!
      const line = c * dims
      for (let d = 0; d < dims; d += 1) out[to + d]! += v * weights[line + d]!
    }
  }
  return { rows, columns, dims, cells: out }
}

/** Eigenvalues and vectors (columns) of a symmetric matrix given by its upper triangle: Jacobi's rotations. */
export function eigen(upper: Float64Array, n: number): { values: Float64Array; vectors: Float64Array } {
  const a = Float64Array.from({ length: n * n }, (_, i) => {
    const [r, c] = [Math.floor(i / n), i % n]
    return upper[Math.min(r, c) * n + Math.max(r, c)]!
  })
  const v = new Float64Array(n * n)
  for (let i = 0; i < n; i += 1) v[i * n + i] = 1
  for (let sweep = 0; sweep < 12; sweep += 1) {
    let off = 0
    for (let p = 0; p < n; p += 1) for (let q = p + 1; q < n; q += 1) off += a[p * n + q]! ** 2
    if (off < 1e-12) break
    for (let p = 0; p < n; p += 1) {
      for (let q = p + 1; q < n; q += 1) {
        const apq = a[p * n + q]!
        if (Math.abs(apq) < 1e-14) continue
        const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * apq)
        const t = Math.sign(theta || 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
        const c = 1 / Math.sqrt(t * t + 1)
        const s = t * c
        for (let k = 0; k < n; k += 1) {
          const x = a[k * n + p]!
          const y = a[k * n + q]!
          a[k * n + p] = c * x - s * y
          a[k * n + q] = s * x + c * y
        }
        for (let k = 0; k < n; k += 1) {
          const x = a[p * n + k]!
          const y = a[q * n + k]!
          a[p * n + k] = c * x - s * y
          a[q * n + k] = s * x + c * y
          const w = v[k * n + p]!
          const z = v[k * n + q]!
          v[k * n + p] = c * w - s * z
          v[k * n + q] = s * w + c * z
        }
      }
    }
  }
  return { values: Float64Array.from({ length: n }, (_, i) => a[i * n + i]!), vectors: v }
}
