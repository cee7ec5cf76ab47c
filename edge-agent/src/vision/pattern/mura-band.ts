import { type Finding, scoreAgainst } from '../finding.ts'
import { quantile, robust } from '../picture.ts'
import { reason } from '../reasons.ts'
import type { Luminance } from './lit.ts'
import { justNoticed } from './mura.ts'

/** Deviations of the profile's noise that a band must exceed, and the least share. */
const LEAST_Z = 5
const LEAST_CONTRAST = 0.004
/** Bands nearer than this (cells) are one mura: the stripes of a curtain. */
const JOIN = 8

/** Bands and curtains: mura that runs from edge to edge. The median along it has far less noise than any spot. */
export function findBands(map: Luminance, flat: Float32Array, mmPerPx: number, limit: number): Finding[] {
  return [true, false].flatMap(vertical => {
    const profile = profileOf(map, flat, vertical)
    const steps = profile.slice(1).map((v, i) => v - profile[i]!)
    const noise = robust(steps).deviation / Math.SQRT2
    const level = quantile(profile, 0.5)
    const threshold = Math.max(LEAST_Z * noise, LEAST_CONTRAST)
    return runs(profile, level, threshold).map(([first, last]) =>
      describe(map, profile, level, vertical, first, last, mmPerPx, limit),
    )
  })
}

/**
 * Mean of the flat field along each column (or row) less what stands off the line's own mean by more than three deviations, so
 * that no spot makes a band; the two cells beside the edge are left out.
 */
function profileOf(map: Luminance, flat: Float32Array, vertical: boolean): Float32Array {
  const [count, along] = vertical ? [map.width, map.height] : [map.height, map.width]
  const [line, step] = vertical ? [1, map.width] : [map.width, 1]
  return Float32Array.from({ length: count }, (_, i) => {
    let [centre, limit, mean] = [0, Number.POSITIVE_INFINITY, 0]
    for (let round = 0; round < 3; round += 1) {
      let [sum, squares, there] = [0, 0, 0]
      for (let j = 2, at = i * line + 2 * step; j < along - 2; j += 1, at += step) {
        const v = flat[at]!
        // NaN fails the comparison too.
        if (!(Math.abs(v - centre) <= limit)) continue
        sum += v
        squares += v * v
        there += 1
      }
      if (there < along / 2) return mean
      mean = sum / there
      centre = mean
      limit = 2.5 * Math.sqrt(Math.max(0, squares / there - mean * mean)) + 1e-6
    }
    return mean
  })
}

/** First and last of each stretch beyond the threshold, near ones joined. */
function runs(profile: Float32Array, level: number, threshold: number): [number, number][] {
  const out: [number, number][] = []
  for (let i = 2; i < profile.length - 2; i += 1) {
    if (Math.abs(profile[i]! - level) < threshold) continue
    const last = out.at(-1)
    if (last !== undefined && i - last[1] <= JOIN) last[1] = i
    else out.push([i, i])
  }
  return out
}

function describe(
  map: Luminance,
  profile: Float32Array,
  level: number,
  vertical: boolean,
  first: number,
  last: number,
  mmPerPx: number,
  limit: number,
): Finding {
  const off = Array.from(profile.subarray(first, last + 1), v => Math.abs(v - level))
  const peak = Math.max(...off)
  const core = off.filter(v => v > 0.5 * peak)
  const contrast = core.reduce((sum, v) => sum + v, 0) / core.length
  const long = (vertical ? map.height : map.width) * map.scale
  const area = core.length * map.scale * long
  const areaMm2 = area * mmPerPx ** 2
  const semu = (100 * contrast) / justNoticed(areaMm2)
  const thick = (last - first + 1) * map.scale
  const bbox = vertical
    ? ([map.left + first * map.scale, map.top, thick, long] as const)
    : ([map.left, map.top + first * map.scale, long, thick] as const)
  return {
    class: 'mura',
    subclass: vertical ? 'vertical_band' : 'horizontal_band',
    score: scoreAgainst(limit, semu),
    bbox,
    area,
    reasons: [reason('aoi.mura', { semu, limit, contrast: 100 * contrast, area_mm2: areaMm2 })],
  }
}
