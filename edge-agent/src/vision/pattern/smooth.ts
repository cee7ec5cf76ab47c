import { scratchBytes, scratchFloats } from '../scratch.ts'

/** Radii of which the weights of the last map are at hand, with its width and height. */
const kept = new Map<string, string>()

/**
 * Gaussian-like smoothing (three box passes) of a map that may hold NaN: the mean over what is there, with the mean in the holes
 * too where `fill` says so.
 */
export function smoothMap(
  values: Float32Array,
  width: number,
  height: number,
  sigma: number,
  fill = false,
): Float32Array {
  const radius = Math.max(1, Math.round(sigma))
  const sum = scratchFloats('smooth.sum', values.length)
  // Maps of one capture mostly have the same holes: what they weigh is kept for the next map.
  const name = `${radius}${fill ? ' filled' : ''}`
  const size = `${width} x ${height}`
  const known = scratchBytes(`smooth.known ${name}`, values.length)
  let there = 0
  let same = kept.get(name) === size
  for (let i = 0; i < values.length; i += 1) {
    const v = values[i]!
    const here = Number.isNaN(v) ? 0 : 1
    sum[i] = here === 1 ? v : 0
    there += here
    if (known[i] !== here) {
      known[i] = here
      same = false
    }
  }
  boxes(sum, width, height, radius)
  if (there === values.length) return sum.slice()
  const weight = scratchFloats(`smooth.weight ${name}`, values.length)
  if (!same) {
    for (let i = 0; i < weight.length; i += 1) weight[i] = known[i]!
    boxes(weight, width, height, radius)
    kept.set(name, size)
  }
  const out = new Float32Array(values.length)
  for (let i = 0; i < out.length; i += 1) {
    const v = values[i]!
    out[i] = (!fill && Number.isNaN(v)) || weight[i]! < 0.05 ? Number.NaN : sum[i]! / weight[i]!
  }
  return out
}

/** Three passes of means over 2 radius + 1 values each way, in place; at the borders over those that are there. */
function boxes(map: Float32Array, width: number, height: number, radius: number): void {
  const middle = scratchFloats('smooth.middle', map.length)
  for (let pass = 0; pass < 3; pass += 1) {
    alongRows(map, middle, width, height, radius)
    alongColumns(middle, map, width, height, radius)
  }
}

function alongRows(from: Float32Array, to: Float32Array, width: number, height: number, radius: number): void {
  // Columns from which nothing enters any more, and from which something leaves.
  const full = Math.max(0, width - radius)
  const leaving = radius + 1
  for (let row = 0; row < height * width; row += width) {
    let sum = 0
    let count = 0
    for (let x = 0; x < Math.min(radius, width); x += 1) {
      sum += from[row + x]!
      count += 1
    }
    let x = 0
    for (; x < Math.min(leaving, full); x += 1) {
      sum += from[row + x + radius]!
      count += 1
      to[row + x] = sum / count
    }
    for (; x < full; x += 1) {
      sum += from[row + x + radius]!
      sum -= from[row + x - leaving]!
      to[row + x] = sum / count
    }
    for (; x < width; x += 1) {
      if (x >= leaving) {
        sum -= from[row + x - leaving]!
        count -= 1
      }
      to[row + x] = sum / count
    }
  }
}

function alongColumns(from: Float32Array, to: Float32Array, width: number, height: number, radius: number): void {
  const sums = new Float64Array(width)
  let count = 0
  for (let j = -radius; j < height; j += 1) {
    const enters = (j + radius) * width
    const leaves = (j - radius - 1) * width
    if (j + radius < height) {
      for (let x = 0; x < width; x += 1) sums[x]! += from[enters + x]!
      count += 1
    }
    if (j > radius) {
      for (let x = 0; x < width; x += 1) sums[x]! -= from[leaves + x]!
      count -= 1
    }
    if (j >= 0) for (let x = 0; x < width; x += 1) to[j * width + x] = sums[x]! / count
  }
}
