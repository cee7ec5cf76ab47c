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
  const whole = !values.some(Number.isNaN)
  if (whole) return boxes(Float32Array.from(values), width, height, radius)
  const sum = boxes(
    values.map(v => (Number.isNaN(v) ? 0 : v)),
    width,
    height,
    radius,
  )
  const weight = boxes(
    values.map(v => (Number.isNaN(v) ? 0 : 1)),
    width,
    height,
    radius,
  )
  return sum.map((s, i) => ((!fill && Number.isNaN(values[i]!)) || weight[i]! < 0.05 ? Number.NaN : s / weight[i]!))
}

function boxes(
  from: Float32Array<ArrayBuffer>,
  width: number,
  height: number,
  radius: number,
): Float32Array<ArrayBuffer> {
  const middle = new Float32Array(from.length)
  for (let pass = 0; pass < 3; pass += 1) {
    alongRows(from, middle, width, height, radius)
    alongColumns(middle, from, width, height, radius)
  }
  return from
}

/** Mean over 2 radius + 1 values; at the borders over those that are there. */
function alongRows(from: Float32Array, to: Float32Array, width: number, height: number, radius: number): void {
  for (let y = 0; y < height; y += 1) {
    const row = y * width
    let sum = 0
    let count = 0
    for (let i = -radius; i < width; i += 1) {
      if (i + radius < width) {
        sum += from[row + i + radius]!
        count += 1
      }
      if (i > radius) {
        sum -= from[row + i - radius - 1]!
        count -= 1
      }
      if (i >= 0) to[row + i] = sum / count
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
