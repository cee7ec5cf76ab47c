import { type Finding, scoreAgainst } from '../finding.ts'
import { type Island, islands } from '../islands.ts'
import { robust } from '../picture.ts'
import { reason } from '../reasons.ts'
import { scratchBytes } from '../scratch.ts'
import type { Luminance } from './lit.ts'
import { smoothMap } from './smooth.ts'

/** Contrast in % that is just noticed over an area in mm2 (SEMI D31-1102). */
export function justNoticed(areaMm2: number): number {
  return 1.97 / areaMm2 ** 0.33 + 0.72
}

/** Smoothing of each band, in cells of 8 px: fine clouds to wide ones. */
const BANDS = [1, 2, 5]
/** Leaks are wide: the middle band is enough. */
export const LEAK_BANDS: readonly number[] = [2]
const LEAST_Z = 5.5
/** Share below which nothing is looked at, whatever the noise. */
const LEAST_CONTRAST = 0.006
/** A light leak is bright, starts at the edge and fails from this share. */
const LEAK_LIMIT = 0.04
const BLACK_LEAK_LIMIT = 1

/** Mura and light leaks: islands of the flat-fielded luminance in three bands, valued in SEMU. */
export function findMura(
  map: Luminance,
  flat: Float32Array,
  mmPerPx: number,
  limit: number,
  dark: boolean,
  bands: readonly number[] = BANDS,
): Finding[] {
  const best: { finding: Finding; span: Island['span'] }[] = []
  for (const sigma of bands) {
    const band = smoothMap(flat, map.width, map.height, sigma)
    const noise = deviationOf(band)
    const threshold = Math.max(LEAST_Z * noise, LEAST_CONTRAST)
    // On black only light can be seen, and a wide one is a leak wherever it shines through.
    for (const sign of dark ? [1] : [1, -1]) {
      const marked = scratchBytes('mura', band.length)
      let count = 0
      for (let i = 0; i < band.length; i += 1) {
        const beyond = band[i]! * sign > threshold ? 1 : 0
        marked[i] = beyond
        count += beyond
      }
      if (count === 0) continue
      for (const island of islands(marked, map.width, map.height)) {
        const finding = value(map, band, island, sign, mmPerPx, limit, dark)
        if (finding !== undefined) keepBest(best, finding, island.span)
      }
    }
  }
  return best.map(b => b.finding)
}

/** Deviation of what is there, by the median absolute deviation of an even sample. */
function deviationOf(band: Float32Array): number {
  const there = new Float32Array(Math.ceil(band.length / 7))
  let count = 0
  for (let i = 0; i < band.length; i += 7) if (!Number.isNaN(band[i]!)) there[count++] = band[i]!
  return robust(there.subarray(0, count)).deviation
}

function value(
  map: Luminance,
  flat: Float32Array,
  island: Island,
  sign: number,
  mmPerPx: number,
  limit: number,
  dark: boolean,
): Finding | undefined {
  if (island.cells.length < 6) return undefined
  const values = island.cells.map(cell => flat[cell]! * sign)
  const peak = Math.max(...values)
  const core = values.filter(v => v > 0.5 * peak)
  const contrast = core.reduce((sum, v) => sum + v, 0) / core.length
  const area = core.length * map.scale ** 2
  const areaMm2 = area * mmPerPx ** 2
  const [left, top, right, low] = island.span
  const bbox = [
    map.left + left * map.scale,
    map.top + top * map.scale,
    (right - left + 1) * map.scale,
    (low - top + 1) * map.scale,
  ] as const
  const atEdge = island.cells.some(cell => isNearRim(map, cell, 2))
  const full = right - left > 0.9 * map.width || low - top > 0.9 * map.height
  const fromEdge = sign > 0 && atEdge && !full && edgePeak(map, flat, island)
  if (dark || fromEdge) {
    const share = contrast
    return {
      class: 'light_leak',
      ...(fromEdge ? {} : { subclass: 'inside' }),
      score: scoreAgainst(dark ? BLACK_LEAK_LIMIT : LEAK_LIMIT, share),
      bbox,
      area,
      reasons: [reason('aoi.light_leak', { contrast: 100 * share })],
    }
  }
  const semu = (100 * contrast) / justNoticed(areaMm2)
  return {
    class: 'mura',
    subclass: sign > 0 ? 'bright' : 'dark',
    score: scoreAgainst(limit, semu),
    bbox,
    area,
    reasons: [reason('aoi.mura', { semu, limit, contrast: 100 * contrast * sign, area_mm2: areaMm2 })],
  }
}

/** Is the island brightest beside the screen's edge? */
function edgePeak(map: Luminance, flat: Float32Array, island: Island): boolean {
  const sorted = [...island.cells]
    .sort((a, b) => flat[b]! - flat[a]!)
    .slice(0, Math.max(1, Math.ceil(island.cells.length / 20)))
  const beside = sorted.filter(cell => isNearRim(map, cell, 3))
  return beside.length >= sorted.length / 2
}

/** Does the judged part of the map end within so many cells of a cell? */
function isNearRim({ values, width, height }: Luminance, cell: number, reach: number): boolean {
  const x = cell % width
  const y = (cell - x) / width
  if (x < reach || y < reach || x >= width - reach || y >= height - reach) return true
  return [-reach, reach, -reach * width, reach * width].some(step => Number.isNaN(values[cell + step]!))
}

/** Of the same thing seen in several bands, the one with the highest score. */
function keepBest(best: { finding: Finding; span: Island['span'] }[], finding: Finding, span: Island['span']): void {
  const same = best.findIndex(b => overlap(b.span, span))
  if (same < 0) best.push({ finding, span })
  else if (best[same]!.finding.score < finding.score) best[same] = { finding, span }
}

function overlap(a: Island['span'], b: Island['span']): boolean {
  return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}
