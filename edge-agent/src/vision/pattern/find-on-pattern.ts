import type { Pattern, Recipe } from '@millwright/contract'
import type { Finding } from '../finding.ts'
import type { Screen } from '../locate.ts'
import type { Picture } from '../picture.ts'
import { findMarks } from './blob.ts'
import { findColour } from './colour.ts'
import { findDeadPixels } from './dead-pixel.ts'
import { flatten } from './flat-field.ts'
import { findLines } from './line.ts'
import { luminanceOf } from './lit.ts'
import { findMura } from './mura.ts'

/** Width of the active area of the product, mm: a 14-inch panel, 16:9. */
const SCREEN_WIDTH_MM = 309

/** Analytic checks of a lit (or black) pattern. A checkerboard has no flat field: pixels only. */
export function findOnPattern(picture: Picture, screen: Screen, pattern: Pattern, recipe: Recipe): Finding[] {
  const dark = pattern === 'black'
  const { deadPixelContrast, muraSemu, colourDe00 } = recipe.analytic
  const pixels = findDeadPixels(picture, screen, dark, deadPixelContrast)
  if (pattern === 'checker') return pixels
  const lines = findLines(picture, screen, dark)
  const coarse = luminanceOf(picture, screen, 8)
  const mmPerPx = SCREEN_WIDTH_MM / screen.sides[0]
  const found = [...pixels, ...lines]
  const marks = apart(findMarks(luminanceOf(picture, screen, 4)), found)
  const soft = apart(findMura(coarse, flatten(coarse), mmPerPx, muraSemu, dark), [...found, ...marks])
  const colour = dark ? [] : findColour(picture, screen, colourDe00)
  return [...found, ...marks, ...soft, ...colour]
}

/** Leaves out what a finer check has explained: a finding that is mostly the box of another. */
function apart(findings: readonly Finding[], explained: readonly Finding[]): Finding[] {
  return findings.filter(f => !explained.some(e => share(f.bbox, e.bbox) > 0.3))
}

/** Share of box a that box b (and 12 px around it) covers. */
function share(a: Finding['bbox'], b: Finding['bbox']): number {
  const pad = 12
  const w = Math.min(a[0] + a[2], b[0] + b[2] + pad) - Math.max(a[0], b[0] - pad)
  const h = Math.min(a[1] + a[3], b[1] + b[3] + pad) - Math.max(a[1], b[1] - pad)
  return w <= 0 || h <= 0 ? 0 : (w * h) / (a[2] * a[3])
}
