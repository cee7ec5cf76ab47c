import { type Finding, scoreAgainst } from '../finding.ts'
import type { Screen } from '../locate.ts'
import { type Picture, quantile } from '../picture.ts'
import { reason } from '../reasons.ts'
import { isJudged, judgedBox, LINEAR } from './lit.ts'

/** First look: one pixel against four around it, in deviations of that difference. Cheap, and lets some noise through. */
const LOOK_Z = 3.5
/** What counts: the pixel, or the mean of 3 x 3, against a ring of eight points, which slow moiré does not move. */
const LEAST_Z = 6.5
/** Wider than this (px of the picture) is no pixel. */
const MOST_SIDE = 6
const RING = 4
const FULL_WHITE = 0.74
const AROUND = [
  [RING, 0],
  [-RING, 0],
  [0, RING],
  [0, -RING],
  [3, 3],
  [3, -3],
  [-3, 3],
  [-3, -3],
] as const

/**
 * Dead, stuck and hot pixels in the channel that is lit. Contrast is summed over the spot, so that it does not depend on how
 * far the optics spread it: 1 is one pixel quite dark (or, on black, quite lit).
 */
export function findDeadPixels(picture: Picture, screen: Screen, dark: boolean, limit: number): Finding[] {
  const channel = brightest(picture, screen)
  const { pixels, width } = picture
  const light = (x: number, y: number) => LINEAR[pixels[(y * width + x) * 3 + channel]!]!
  const noise = noiseOf(picture, screen, light)
  const look = LOOK_Z * noise.single
  const [left, top, right, low] = judgedBox(screen)
  const found: Finding[] = []
  const taken = new Set<number>()
  const up = RING * width * 3
  for (let y = Math.max(top, RING); y <= Math.min(low, picture.height - 1 - RING); y += 1) {
    for (let x = Math.max(left, RING); x <= Math.min(right, width - 1 - RING); x += 1) {
      const at = (y * width + x) * 3 + channel
      const here = LINEAR[pixels[at]!]!
      const beside = (LINEAR[pixels[at - RING * 3]!]! + LINEAR[pixels[at + RING * 3]!]!) / 2
      if (Math.abs(here - beside) < look) continue
      const above = (LINEAR[pixels[at - up]!]! + LINEAR[pixels[at + up]!]!) / 2
      if (Math.abs(here - above) < look || taken.has(y * width + x) || !isJudged(screen, x, y)) continue
      const { off, around, spread } = compare(light, x, y)
      const z = Math.max(Math.abs(off) / noise.spot, Math.abs(here - around) / noise.single)
      if (z < LEAST_Z || spread > Math.max(6 * noise.single, Math.abs(here - around))) continue
      const spot = grow(light, x, y, around, noise.single, taken, width)
      if (spot === undefined || found.some(f => touches(f.bbox, spot.bbox))) continue
      const contrast = spot.sum / (dark ? FULL_WHITE : Math.max(0.01, around))
      found.push({
        class: 'dead_pixel',
        subclass: off > 0 ? 'bright' : 'dark',
        score: scoreAgainst(limit, contrast),
        bbox: spot.bbox,
        area: spot.area,
        reasons: [reason('aoi.dead_pixel', { contrast, limit, z })],
      })
    }
  }
  return found
}

function touches(a: Finding['bbox'], b: Finding['bbox']): boolean {
  return a[0] <= b[0] + b[2] && b[0] <= a[0] + a[2] && a[1] <= b[1] + b[3] && b[1] <= a[1] + a[3]
}

type Light = (x: number, y: number) => number

/** Mean of 3 x 3 less the mean of the ring; the ring's own mean and spread. */
function compare(light: Light, x: number, y: number): { off: number; around: number; spread: number } {
  let [sum, least, most] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const [dx, dy] of AROUND) {
    const value = light(x + dx, y + dy)
    sum += value
    if (value < least) least = value
    if (value > most) most = value
  }
  let spot = 0
  for (let j = -1; j <= 1; j += 1) for (let i = -1; i <= 1; i += 1) spot += light(x + i, y + j)
  const around = sum / AROUND.length
  return { off: spot / 9 - around, around, spread: most - least }
}

/** The connected pixels beyond three deviations around the spot's extreme; undefined where they are more than a pixel defect. */
function grow(
  light: Light,
  x: number,
  y: number,
  around: number,
  deviation: number,
  taken: Set<number>,
  width: number,
) {
  const sign = Math.sign(light(x, y) - around)
  const off = (i: number, j: number) => (light(i, j) - around) * sign
  let [cx, cy] = [x, y]
  for (let j = y; j <= y + 3; j += 1) {
    for (let i = x - 2; i <= x + 3; i += 1) if (off(i, j) > off(cx, cy)) [cx, cy] = [i, j]
  }
  if (taken.has(cy * width + cx)) return undefined
  const least = Math.max(3 * deviation, 0.15 * off(cx, cy))
  let [left, top, right, low, sum, area] = [cx, cy, cx, cy, 0, 0]
  const stack: [number, number][] = [[cx, cy]]
  const seen = new Set([cy * width + cx])
  while (stack.length > 0) {
    const [i, j] = stack.pop()!
    sum += off(i, j)
    area += 1
    left = Math.min(left, i)
    right = Math.max(right, i)
    top = Math.min(top, j)
    low = Math.max(low, j)
    for (const [u, v] of [
      [i - 1, j],
      [i + 1, j],
      [i, j - 1],
      [i, j + 1],
    ] as const) {
      const key = v * width + u
      if (seen.has(key) || Math.abs(u - cx) > RING || Math.abs(v - cy) > RING || off(u, v) < least) continue
      seen.add(key)
      stack.push([u, v])
    }
  }
  for (const key of seen) taken.add(key)
  const bbox = [left, top, right - left + 1, low - top + 1] as const
  return bbox[2] > MOST_SIDE || bbox[3] > MOST_SIDE ? undefined : { bbox, area, sum }
}

function brightest(picture: Picture, screen: Screen): number {
  const sums = [0, 0, 0]
  eachSample(picture, screen, (x, y) => {
    for (let c = 0; c < 3; c += 1) sums[c]! += picture.pixels[(y * picture.width + x) * 3 + c]!
  })
  return sums.indexOf(Math.max(...sums))
}

/** Deviations of one pixel and of a 3 x 3 spot against the ring; the largest hundredth is left out. */
function noiseOf(picture: Picture, screen: Screen, light: Light): { single: number; spot: number } {
  const samples: { single: number; spot: number; spread: number }[] = []
  eachSample(picture, screen, (x, y) => {
    if (x < RING || y < RING || x >= picture.width - RING || y >= picture.height - RING) return
    const { off, around, spread } = compare(light, x, y)
    samples.push({ single: light(x, y) - around, spot: off, spread })
  })
  // The edges of a checkerboard are no noise: only even neighbourhoods tell.
  const even =
    3 *
    quantile(
      samples.map(s => s.spread),
      0.4,
    )
  const kept = samples.filter(s => s.spread <= even)
  return {
    single: Math.max(4e-4, trimmed(kept.map(s => s.single))),
    spot: Math.max(1.5e-4, trimmed(kept.map(s => s.spot))),
  }
}

function trimmed(values: readonly number[]): number {
  const squares = values.map(v => v * v).sort((a, b) => a - b)
  const kept = squares.slice(0, Math.ceil(0.99 * squares.length))
  return 1.04 * Math.sqrt(kept.reduce((sum, v) => sum + v, 0) / Math.max(1, kept.length))
}

function eachSample(picture: Picture, screen: Screen, visit: (x: number, y: number) => void): void {
  const [left, top, right, low] = judgedBox(screen)
  const step = Math.max(1, Math.round(Math.sqrt(((right - left) * (low - top)) / 12000)))
  for (let y = top; y <= Math.min(low, picture.height - 1); y += step) {
    for (let x = left; x <= Math.min(right, picture.width - 1); x += step) visit(x, y)
  }
}
