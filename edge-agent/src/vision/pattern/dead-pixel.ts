import { type Finding, scoreAgainst } from '../finding.ts'
import type { Screen } from '../locate.ts'
import { type Picture, robust } from '../picture.ts'
import { reason } from '../reasons.ts'
import { isJudged, judgedBox, LINEAR } from './lit.ts'

/** A candidate stands out from its neighbourhood by this many deviations of the noise. */
const LEAST_Z = 7
/** Wider than this (px of the picture) is no pixel. */
const MOST_SIDE = 7
const RING = 4
const FULL_WHITE = 0.74

/**
 * Dead, stuck and hot pixels: the brightest-changing channel against eight points around it. Contrast is summed over the
 * spot, so that it does not depend on how far the optics spread it: 1 is one pixel quite dark (or, on black, quite lit).
 */
export function findDeadPixels(picture: Picture, screen: Screen, dark: boolean, limit: number): Finding[] {
  const channel = brightest(picture, screen)
  const light = (x: number, y: number) => LINEAR[picture.pixels[(y * picture.width + x) * 3 + channel]!]!
  const deviation = noiseOf(picture, screen, channel)
  const [left, top, right, low] = judgedBox(screen)
  const threshold = LEAST_Z * deviation
  const found: Finding[] = []
  const taken = new Set<number>()
  const { pixels, width } = picture
  const up = RING * width * 3
  for (let y = Math.max(top, RING); y <= Math.min(low, picture.height - 1 - RING); y += 1) {
    for (let x = Math.max(left, RING); x <= Math.min(right, width - 1 - RING); x += 1) {
      const at = (y * width + x) * 3 + channel
      const here = LINEAR[pixels[at]!]!
      const a = LINEAR[pixels[at - RING * 3]!]!
      const b = LINEAR[pixels[at + RING * 3]!]!
      if (Math.abs(here - (a + b) / 2) < threshold) continue
      const c = LINEAR[pixels[at - up]!]!
      const d = LINEAR[pixels[at + up]!]!
      const around = (a + b + c + d) / 4
      const spread = Math.max(a, b, c, d) - Math.min(a, b, c, d)
      const off = here - around
      if (Math.abs(off) < threshold || spread > Math.max(threshold, 0.35 * Math.abs(off))) continue
      if (taken.has(y * width + x) || !isJudged(screen, x, y)) continue
      const spot = grow(light, x, y, around, deviation, taken, width)
      if (spot === undefined) continue
      const contrast = spot.sum / (dark ? FULL_WHITE : Math.max(0.01, around))
      found.push({
        class: 'dead_pixel',
        subclass: off > 0 ? 'bright' : 'dark',
        score: scoreAgainst(limit, contrast),
        bbox: spot.bbox,
        area: spot.area,
        reasons: [reason('aoi.dead_pixel', { contrast, limit, z: Math.abs(off) / deviation })],
      })
    }
  }
  return found
}

/** The spot's pixels beyond two deviations within four px; undefined where it is larger than a pixel defect. */
function grow(
  light: (x: number, y: number) => number,
  x: number,
  y: number,
  around: number,
  deviation: number,
  taken: Set<number>,
  width: number,
) {
  let [left, top, right, low, sum, area] = [x, y, x, y, 0, 0]
  const sign = Math.sign(light(x, y) - around)
  const peak = Math.abs(light(x, y) - around)
  for (let j = y - RING; j <= y + RING; j += 1) {
    for (let i = x - RING; i <= x + RING; i += 1) {
      const off = (light(i, j) - around) * sign
      if (off < Math.max(2.5 * deviation, 0.12 * peak)) continue
      taken.add(j * width + i)
      sum += off
      area += 1
      left = Math.min(left, i)
      right = Math.max(right, i)
      top = Math.min(top, j)
      low = Math.max(low, j)
    }
  }
  const bbox = [left, top, right - left + 1, low - top + 1] as const
  return bbox[2] > MOST_SIDE || bbox[3] > MOST_SIDE ? undefined : { bbox, area, sum }
}

function brightest(picture: Picture, screen: Screen): number {
  const sums = [0, 0, 0]
  eachSample(picture, screen, at => {
    for (let c = 0; c < 3; c += 1) sums[c]! += picture.pixels[at + c]!
  })
  return sums.indexOf(Math.max(...sums))
}

/** Deviation of the difference of neighbours at the ring's distance, as of one pixel against the mean of many. */
function noiseOf(picture: Picture, screen: Screen, channel: number): number {
  const steps: number[] = []
  eachSample(picture, screen, at => {
    const next = at + RING * 3
    if (next + channel < picture.pixels.length)
      steps.push(LINEAR[picture.pixels[next + channel]!]! - LINEAR[picture.pixels[at + channel]!]!)
  })
  return Math.max(6e-4, robust(steps).deviation * 0.8)
}

function eachSample(picture: Picture, screen: Screen, visit: (at: number) => void): void {
  const [left, top, right, low] = judgedBox(screen)
  const step = Math.max(1, Math.round(Math.sqrt(((right - left) * (low - top)) / 20000)))
  for (let y = top; y <= low; y += step)
    for (let x = left; x <= right - RING; x += step) visit((y * picture.width + x) * 3)
}
