import type { DefectClass } from '@millwright/contract'
import { contrastOf } from './contrast.ts'
import { isCutOut } from './cut-out.ts'
import type { Finding } from './finding.ts'
import { islands } from './islands.ts'
import { joinPieces, type Piece } from './join.ts'
import type { Screen } from './locate.ts'
import { edgeShare, markCells } from './mark.ts'
import { type Measured, measure } from './measure.ts'
import type { Picture } from './picture.ts'
import { reason } from './reasons.ts'
import { describeRegions, type Region } from './regions.ts'
import type { ClassMap, Rect } from './segment.ts'

/** Levels above the glass that a pixel must have to belong to a defect, by class. */
const LEAST_LEVELS = { scratch: 14, stain: 20, oil: 7, dust: 14 } as const
type SurfaceClass = keyof typeof LEAST_LEVELS

/**
 * Defects on the glass of a display that is off. Contrast proposes (on dark glass every defect throws light back, and pixels
 * give its true outline); the network disposes: what it knows as good (a camera hole, a mirrored lamp) is dropped, and its
 * votes class the rest together with the shape.
 */
export async function findOnSurface(picture: Picture, screen: Screen, ask: Ask): Promise<Finding[]> {
  const contrast = contrastOf(picture, screen)
  const patches = islands(markCells(contrast), contrast.columns, contrast.rows).filter(
    ({ cells }) => cells.length >= LEAST_CELLS && edgeShare(cells, contrast, screen) <= MOST_EDGE,
  )
  if (patches.length === 0) return []
  const map = await ask(patches.map(({ span: [left, top, right, low] }) => scaled([left, top, right + 1, low + 1])))
  const pieces: Piece[] = []
  for (const region of describeRegions(map, patches, contrast)) {
    const doubt = 1 - region.votes[0]!
    if (doubt < LEAST_DOUBT) continue
    const first = decide(map, region)
    const measured = measure(picture, contrast, region, LEAST_LEVELS[first], first === 'oil' ? 0.05 : 0.18)
    if (measured === undefined || isCutOut(measured, screen)) continue
    const clear = 1 - Math.exp(-measured.contrast / contrast.noise / CLEAR_Z)
    pieces.push({
      kind: decide(map, region, measured),
      probability: Math.max(doubt, clear),
      measured,
      votes: [...region.votes],
    })
  }
  return joinPieces(pieces).map(describe)

  function scaled(cells: Rect): Rect {
    const [left, top, right, low] = cells
    return [left * contrast.pitch, top * contrast.pitch, right * contrast.pitch, low * contrast.pitch]
  }
}

/** Asks the network about places of the picture. */
export type Ask = (places: readonly Rect[]) => Promise<ClassMap>

/** A single cell is a speck, below what any rule counts. */
const LEAST_CELLS = 2
/** The network must hold a region at least this far from good. */
const LEAST_DOUBT = 0.35
/** A region that lies to this share along the edge of the glass is mirrored light. */
const MOST_EDGE = 0.3
/** Contrast in deviations of noise at which a thing is there beyond doubt (two thirds). */
const CLEAR_Z = 20
/** What each class has in votes before the network is heard: shape can decide where it is not sure. */
const PRIOR = 0.1

/** The class with the most votes, each weighed by how well the shape fits it. */
function decide(map: ClassMap, region: Region, m?: Measured): SurfaceClass {
  let best: SurfaceClass = 'stain'
  let most = -1
  map.classes.forEach((name, k) => {
    if (!(name in LEAST_LEVELS)) return
    const kind = name as SurfaceClass
    const vote = (PRIOR + region.votes[k]!) * (m === undefined ? 1 : fit(kind, m, region))
    if (vote > most) [best, most] = [kind, vote]
  })
  return best
}

/** How well a shape fits a class: 1 neutral. A scratch is slender, a stain compact and full, oil large and hollow, dust small and dim. */
function fit(kind: SurfaceClass, m: Measured, region: Region): number {
  const slender = m.length / m.width
  switch (kind) {
    case 'scratch':
      return (slender > 7 ? 2 : slender < 3 ? 0.3 : 1) * (region.enclosed > 0.15 ? 0.4 : 1) * (m.width > 16 ? 0.4 : 1)
    case 'stain':
      return (slender < 3 ? 1.6 : slender > 6 ? 0.2 : 0.8) * (m.fill > 0.4 ? 1.2 : 0.5) * (m.length > 90 ? 0.4 : 1)
    case 'oil':
      return (
        (region.enclosed > 0.15 ? 2 : 1) *
        (m.length > 40 && m.fill < 0.45 && slender < 7 ? 1.5 : 1) *
        (m.length < 20 ? 0.4 : 1)
      )
    case 'dust':
      return (m.length < 40 ? 1 : 0.3) * (m.saturated > 0.1 ? 0.3 : 1) * (m.contrast > 70 ? 0.5 : 1)
  }
}

function describe({ kind, probability, measured: m, votes }: Piece): Finding {
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
    votes,
  }
}
