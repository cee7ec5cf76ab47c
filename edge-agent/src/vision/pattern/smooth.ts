/** Gaussian-like smoothing (three box passes) of a map that may hold NaN: the mean over what is there, with `fill` in the holes too. */
export function smoothMap(
  values: Float32Array,
  width: number,
  height: number,
  sigma: number,
  fill = false,
): Float32Array {
  const radius = Math.max(1, Math.round(sigma))
  let sum = values.map(v => (Number.isNaN(v) ? 0 : v))
  let weight = values.map(v => (Number.isNaN(v) ? 0 : 1))
  for (let pass = 0; pass < 3; pass += 1) {
    sum = box(sum, width, height, radius)
    weight = box(weight, width, height, radius)
  }
  return sum.map((s, i) => ((!fill && Number.isNaN(values[i]!)) || weight[i]! < 0.05 ? Number.NaN : s / weight[i]!))
}

function box(
  from: Float32Array<ArrayBuffer>,
  width: number,
  height: number,
  radius: number,
): Float32Array<ArrayBuffer> {
  const middle = new Float32Array(from.length)
  for (let y = 0; y < height; y += 1) line(from, middle, y * width, 1, width, radius)
  const out = new Float32Array(from.length)
  for (let x = 0; x < width; x += 1) line(middle, out, x, width, height, radius)
  return out
}

function line(from: Float32Array, to: Float32Array, start: number, step: number, count: number, radius: number): void {
  const share = 1 / (2 * radius + 1)
  let sum = 0
  for (let i = -radius; i < count; i += 1) {
    if (i + radius < count) sum += from[start + (i + radius) * step]!
    if (i - radius - 1 >= 0) sum -= from[start + (i - radius - 1) * step]!
    if (i >= 0) to[start + i * step] = sum * share
  }
}
