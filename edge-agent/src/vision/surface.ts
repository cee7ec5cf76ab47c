import type { DefectClass } from '@millwright/contract'
import type { Finding } from './finding.ts'
import { joinPieces, type Piece } from './join.ts'
import type { Screen } from './locate.ts'
import { type Measured, measure } from './measure.ts'
import type { Picture } from './picture.ts'
import { reason } from './reasons.ts'
import { findRegions, type Region } from './regions.ts'
import type { ClassMap } from './segment.ts'

/** Levels above the glass that a pixel must have to belong to a defect, by class. */
const LEAST_LEVELS = { scratch: 14, stain: 20, oil: 7, dust: 14 } as const
type SurfaceClass = keyof typeof LEAST_LEVELS

/** Defects on the glass of a display that is off: the network's regions, measured on the pixels, classed by both. */
export function findOnSurface(
  picture: Picture,
  screen: Screen,
  map: ClassMap,
  thresholds: readonly number[],
): Finding[] {
  const pieces: Piece[] = []
  for (const region of findRegions(map, screen, thresholds)) {
    const first = strongest(map, region)
    const measured = measure(picture, map, region, LEAST_LEVELS[first])
    if (measured === undefined) continue
    const kind = decide(map, region, measured)
    pieces.push({
      kind,
      probability: probabilityOf(map, region),
      measured: kind === 'oil' ? widen(measured, region, map) : measured,
    })
  }
  return joinPieces(pieces).map(describe)
}

function strongest(map: ClassMap, region: Region): SurfaceClass {
  return decideBy(map, region, () => 1)
}

/** The class with the most votes, each weighed by how well the shape fits it. */
function decide(map: ClassMap, region: Region, m: Measured): SurfaceClass {
  const slender = m.length / m.width
  return decideBy(map, region, kind => {
    switch (kind) {
      case 'scratch':
        return slender > 6 ? 1.5 : slender < 2.2 ? 0.4 : 1
      case 'stain':
        return slender < 3 && m.fill > 0.45 ? 1.5 : slender > 6 ? 0.3 : 1
      case 'oil':
        return m.length > 30 && m.fill < 0.5 ? 1.2 : 1
      case 'dust':
        return m.length < 40 && m.saturated < 0.1 ? 1 : 0.5
    }
  })
}

function decideBy(map: ClassMap, region: Region, weight: (kind: SurfaceClass) => number): SurfaceClass {
  let best: SurfaceClass = 'stain'
  let most = -1
  map.classes.forEach((name, k) => {
    if (!(name in LEAST_LEVELS)) return
    const vote = region.votes[k]! * weight(name as SurfaceClass)
    if (vote > most) [best, most] = [name as SurfaceClass, vote]
  })
  return best
}

const probabilityOf = (map: ClassMap, region: Region) => 1 - region.votes[map.classes.indexOf('good')]!

/** Oil between its glints is as dark as the glass: its box is the region's too. */
function widen(m: Measured, region: Region, map: ClassMap): Measured {
  const [left, top, right, low] = region.span
  const x0 = Math.min(m.bbox[0], left * map.pitch)
  const y0 = Math.min(m.bbox[1], top * map.pitch)
  const x1 = Math.max(m.bbox[0] + m.bbox[2], (right + 1) * map.pitch)
  const y1 = Math.max(m.bbox[1] + m.bbox[3], (low + 1) * map.pitch)
  return { ...m, bbox: [x0, y0, x1 - x0, y1 - y0], area: Math.max(m.area, region.cells.length * map.pitch ** 2) }
}

function describe({ kind, probability, measured: m }: Piece): Finding {
  // Half of the score is the network's trust, half how much there is to see.
  const seen = 1 - Math.exp((-m.contrast * Math.sqrt(m.area)) / 400)
  const values = {
    width: m.bbox[2],
    height: m.bbox[3],
    length_px: Math.round(m.length),
    width_px: m.width,
    contrast: Math.round(m.contrast),
    peak: Math.round(m.peak),
  }
  return {
    class: kind as DefectClass,
    score: probability * (0.5 + 0.5 * seen),
    bbox: m.bbox,
    area: m.area,
    reasons: [reason(`aoi.${kind}`, values), reason('aoi.network', { probability })],
  }
}
