import { type Finding, scoreAgainst } from '../finding.ts'
import { type Island, islands } from '../islands.ts'
import type { Screen } from '../locate.ts'
import { quantile } from '../picture.ts'
import { reason } from '../reasons.ts'
import { scratchBytes } from '../scratch.ts'
import type { Relief } from './ground.ts'
import { FULL_WHITE, isJudged } from './lit.ts'

const LEAST_Z = 4.5
/** A stain fails from this share of the luminance; on black, a mark from this share of full white. */
const LIMIT = 0.04
const BLACK_LIMIT = 0.02
/** A scratch fails from this share times its width in px (2 px at 4 %). */
const SCRATCH_LIMIT = 0.08
/** Share times px2 of the least mark that fails: a scratch of 20 px, a stain of 100 px2. */
const LEAST_SCRATCH = 1.6
const LEAST_STAIN = 4
/** Cells below which it is noise or a pixel. */
const LEAST_CELLS = 5
/** Share of the height that may be left so many cells outside of the outline: a mark on the glass has an edge, mura has none. */
const MOST_LEFT = 0.4
const OUTSIDE = 3
/** Quantile of the core that stands for a mark's inside. */
const INSIDE = 0.75
/** Length to width from which a mark is a scratch. */
const SLENDER = 3.2

/** Marks on the glass seen against the lit screen (scratch, stain): sharp-edged islands of the relief. */
export function findMarks(relief: Relief, screen: Screen, dark: boolean): Finding[] {
  const { blocks, raised, width, height, noise, scale, left, top } = relief
  const share = dark ? relief.level / FULL_WHITE : 1
  const threshold = Math.max(LEAST_Z * noise, (0.25 * (dark ? BLACK_LIMIT : LIMIT)) / share)
  const marked = scratchBytes('marked', blocks.length)
  marked.fill(0)
  for (const at of raised) {
    const v = blocks[at]!
    if (v < threshold && v > -threshold) continue
    const x = at % width
    const y = (at - x) / width
    if (isJudged(screen, left + (x + 1) * scale, top + (y + 1) * scale)) marked[at] = 1
  }
  return islands(marked, width, height).flatMap(island => describe(relief, island, dark, share))
}

function describe(relief: Relief, island: Island, dark: boolean, share: number): Finding[] {
  const { blocks, width, scale } = relief
  const [x0, y0, x1, y1] = island.span
  const [w, h] = [x1 - x0 + 1, y1 - y0 + 1]
  // Full rows and columns are line defects; small ones belong to the pixel check.
  if (island.cells.length < LEAST_CELLS || w > 0.8 * width || h > 0.8 * relief.height) return []
  const heights = Float32Array.from(island.cells, cell => Math.abs(blocks[cell]!))
  const peak = quantile(heights, 0.9)
  if (leftOutside(blocks, width, island, peak) > MOST_LEFT) return []
  const sum = heights.reduce((a, b) => a + b, 0)
  // Blocks of 4 px dull the rim, which is most of a small mark: the upper quarter of the core is its inside.
  const core = heights.filter(v => v >= 0.5 * peak)
  const contrast = quantile(core, INSIDE) * share
  const whole = sum * scale * scale * share
  const length = extent(island, width) * scale
  const slender = (length * length) / (island.cells.length * scale * scale)
  const kind = slender > SLENDER ? 'scratch' : 'stain'
  const ratio =
    kind === 'scratch'
      ? Math.min(whole / length / SCRATCH_LIMIT, whole / LEAST_SCRATCH)
      : Math.min(contrast / LIMIT, whole / LEAST_STAIN)
  const bbox = [relief.left + x0 * scale, relief.top + y0 * scale, (w + 1) * scale, (h + 1) * scale] as const
  const limited = dark ? (ratio * LIMIT) / BLACK_LIMIT : ratio
  return [
    {
      class: kind,
      // A mark fails from 0.75: twice the exponent.
      score: scoreAgainst(0.5, limited),
      bbox,
      area: island.cells.length * scale * scale,
      reasons: [
        reason(kind === 'scratch' ? 'aoi.lit_scratch' : 'aoi.lit_stain', {
          length_px: length,
          width: bbox[2],
          height: bbox[3],
          contrast: 100 * contrast,
        }),
      ],
    },
  ]
}

/** Extent along the main axis, cells. */
function extent({ cells }: Island, width: number): number {
  let [mx, my] = [0, 0]
  for (const cell of cells) {
    mx += cell % width
    my += Math.floor(cell / width)
  }
  mx /= cells.length
  my /= cells.length
  let [xx, xy, yy] = [0, 0, 0]
  for (const cell of cells) {
    const [dx, dy] = [(cell % width) - mx, Math.floor(cell / width) - my]
    xx += dx * dx
    xy += dx * dy
    yy += dy * dy
  }
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy)
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  let [least, most] = [0, 0]
  for (const cell of cells) {
    const along = ((cell % width) - mx) * cos + (Math.floor(cell / width) - my) * sin
    if (along < least) least = along
    if (along > most) most = along
  }
  return most - least + 1
}

/** What is left of the height a little outside of the outline, as a share of it: near 0 for a mark, much for the flank of a mura. */
function leftOutside(blocks: Float32Array, width: number, { cells }: Island, peak: number): number {
  const own = new Set(cells)
  let sum = 0
  let count = 0
  for (const cell of cells) {
    const sign = Math.sign(blocks[cell]!)
    for (const way of [-1, 1, -width, width]) {
      if (own.has(cell + way)) continue
      const there = blocks[cell + OUTSIDE * way]
      if (there === undefined || own.has(cell + OUTSIDE * way)) continue
      sum += sign * there
      count += 1
    }
  }
  return count === 0 ? 0 : sum / count / peak
}
