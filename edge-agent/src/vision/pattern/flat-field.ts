import { quantile } from '../picture.ts'
import type { Luminance } from './lit.ts'

/** The most that vignetting and gain raise and lower the field from its median. */
const [RISE, FALL] = [0.45, 0.65]
/** Degree of a free field. */
const DEGREE = 4
/** Share off the stiff field that is no vignetting. */
const GROSS = 0.025
/** A share off the fit that never leaves a cell out: corners where the light falls off fast would not come back. */
const KEPT = 0.008
/** Cells that a fit is made from. */
const SAMPLES = 1600

/** A smooth field over a map: polynomial of two variables, its coordinates -1..1 over the map's box. */
export interface Field {
  readonly terms: Terms
  readonly fit: Float64Array
  readonly level: number
}

/** Relative deviation (share; 0.01 = 1 % brighter) of a map from a field fitted on a map of the same box, of any cell size. */
export function deviation(map: Luminance, field: Field): Float32Array {
  const out = spread(map, field)
  const { values } = map
  for (let i = 0; i < out.length; i += 1) out[i] = values[i]! / out[i]! - 1
  return out
}

/** The field at every cell of a map. */
export function spread(map: Luminance, { terms, fit, level }: Field): Float32Array {
  const out = new Float32Array(map.values.length)
  const degree = Math.max(...terms.map(([i]) => i))
  const across = new Float64Array(degree + 1)
  for (let y = 0; y < map.height; y += 1) {
    const v = (2 * y) / Math.max(1, map.height - 1) - 1
    across.fill(0)
    for (let k = 0; k < terms.length; k += 1) across[terms[k]![0]]! += fit[k]! * v ** terms[k]![1]
    for (let x = 0; x < map.width; x += 1) {
      const u = (2 * x) / Math.max(1, map.width - 1) - 1
      let smooth = across[degree]!
      for (let i = degree - 1; i >= 0; i -= 1) smooth = smooth * u + across[i]!
      out[y * map.width + x] = held(smooth, level)
    }
  }
  return out
}

/**
 * Fits vignetting, slow gain and wide reflections. Cells off the fit are weighed down, so that a defect does not bend it.
 */
export function fitField(map: Luminance, form: 'free' | 'stiff' = 'free', rounds = 4): Field {
  const terms = powers(DEGREE)
  const n = terms.length
  const { rows, values } = sample(map, terms)
  const level = quantile(values, 0.5)
  // A leak on black is many times brighter than the screen: it is left out from the start.
  let weights = Float64Array.from(values, v => (v < (1 + RISE) * level && v > (1 - FALL) * level ? 1 : 0))
  if (form === 'free') weights = withoutGross(map, values, weights)
  // Terms that a stiff field lacks are no unknowns.
  const own = [...terms.keys()].filter(k => form === 'free' || isStiff(terms[k]!))
  const m = own.length
  const row = new Float64Array(m)
  let fit = new Float64Array(n)
  for (let round = 0; round < rounds; round += 1) {
    const normal = new Float64Array(m * m)
    const right = new Float64Array(m)
    for (let s = 0; s < values.length; s += 1) {
      const weight = weights[s]!
      if (weight === 0) continue
      for (let a = 0; a < m; a += 1) row[a] = rows[s * n + own[a]!]!
      const value = values[s]!
      for (let a = 0; a < m; a += 1) {
        const part = weight * row[a]!
        const line = a * m
        right[a]! += part * value
        for (let b = a; b < m; b += 1) normal[line + b]! += part * row[b]!
      }
    }
    const found = solve(normal, right, m)
    fit = new Float64Array(n)
    for (let a = 0; a < m; a += 1) fit[own[a]!] = found[a]!
    if (round < rounds - 1) weights = reweigh(rows, values, fit, level)
  }
  return { terms, fit, level }
}

/**
 * A leak or a wide mura at the edge bends a stiff field little, and a soft one so far that it vanishes: what stands far off the stiff one
 * is left out of the soft one.
 */
function withoutGross(map: Luminance, values: Float64Array, weights: Float64Array): Float64Array<ArrayBuffer> {
  const stiff = fitField(map, 'stiff', 3)
  const { rows } = sample(map, stiff.terms)
  const n = stiff.fit.length
  return Float64Array.from(values, (value, s) => {
    let smooth = 0
    for (let k = 0; k < n; k += 1) smooth += stiff.fit[k]! * rows[s * n + k]!
    return Math.abs(value / held(smooth, stiff.level) - 1) > GROSS ? 0 : weights[s]!
  })
}

type Terms = readonly (readonly [number, number])[]

function powers(degree: number): Terms {
  const out: [number, number][] = []
  for (let total = 0; total <= degree; total += 1) for (let i = 0; i <= total; i += 1) out.push([total - i, i])
  return out
}

/**
 * Terms of a stiff field: all up to the second degree, and of the fourth those that are even both ways. A lens and a backlight fall off
 * on opposite sides alike; a leak or a band does not, and cannot bend these.
 */
const isStiff = ([i, j]: readonly [number, number]) => i + j <= 2 || (i + j === 4 && i % 2 === 0)

/** An even sample of the map's cells: the terms at each, and its value. */
function sample(map: Luminance, terms: Terms): { rows: Float64Array; values: Float64Array } {
  const n = terms.length
  const step = Math.max(1, Math.round(Math.sqrt(map.values.length / SAMPLES)))
  const most = Math.ceil(map.width / step) * Math.ceil(map.height / step)
  const rows = new Float64Array(most * n)
  const values = new Float64Array(most)
  let count = 0
  for (let y = step >> 1; y < map.height; y += step) {
    const v = (2 * y) / Math.max(1, map.height - 1) - 1
    for (let x = step >> 1; x < map.width; x += step) {
      const value = map.values[y * map.width + x]!
      if (Number.isNaN(value)) continue
      const u = (2 * x) / Math.max(1, map.width - 1) - 1
      // Terms come degree by degree, (i, j) as number j of its degree: each is u or v times one of the degree before.
      for (let k = 0; k < n; k += 1) {
        const [i, j] = terms[k]!
        const before = count * n + ((i + j - 1) * (i + j)) / 2 + j
        rows[count * n + k] = k === 0 ? 1 : i > 0 ? u * rows[before]! : v * rows[before - 1]!
      }
      values[count] = value
      count += 1
    }
  }
  return { rows: rows.subarray(0, count * n), values: values.subarray(0, count) }
}

/** Weights by Tukey: cells beyond three deviations of the fit do not count. */
function reweigh(
  rows: Float64Array,
  values: Float64Array,
  fit: Float64Array,
  level: number,
): Float64Array<ArrayBuffer> {
  const n = fit.length
  const off = Float64Array.from(values, (value, s) => {
    let smooth = 0
    for (let k = 0; k < n; k += 1) smooth += fit[k]! * rows[s * n + k]!
    return value / held(smooth, level) - 1
  })
  const limit = Math.max(KEPT, 3 * 1.4826 * quantile(off.map(Math.abs), 0.5))
  return off.map(v => (Math.abs(v) > limit ? 0 : (1 - (v / limit) ** 2) ** 2))
}

/** A field never strays further from its level than vignetting can. */
function held(smooth: number, level: number): number {
  const most = (1 + RISE) * level
  const least = Math.max((1 - FALL) * level, 1e-5)
  return Math.min(most, Math.max(least, smooth))
}

/** Gaussian elimination with pivoting on the upper triangle of a symmetric system. */
export function solve(upper: Float64Array, right: Float64Array, n: number): Float64Array<ArrayBuffer> {
  const m = Array.from({ length: n }, (_, a) =>
    Float64Array.from({ length: n + 1 }, (_, b) =>
      b === n ? right[a]! : upper[Math.min(a, b) * n + Math.max(a, b)]! + (a === b ? 1e-9 : 0),
    ),
  )
  for (let a = 0; a < n; a += 1) {
    let pivot = a
    for (let r = a + 1; r < n; r += 1) if (Math.abs(m[r]![a]!) > Math.abs(m[pivot]![a]!)) pivot = r
    ;[m[a], m[pivot]] = [m[pivot]!, m[a]!]
    const top = m[a]!
    for (let r = a + 1; r < n; r += 1) {
      const line = m[r]!
      const factor = line[a]! / top[a]!
      for (let c = a; c <= n; c += 1) line[c]! -= factor * top[c]!
    }
  }
  const out = new Float64Array(n)
  for (let a = n - 1; a >= 0; a -= 1) {
    let sum = m[a]![n]!
    for (let b = a + 1; b < n; b += 1) sum -= m[a]![b]! * out[b]!
    out[a] = sum / m[a]![a]!
  }
  return out
}
