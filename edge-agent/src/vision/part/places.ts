import type { Face } from './face.ts'

/** Rows and columns from each border that are places of their own: edges differ from part to part more than the middle. */
const DEEP = 3
const SIDE = 2 * DEEP + 1
export const PLACES = SIDE * SIDE

/** The place of each cell of a face: how deep it lies from each border. */
export function placesOf({ rows, columns }: Pick<Face, 'rows' | 'columns'>): Uint8Array {
  const place = (i: number, count: number) => (i < DEEP ? i : count - 1 - i < DEEP ? SIDE - 1 - (count - 1 - i) : DEEP)
  const out = new Uint8Array(rows * columns)
  for (let y = 0; y < rows; y += 1)
    for (let x = 0; x < columns; x += 1) out[y * columns + x] = place(y, rows) * SIDE + place(x, columns)
  return out
}

/** Cells a place needs before its own figures hold; with fewer, those of the middle do. */
const ENOUGH = 20

/** Mean and deviation of good parts' distances, place by place. */
export function learnPlaces(maps: readonly { places: Uint8Array; far: Float32Array }[]) {
  const count = new Float64Array(PLACES)
  const sum = new Float64Array(PLACES)
  const squares = new Float64Array(PLACES)
  for (const { places, far } of maps) {
    far.forEach((v, i) => {
      count[places[i]!]! += 1
      sum[places[i]!]! += v
      squares[places[i]!]! += v * v
    })
  }
  const all = [0, 1, 2].map(k => [count, sum, squares][k]!.reduce((a, b) => a + b, 0))
  const figures = (n: number, s: number, q: number) => [s / n, Math.sqrt(Math.max(1e-3, q / n - (s / n) ** 2))] as const
  const whole = figures(all[0]!, all[1]!, all[2]!)
  const each = Array.from(count, (n, k) => (n < ENOUGH ? whole : figures(n, sum[k]!, squares[k]!)))
  return { means: each.map(f => f[0]), deviations: each.map(f => f[1]) }
}

/** Deviations by which each cell is further from good than its place usually is. */
export function standardise(
  far: Float32Array,
  places: Uint8Array,
  means: readonly number[],
  deviations: readonly number[],
): Float32Array {
  return far.map((v, i) => (v - means[places[i]!]!) / deviations[places[i]!]!)
}

/** Cells whose mean says how bad the worst of a part is. */
const WORST = 8
/** Weight of the whole face beside its worst cells. */
const WHOLE = 2

/** One figure for a part: its worst cells, and its whole face (a defect may be everywhere). */
export function strayOf(z: Float32Array): number {
  const sorted = Float32Array.from(z).sort()
  const worst = sorted.subarray(Math.max(0, sorted.length - WORST))
  return meanOf(worst) + WHOLE * meanOf(z)
}

const meanOf = (values: Float32Array) => values.reduce((sum, v) => sum + v, 0) / Math.max(1, values.length)
