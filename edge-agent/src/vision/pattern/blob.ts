import { type Finding, scoreAgainst } from '../finding.ts'
import { type Island, islands } from '../islands.ts'
import { quantile, robust } from '../picture.ts'
import { reason } from '../reasons.ts'
import { deviation, type Field } from './flat-field.ts'
import type { Luminance } from './lit.ts'
import { smoothMap } from './smooth.ts'

const LEAST_Z = 6
/** Share at which a mark against the light reaches the fail score of its class (0.75). */
const LIMIT = 0.04
/** Step over the outline (4 px) as a share of the height: a mark on the glass has an edge, mura has none. */
const LEAST_EDGE = 0.3
/** Cells of the local background. */
const BACKGROUND = 9
/** Share of the luminance beyond which a cell is no background. */
const CALM = 0.04

/** Marks on the glass seen against the lit screen (scratch, stain): sharp-edged islands of a 4 px map. */
export function findMarks(map: Luminance, field: Field): Finding[] {
  const { width, height } = map
  const flat = deviation(map, field)
  // The mark itself must not lift the background that it is held against.
  const calm = flat.map(v => (Math.abs(v) > CALM ? Number.NaN : v))
  const local = smoothMap(calm, width, height, BACKGROUND, true)
  const off = flat.map((v, i) => v - (Number.isNaN(local[i]!) ? 0 : local[i]!))
  const noise = robust(off.filter(v => !Number.isNaN(v))).deviation
  const threshold = Math.max(LEAST_Z * noise, 0.4 * LIMIT)
  const marked = Uint8Array.from(off, v => (Math.abs(v) > threshold ? 1 : 0))
  return islands(marked, width, height).flatMap(island => describe(map, off, island))
}

function describe(map: Luminance, off: Float32Array, island: Island): Finding[] {
  const { scale } = map
  const [left, top, right, low] = island.span
  const [w, h] = [right - left + 1, low - top + 1]
  // Full rows and columns are line defects; single cells belong to the pixel check.
  if (island.cells.length < 3 || w > 0.8 * map.width || h > 0.8 * map.height) return []
  const values = island.cells.map(cell => Math.abs(off[cell]!))
  const contrast = values.reduce((sum, v) => sum + v, 0) / values.length
  if (edgeStep(map, off, island) < LEAST_EDGE) return []
  const length = Math.hypot(w, h)
  const slender = (length * length) / island.cells.length
  const kind = slender > 5 ? 'scratch' : 'stain'
  const bbox = [map.left + left * scale, map.top + top * scale, w * scale, h * scale] as const
  return [
    {
      class: kind,
      score: scoreAgainst(LIMIT / 2, contrast),
      bbox,
      area: island.cells.length * scale * scale,
      reasons: [
        reason(kind === 'scratch' ? 'aoi.lit_scratch' : 'aoi.lit_stain', {
          length_px: length * scale,
          width: bbox[2],
          height: bbox[3],
          contrast: 100 * contrast,
        }),
      ],
    },
  ]
}

/** Mean step over the outline at half height, as a share of the height. */
function edgeStep(map: Luminance, off: Float32Array, island: Island): number {
  const peak = quantile(
    island.cells.map(cell => Math.abs(off[cell]!)),
    0.9,
  )
  let sum = 0
  let count = 0
  for (const cell of island.cells) {
    const here = Math.abs(off[cell]!)
    if (here < peak / 2) continue
    for (const next of [cell - 1, cell + 1, cell - map.width, cell + map.width]) {
      const there = Math.abs(off[next] ?? Number.NaN)
      if (!(there < peak / 2)) continue
      sum += Math.min(here, peak) - there
      count += 1
    }
  }
  return count === 0 ? 0 : sum / count / peak
}
