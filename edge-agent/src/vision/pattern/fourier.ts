/** Squared magnitudes of the two-dimensional Fourier transform of real squares, side a power of two. */
export interface Spectrum {
  readonly side: number
  /** Adds a square of `side` x `side` values out of a map, under a Hann window. */
  add(map: Float32Array, width: number, left: number, top: number): void
  /** Sum over the squares added; frequency (u, v), u in 0..side/2 and v modulo `side`, at u * side + v. */
  readonly power: Float64Array
}

export function createSpectrum(side: number): Spectrum {
  const window = Float64Array.from({ length: side }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / side))
  const transform = createTransform(side)
  const half = side / 2
  // Column after column; of a real map's rows half of the frequencies say all.
  const re = new Float64Array((half + 1) * side)
  const im = new Float64Array((half + 1) * side)
  const [lineRe, lineIm] = [new Float64Array(side), new Float64Array(side)]
  const power = new Float64Array((half + 1) * side)
  return {
    side,
    power,
    add(map, width, left, top) {
      for (let y = 0; y < side; y += 2) {
        const from = (top + y) * width + left
        for (let x = 0; x < side; x += 1) {
          lineRe[x] = map[from + x]! * window[y]! * window[x]!
          lineIm[x] = map[from + width + x]! * window[y + 1]! * window[x]!
        }
        // Two real rows as one complex one: the even part is the first's, the odd part the second's.
        transform(lineRe, lineIm)
        for (let u = 0; u <= half; u += 1) {
          const other = (side - u) % side
          const at = u * side + y
          re[at] = 0.5 * (lineRe[u]! + lineRe[other]!)
          im[at] = 0.5 * (lineIm[u]! - lineIm[other]!)
          re[at + 1] = 0.5 * (lineIm[u]! + lineIm[other]!)
          im[at + 1] = 0.5 * (lineRe[other]! - lineRe[u]!)
        }
      }
      for (let u = 0; u <= half; u += 1) {
        const columnRe = re.subarray(u * side, (u + 1) * side)
        const columnIm = im.subarray(u * side, (u + 1) * side)
        transform(columnRe, columnIm)
        for (let v = 0; v < side; v += 1) power[u * side + v]! += columnRe[v]! ** 2 + columnIm[v]! ** 2
      }
    },
  }
}

/** Radix-2 transform in place (Cooley and Tukey 1965). */
function createTransform(side: number): (re: Float64Array, im: Float64Array) => void {
  const cos = Float64Array.from({ length: side / 2 }, (_, i) => Math.cos((2 * Math.PI * i) / side))
  const sin = Float64Array.from({ length: side / 2 }, (_, i) => -Math.sin((2 * Math.PI * i) / side))
  const bits = Math.log2(side)
  const reversed = Uint16Array.from({ length: side }, (_, i) => {
    let out = 0
    for (let b = 0; b < bits; b += 1) if (i & (1 << b)) out |= 1 << (bits - 1 - b)
    return out
  })
  return (re, im) => {
    for (let i = 0; i < side; i += 1) {
      const j = reversed[i]!
      if (j <= i) continue
      const r = re[i]!
      const m = im[i]!
      re[i] = re[j]!
      im[i] = im[j]!
      re[j] = r
      im[j] = m
    }
    for (let half = 1; half < side; half *= 2) {
      const stride = side / (2 * half)
      for (let start = 0; start < side; start += 2 * half) {
        for (let k = 0; k < half; k += 1) {
          const c = cos[k * stride]!
          const s = sin[k * stride]!
          const a = start + k
          const b = a + half
          const r = re[b]! * c - im[b]! * s
          const m = re[b]! * s + im[b]! * c
          re[b] = re[a]! - r
          im[b] = im[a]! - m
          re[a]! += r
          im[a]! += m
        }
      }
    }
  }
}
