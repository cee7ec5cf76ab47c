import { type Finding, scoreAgainst } from '../finding.ts'
import type { Screen } from '../locate.ts'
import { quantile } from '../picture.ts'
import { reason } from '../reasons.ts'
import type { Relief } from './ground.ts'
import { FULL_WHITE, isJudged, type LightAt } from './lit.ts'
import { matched } from './matched.ts'

/** A block must stand this many deviations of noise off the blocks around it. */
const LEAST_Z = 5
/** Share of the limit from which a spot is looked at. */
const LOOK = 0.45
/** Contrast beyond which a spot is more than one pixel, and wider than what a pixel's image is matched with. */
const SEVERAL = 1.2
/** Distance of the ring that a block is held against, cells. */
const RING = 3
/** The ring may vary by this share of the spot's height, or it is no spot but a part of something larger. */
const EVEN = 0.6
/** What lies beside a spot may have this share of its height: more is a mark, and judged as one. */
const MOST_SHOULDER = 0.35
const TOUCHING = [-2, 0, 2]
  .flatMap(dy => [-2, 0, 2].map(dx => [dx, dy] as const))
  .filter(([x, y]) => x !== 0 || y !== 0)
/** Distance of a spot to the end of what is judged, both ways, px. */
const AWAY = 5
const CORNERS = [-AWAY, AWAY].flatMap(dy => [-AWAY, AWAY].map(dx => [dx, dy] as const))
/** What a block of 4 x 4 px catches of a pixel that the optics spread. */
const CAUGHT = 0.92
const AROUND = [
  [RING, 0],
  [-RING, 0],
  [0, RING],
  [0, -RING],
  [RING, RING],
  [RING, -RING],
  [-RING, RING],
  [-RING, -RING],
] as const

/**
 * Dead, stuck and hot pixels. Contrast is the sum over a block of 4 x 4 px, so that it depends neither on how far the optics
 * spread the pixel nor on where it falls: 1 is one pixel quite dark (or, on black, quite lit).
 */
export function findDeadPixels(
  relief: Relief,
  screen: Screen,
  light: LightAt,
  dark: boolean,
  limit: number,
): Finding[] {
  const { blocks, raised, width, height, level } = relief
  const px = relief.scale * 2
  const noise = noiseOf(relief)
  // Contrast of one pixel that a block's share stands for.
  const unit = (px * px * (dark ? level / FULL_WHITE : 1)) / CAUGHT
  const look = Math.max(LEAST_Z * noise, (LOOK * limit) / unit)
  const found: Finding[] = []
  for (const at of raised) {
    const x = at % width
    const y = (at - x) / width
    if (x < RING || y < RING || x >= width - RING - 1 || y >= height - RING - 1) continue
    const here = blocks[at]!
    if (here < look && here > -look) continue
    const beside = here - 0.5 * (blocks[at - RING]! + blocks[at + RING]!)
    if (beside < look && beside > -look) continue
    const above = here - 0.5 * (blocks[at - RING * width]! + blocks[at + RING * width]!)
    if ((above < look && above > -look) || above * beside < 0 || !isPeak(relief, at, beside)) continue
    const ring = ringAt(blocks, at, width)
    const off = here - ring.mean
    if (shoulder(blocks, at, width) * Math.sign(off) > MOST_SHOULDER * Math.abs(off)) continue
    if (ring.spread > Math.max(6 * noise, EVEN * Math.abs(off)) || Math.abs(off) < look) continue
    const [cx, cy] = [relief.left + (x + 1) * relief.scale, relief.top + (y + 1) * relief.scale]
    // At a round corner the edge passes a spot aslant.
    if (!CORNERS.every(([dx, dy]) => isJudged(screen, cx + dx, cy + dy))) continue
    const whole = Math.abs(off) * unit
    const contrast = whole > SEVERAL ? whole : Math.min(whole, matched(light, relief, x, y, Math.sign(off), dark))
    if (contrast < LOOK * limit) continue
    found.push(describe(relief, x, y, off, contrast, limit, noise))
  }
  return found
}

/** Mean of the eight blocks that touch the block: near 0 for a pixel, as high as it for a stain. */
function shoulder(blocks: Float32Array, at: number, width: number): number {
  let sum = 0
  for (const [dx, dy] of TOUCHING) sum += blocks[at + dy * width + dx]!
  return sum / TOUCHING.length
}

/** Is no block beside it (of the same sign) further off? Of equals the first counts. */
function isPeak({ blocks, width }: Relief, at: number, sign: number): boolean {
  const way = Math.sign(sign)
  const here = way * blocks[at]!
  for (let j = -2; j <= 2; j += 1) {
    for (let i = -2; i <= 2; i += 1) {
      const there = way * blocks[at + j * width + i]!
      if (there > here || (there === here && j * width + i < 0)) return false
    }
  }
  return true
}

function ringAt(blocks: Float32Array, at: number, width: number): { mean: number; spread: number } {
  let [sum, least, most] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const [dx, dy] of AROUND) {
    const value = blocks[at + dy * width + dx]!
    sum += value
    if (value < least) least = value
    if (value > most) most = value
  }
  return { mean: sum / AROUND.length, spread: most - least }
}

function describe(
  relief: Relief,
  x: number,
  y: number,
  off: number,
  contrast: number,
  limit: number,
  noise: number,
): Finding {
  const { scale, off: fine, width } = relief
  const sign = Math.sign(off)
  let peak = 0
  for (let j = 0; j <= 1; j += 1)
    for (let i = 0; i <= 1; i += 1) peak = Math.max(peak, sign * fine[(y + j) * width + x + i]!)
  let [x0, y0, x1, y1, cells] = [x + 1, y + 1, x, y, 0]
  for (let j = y - 1; j <= y + 2; j += 1) {
    for (let i = x - 1; i <= x + 2; i += 1) {
      if (sign * fine[j * width + i]! < 0.4 * peak) continue
      cells += 1
      x0 = Math.min(x0, i)
      x1 = Math.max(x1, i)
      y0 = Math.min(y0, j)
      y1 = Math.max(y1, j)
    }
  }
  return {
    class: 'dead_pixel',
    subclass: off > 0 ? 'bright' : 'dark',
    score: scoreAgainst(limit, contrast),
    bbox: [
      relief.left + x0 * scale,
      relief.top + y0 * scale,
      Math.max(1, x1 - x0 + 1) * scale,
      Math.max(1, y1 - y0 + 1) * scale,
    ],
    area: Math.max(1, cells) * scale * scale,
    reasons: [reason('aoi.dead_pixel', { contrast, limit, z: Math.abs(off) / noise })],
  }
}

/** Deviation of a block against its ring; uneven places (the edges of a checkerboard) and the largest hundredth are left out. */
function noiseOf({ blocks, width, height }: Relief): number {
  const offs: number[] = []
  const spreads: number[] = []
  const step = Math.max(1, Math.round(Math.sqrt((width * height) / 3000)))
  for (let y = RING; y < height - RING - 1; y += step) {
    for (let x = RING; x < width - RING - 1; x += step) {
      const { mean, spread } = ringAt(blocks, y * width + x, width)
      offs.push((blocks[y * width + x]! - mean) ** 2)
      spreads.push(spread)
    }
  }
  const even = 3 * quantile(spreads, 0.4)
  const squares = Float64Array.from(offs.filter((_, i) => spreads[i]! <= even)).sort()
  const kept = squares.subarray(0, Math.ceil(0.99 * squares.length))
  return Math.max(2e-4, 1.04 * Math.sqrt(kept.reduce((sum, v) => sum + v, 0) / Math.max(1, kept.length)))
}
