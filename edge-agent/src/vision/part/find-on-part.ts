import type { PartGuard } from '@millwright/contract'
import type { Finding } from '../finding.ts'
import { islands } from '../islands.ts'
import type { Picture } from '../picture.ts'
import { reason } from '../reasons.ts'
import { type Features, faceOf } from './face.ts'
import { type Guard, strayMap } from './guard.ts'
import { strayOf } from './places.ts'
import { project } from './projection.ts'

/** Deviations from which a cell belongs to what is shown as strange. */
const STRANGE = 3.5

/** 0.5 at the limit; far tails stay apart from each other. */
export function scoreOf(stray: number, { limit, spread }: Pick<PartGuard, 'limit' | 'spread'>): number {
  return 0.5 + Math.atan((stray - limit) / spread) / Math.PI
}

/** Holds the whole face of a part against good ones: the strangest places as findings, the worst with the part's own score. */
export async function findOnPart(
  features: Features,
  guard: Guard,
  taught: PartGuard,
  picture: Picture,
): Promise<Finding[]> {
  const face = project(await faceOf(features, picture, taught.scale, taught.level), guard.projection)
  const z = strayMap(face, guard, taught)
  const score = scoreOf(strayOf(z), taught)
  const marked = Uint8Array.from(z, v => (v > STRANGE ? 1 : 0))
  // Where no cell stands out by itself, the worst one shows where to look.
  if (!marked.includes(1)) marked[z.indexOf(Math.max(...z))] = 1
  const side = features.stride / taught.scale
  const found = islands(marked, face.columns, face.rows).map(({ cells, span: [left, top, right, low] }) => {
    const peak = Math.max(...cells.map(cell => z[cell]!))
    const x = Math.min(picture.width - 1, Math.round(left * side))
    const y = Math.min(picture.height - 1, Math.round(top * side))
    const bbox = [
      x,
      y,
      Math.min(picture.width - x, Math.round((right - left + 1) * side)),
      Math.min(picture.height - y, Math.round((low - top + 1) * side)),
    ] as const
    return { bbox, peak, area: Math.min(bbox[2] * bbox[3], Math.round(cells.length * side * side)) }
  })
  const worst = Math.max(...found.map(f => f.peak))
  return found.map(
    ({ bbox, peak, area }): Finding => ({
      class: 'unknown',
      score: peak === worst ? score : (score * Math.max(0, peak)) / worst,
      bbox,
      area,
      reasons: [reason('aoi.strange', { width: bbox[2], height: bbox[3], z: peak })],
    }),
  )
}
