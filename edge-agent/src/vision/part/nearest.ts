import type { Face } from './face.ts'

/** Good parts that a part is held against: those that look most like it as a whole. */
const PARTS = 12
/** Cells around the same place that count as the same. */
const REACH = 2
/** Weight of a part's size among what it looks like. */
const SIZE = 4

/** What a face looks like as a whole: mean and deviation of each value, and its size. */
export function gistOf({ rows, columns, dims, cells }: Face): Float32Array {
  const gist = new Float32Array(2 * dims + 2)
  const count = rows * columns
  for (let i = 0; i < cells.length; i += 1) {
    gist[i % dims]! += cells[i]! / count
    gist[dims + (i % dims)]! += cells[i]! ** 2 / count
  }
  for (let d = 0; d < dims; d += 1) gist[dims + d] = Math.sqrt(Math.max(0, gist[dims + d]! - gist[d]! ** 2))
  gist[2 * dims] = SIZE * Math.log(rows)
  gist[2 * dims + 1] = SIZE * Math.log(columns)
  return gist
}

/** Numbers of the good parts most like a face; `except` is left out (a part is not held against itself). */
export function alike(gist: Float32Array, gists: readonly Float32Array[], except = -1): number[] {
  const far = gists.map((other, i) => {
    let sum = 0
    for (let d = 0; d < gist.length; d += 1) sum += (gist[d]! - other[d]!) ** 2
    return { i, sum }
  })
  return far
    .filter(({ i }) => i !== except)
    .sort((a, b) => a.sum - b.sum)
    .slice(0, PARTS)
    .map(({ i }) => i)
}

/** Distance of each cell to the nearest of about the same place on any of some good parts. */
export function distances(face: Face, good: readonly Face[]): Float32Array {
  const { rows, columns, dims, cells } = face
  const out = new Float32Array(rows * columns).fill(Number.POSITIVE_INFINITY)
  for (const other of good) {
    for (let y = 0; y < rows; y += 1) {
      const v = Math.round(((y + 0.5) / rows) * other.rows - 0.5)
      for (let x = 0; x < columns; x += 1) {
        const u = Math.round(((x + 0.5) / columns) * other.columns - 0.5)
        const at = (y * columns + x) * dims
        let best = out[y * columns + x]!
        for (let j = Math.max(0, v - REACH); j <= Math.min(other.rows - 1, v + REACH); j += 1) {
          for (let i = Math.max(0, u - REACH); i <= Math.min(other.columns - 1, u + REACH); i += 1) {
            const there = (j * other.columns + i) * dims
            let sum = 0
            for (let d = 0; d < dims && sum < best; d += 1) sum += (cells[at + d]! - other.cells[there + d]!) ** 2
            if (sum < best) best = sum
          }
        }
        out[y * columns + x] = best
      }
    }
  }
  return out.map(Math.sqrt)
}
