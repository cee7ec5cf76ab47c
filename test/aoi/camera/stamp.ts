/** A small picture of shares, laid on the frame: what a flaw changes, seen through the lens. */
export interface Stamp {
  readonly left: number
  readonly top: number
  readonly wide: number
  readonly high: number
  readonly share: Float32Array
}

/** Coverage at a point of the frame, 0 and more. */
export type Cover = (x: number, y: number) => number

/**
 * Integrates coverage over each px of a rectangle (`fine` x `fine` points), cut to the frame.
 * The rectangle: left, top, right, bottom, px.
 */
export function rasterise(
  frame: { readonly width: number; readonly height: number },
  [x0, y0, x1, y1]: readonly [number, number, number, number],
  fine: number,
  cover: Cover,
): Stamp {
  const left = Math.min(frame.width - 1, Math.max(0, Math.floor(x0)))
  const top = Math.min(frame.height - 1, Math.max(0, Math.floor(y0)))
  const wide = Math.max(1, Math.min(frame.width, Math.ceil(x1)) - left)
  const high = Math.max(1, Math.min(frame.height, Math.ceil(y1)) - top)
  const share = new Float32Array(wide * high)
  const offsets = Array.from({ length: fine }, (_, i) => (i + 0.5) / fine)
  for (let j = 0; j < high; j += 1) {
    for (let i = 0; i < wide; i += 1) {
      let sum = 0
      for (const dy of offsets) for (const dx of offsets) sum += cover(left + i + dx, top + j + dy)
      share[j * wide + i] = sum / (fine * fine)
    }
  }
  return { left, top, wide, high, share }
}

/** Convolves with a Gaussian of sigma px (taps out to three sigmas). What would fall beyond the stamp is lost: leave a margin. */
export function throughLens(stamp: Stamp, sigma: number): Stamp {
  const reach = Math.ceil(3 * sigma)
  const taps = Float64Array.from({ length: 2 * reach + 1 }, (_, k) => Math.exp(-0.5 * ((k - reach) / sigma) ** 2))
  const whole = taps.reduce((sum, t) => sum + t, 0)
  const across = convolve(stamp.share, stamp.wide, stamp.high, 1, stamp.wide, taps, whole)
  return { ...stamp, share: convolve(across, stamp.high, stamp.wide, stamp.wide, 1, taps, whole) }
}

function convolve(
  from: Float32Array,
  count: number,
  lines: number,
  step: number,
  lineStep: number,
  taps: Float64Array,
  whole: number,
): Float32Array {
  const out = new Float32Array(from.length)
  const reach = taps.length >> 1
  for (let line = 0; line < lines; line += 1) {
    for (let i = 0; i < count; i += 1) {
      let sum = 0
      for (let k = Math.max(-reach, -i); k <= Math.min(reach, count - 1 - i); k += 1)
        sum += taps[k + reach]! * from[line * lineStep + (i + k) * step]!
      out[line * lineStep + i * step] = sum / whole
    }
  }
  return out
}

/** Area (px) where the coverage is at least half of its most, and its mean there. */
export function core({ share }: Stamp): { area: number; mean: number } {
  let most = 0
  for (const v of share) if (Math.abs(v) > most) most = Math.abs(v)
  let [area, sum] = [0, 0]
  for (const v of share) {
    if (Math.abs(v) < 0.5 * most) continue
    area += 1
    sum += Math.abs(v)
  }
  return { area: Math.max(1, area), mean: area === 0 ? 1 : sum / area }
}

/** Box of what is at least `least` of the most: x, y, width, height. */
export function boxOf({ left, top, wide, high, share }: Stamp, least: number): [number, number, number, number] {
  let most = 0
  for (const v of share) if (Math.abs(v) > most) most = Math.abs(v)
  let [x0, y0, x1, y1] = [wide, high, -1, -1]
  for (let j = 0; j < high; j += 1) {
    for (let i = 0; i < wide; i += 1) {
      if (Math.abs(share[j * wide + i]!) < least * most) continue
      x0 = Math.min(x0, i)
      x1 = Math.max(x1, i)
      y0 = Math.min(y0, j)
      y1 = j
    }
  }
  return [left + x0, top + y0, x1 - x0 + 1, y1 - y0 + 1]
}
