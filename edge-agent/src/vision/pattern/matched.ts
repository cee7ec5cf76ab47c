import type { Relief } from './ground.ts'
import { FULL_WHITE, type LightAt } from './lit.ts'

/** Sigma of one pixel's image, px: a lens of 0.5 to 0.9 and the pixel's own width. */
const SIGMA = 0.8
const REACH = 2
/** Places that are tried, px around the middle of the block. */
const TRIED = [-1.5, -1, -0.5, 0, 0.5, 1, 1.5]
/** Ring that the light around is read from, px. */
const [INNER, OUTER] = [4, 7]

/**
 * Contrast of one pixel by a matched filter on the capture's own px, at the place where it is highest: noise that fills the block of 4 x 4 px is weighed
 * down, for the image of a pixel does not fill it (1.7 times the signal to noise of the block's sum).
 */
export function matched(light: LightAt, relief: Relief, x: number, y: number, sign: number, dark: boolean): number {
  const cx = relief.left + (x + 1) * relief.scale - 0.5
  const cy = relief.top + (y + 1) * relief.scale - 0.5
  const around = ring(light, Math.round(cx), Math.round(cy))
  const unit = dark ? FULL_WHITE : Math.max(1e-5, around)
  let best = 0
  for (const dy of TRIED) {
    for (const dx of TRIED) {
      const [px, py] = [Math.round(cx + dx), Math.round(cy + dy)]
      let [sum, squares] = [0, 0]
      for (let j = py - REACH; j <= py + REACH; j += 1) {
        for (let i = px - REACH; i <= px + REACH; i += 1) {
          const weight = Math.exp(-((i - cx - dx) ** 2 + (j - cy - dy) ** 2) / (2 * SIGMA * SIGMA))
          sum += weight * (light(i, j) - around)
          squares += weight * weight
        }
      }
      // The weights of a pixel's image sum to one: 2 pi sigma squared of these.
      const contrast = (sign * sum) / squares / unit
      best = Math.max(best, contrast * 2 * Math.PI * SIGMA * SIGMA)
    }
  }
  return best
}

function ring(light: LightAt, cx: number, cy: number): number {
  let [sum, count] = [0, 0]
  for (let j = -OUTER; j <= OUTER; j += 1) {
    for (let i = -OUTER; i <= OUTER; i += 1) {
      if (Math.max(Math.abs(i), Math.abs(j)) < INNER) continue
      sum += light(cx + i, cy + j)
      count += 1
    }
  }
  return sum / count
}
