import { ciede2000, type Lab, labOf } from '@millwright/models'
import { type Finding, scoreAgainst } from '../finding.ts'
import type { Screen } from '../locate.ts'
import { type Picture, quantile } from '../picture.ts'
import { reason } from '../reasons.ts'
import { isJudged, judgedBox, LINEAR } from './lit.ts'

const COLUMNS = 16
const ROWS = 9

/**
 * Colour deviation: 16 x 9 zones, each brought to the same luminance (brightness is mura's matter), against the median zone.
 * The worst zone is reported; zones beyond half of its difference make its area.
 */
export function findColour(picture: Picture, screen: Screen, limit: number): Finding[] {
  const [left, top, right, low] = judgedBox(screen)
  const [w, h] = [(right - left + 1) / COLUMNS, (low - top + 1) / ROWS]
  const luminance = (rgb: readonly number[]) => 0.2126 * rgb[0]! + 0.7152 * rgb[1]! + 0.0722 * rgb[2]!
  // Of one luminance each, before the median is taken: where the light falls off, a tinted part would shift its own colour's median.
  const zones = Array.from({ length: COLUMNS * ROWS }, (_, i) => {
    const mean = meanOf(picture, screen, left + (i % COLUMNS) * w, top + Math.floor(i / COLUMNS) * h, w, h)
    const gain = 1 / Math.max(1e-6, luminance(mean))
    return [mean[0] * gain, mean[1] * gain, mean[2] * gain] as const
  })
  const median = ([0, 1, 2] as const).map(c =>
    quantile(
      zones.map(z => z[c]),
      0.5,
    ),
  ) as [number, number, number]
  const white = Math.max(...median)
  const lab = (rgb: readonly [number, number, number]): Lab => {
    const gain = luminance(median) / Math.max(1e-6, luminance(rgb)) / white
    return labOf([rgb[0] * gain, rgb[1] * gain, rgb[2] * gain])
  }
  const centre = lab(median)
  const differences = zones.map(zone => ciede2000(centre, lab(zone)))
  const worst = Math.max(...differences)
  if (worst < 0.4 * limit) return []
  const at = differences.indexOf(worst)
  const part = differences.flatMap((d, i) => (d > 0.5 * worst ? [i] : []))
  const xs = part.map(i => i % COLUMNS)
  const ys = part.map(i => Math.floor(i / COLUMNS))
  const [x0, x1, y0, y1] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)]
  const bbox = [
    Math.round(left + x0 * w),
    Math.round(top + y0 * h),
    Math.round((x1 - x0 + 1) * w),
    Math.round((y1 - y0 + 1) * h),
  ] as const
  return [
    {
      class: 'colour',
      score: scoreAgainst(limit, worst),
      bbox,
      area: Math.round(part.length * w * h),
      reasons: [
        reason('aoi.colour', { de00: worst, limit, zone: `${(at % COLUMNS) + 1}/${Math.floor(at / COLUMNS) + 1}` }),
      ],
    },
  ]
}

/** Rows and columns of a zone that are sampled. */
const SAMPLED = 24

/** Mean linear RGB of a zone. */
function meanOf(
  picture: Picture,
  screen: Screen,
  left: number,
  top: number,
  width: number,
  height: number,
): [number, number, number] {
  const { pixels } = picture
  const step = Math.max(1, Math.floor(Math.min(width, height) / SAMPLED))
  let [r, g, b, count] = [0, 0, 0, 0]
  for (let y = Math.ceil(top); y < top + height; y += step) {
    for (let x = Math.ceil(left); x < left + width; x += step) {
      if (!isJudged(screen, x, y)) continue
      const at = (y * picture.width + x) * 3
      r += LINEAR[pixels[at]!]!
      g += LINEAR[pixels[at + 1]!]!
      b += LINEAR[pixels[at + 2]!]!
      count += 1
    }
  }
  const n = Math.max(1, count)
  return [r / n, g / n, b / n]
}
