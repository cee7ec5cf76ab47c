import { quantile } from '../picture.ts'
import type { Luminance } from './lit.ts'

/** The most that vignetting and gain move the field from its median. */
const FIELD = 0.45

/** A smooth field over a map: polynomial of two variables, its coordinates -1..1 over the map's box. */
export interface Field {
  readonly terms: Terms
  readonly fit: Float64Array
  readonly level: number
}

/** Relative deviation of a map from its own field. */
export function flatten(map: Luminance, degree = 4): Float32Array {
  return deviation(map, fitField(map, degree))
}

/** Relative deviation (share; 0.01 = 1 % brighter) from a field fitted on a map of the same box, of any cell size. */
export function deviation(map: Luminance, field: Field): Float32Array {
  return residual(map, field.terms, field.fit, field.level)
}

/**
 * Fits vignetting, slow gain and wide reflections. Cells off the fit are weighed down, so that a defect does not bend it.
 */
export function fitField(map: Luminance, degree = 4, rounds = 4): Field {
  const terms = powers(degree)
  const n = terms.length
  const level = quantile(
    map.values.filter(v => !Number.isNaN(v)),
    0.5,
  )
  // A leak on black is many times brighter than the screen: it is left out from the start.
  let weights = map.values.map(v => (Math.abs(v - level) < FIELD * level ? 1 : 0))
  let fit = new Float64Array(n)
  const step = Math.max(1, Math.round(Math.sqrt(map.values.length / 6000)))
  const row = new Float64Array(n)
  for (let round = 0; round < rounds; round += 1) {
    const normal = new Float64Array(n * n)
    const right = new Float64Array(n)
    for (let y = 0; y < map.height; y += step) {
      for (let x = 0; x < map.width; x += step) {
        const i = y * map.width + x
        const value = map.values[i]!
        const weight = weights[i]!
        if (Number.isNaN(value) || weight === 0) continue
        evaluate(terms, map, x, y, row)
        for (let a = 0; a < n; a += 1) {
          right[a]! += weight * row[a]! * value
          for (let b = a; b < n; b += 1) normal[a * n + b]! += weight * row[a]! * row[b]!
        }
      }
    }
    fit = solve(normal, right, n)
    if (round < rounds - 1) weights = reweigh(map, terms, fit, level)
  }
  return { terms, fit, level }
}

type Terms = readonly (readonly [number, number])[]

function powers(degree: number): Terms {
  const out: [number, number][] = []
  for (let total = 0; total <= degree; total += 1) for (let i = 0; i <= total; i += 1) out.push([total - i, i])
  return out
}

function evaluate(terms: Terms, map: Luminance, x: number, y: number, row: Float64Array): void {
  const u = (2 * x) / Math.max(1, map.width - 1) - 1
  const v = (2 * y) / Math.max(1, map.height - 1) - 1
  terms.forEach(([i, j], k) => {
    row[k] = u ** i * v ** j
  })
}

function residual(map: Luminance, terms: Terms, fit: Float64Array, level: number): Float32Array {
  const out = new Float32Array(map.values.length)
  const columns = terms.map(([i]) =>
    Float64Array.from({ length: map.width }, (_, x) => ((2 * x) / Math.max(1, map.width - 1) - 1) ** i),
  )
  for (let y = 0; y < map.height; y += 1) {
    const v = (2 * y) / Math.max(1, map.height - 1) - 1
    const rows = terms.map(([, j], k) => fit[k]! * v ** j)
    for (let x = 0; x < map.width; x += 1) {
      let smooth = 0
      for (let k = 0; k < terms.length; k += 1) smooth += rows[k]! * columns[k]![x]!
      const field = Math.min((1 + FIELD) * level, Math.max((1 - FIELD) * level, 1e-5, smooth))
      out[y * map.width + x] = map.values[y * map.width + x]! / field - 1
    }
  }
  return out
}

/** Tukey-like weights: cells beyond three deviations of the fit do not count. */
function reweigh(map: Luminance, terms: Terms, fit: Float64Array, level: number): Float32Array<ArrayBuffer> {
  const off = residual(map, terms, fit, level)
  const sizes = quantile(off.filter(v => !Number.isNaN(v)).map(Math.abs), 0.5)
  const limit = Math.max(1e-4, 3 * 1.4826 * sizes)
  return off.map(v => (Number.isNaN(v) || Math.abs(v) > limit ? 0 : (1 - (v / limit) ** 2) ** 2))
}

/** Gaussian elimination with pivoting on the upper triangle of a symmetric system. */
function solve(upper: Float64Array, right: Float64Array, n: number): Float64Array<ArrayBuffer> {
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
