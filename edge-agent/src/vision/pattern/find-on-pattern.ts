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
import { findBands } from './mura-band.ts'
import { joinStrokes } from './strokes.ts'

/** Width of the active area of the product, mm: a 14-inch panel, 16:9. */
const SCREEN_WIDTH_MM = 309

/** Score from which a finding explains what lies in its box. */
const EXPLAINS = 0.4

/** Analytic checks of a lit (or black) pattern. A checkerboard has no flat field: pixels only. */
export function findOnPattern(picture: Picture, screen: Screen, pattern: Pattern, recipe: Recipe): Finding[] {
  const dark = pattern === 'black'
  const { deadPixelContrast, muraSemu, colourDe00 } = recipe.analytic
  const pixels = joinStrokes(findDeadPixels(picture, screen, dark, deadPixelContrast))
  if (pattern === 'checker') return pixels
  const lines = findLines(picture, screen, dark)
  const coarse = luminanceOf(picture, screen, 8)
  const flat = flatten(coarse)
  const mmPerPx = SCREEN_WIDTH_MM / screen.sides[0]
  // A wide band would bend a polynomial of degree 4 around itself.
  const bands = findBands(coarse, flatten(coarse, 2), mmPerPx, muraSemu)
  const soft = findMura(coarse, flat, mmPerPx, muraSemu, dark)
  const leaks = soft.filter(f => f.class === 'light_leak' && f.score >= EXPLAINS)
  const sure = [...pixels, ...lines, ...leaks].filter(f => f.score >= EXPLAINS)
  const marks = apart(findMarks(luminanceOf(picture, screen, 4)), sure)
  const explained = [...sure, ...marks.filter(f => f.score >= EXPLAINS)]
  const wide = apart(bands, explained)
  const mura = apart(
    soft.filter(f => f.class === 'mura'),
    [...explained, ...wide.filter(f => f.score >= EXPLAINS)],
  )
  const colour = dark ? [] : findColour(picture, screen, colourDe00)
  return [...pixels, ...lines, ...leaks, ...marks, ...wide, ...mura, ...colour]
}

/** Leaves out what a finer check has explained: a finding that is mostly the box of another. */
function apart(findings: readonly Finding[], explained: readonly Finding[]): Finding[] {
  return findings.filter(f => !explained.some(e => share(f.bbox, e.bbox) > 0.25))
}

/** Share of box a that box b (and 24 px around it) covers. */
function share(a: Finding['bbox'], b: Finding['bbox']): number {
  const pad = 24
  const w = Math.min(a[0] + a[2], b[0] + b[2] + pad) - Math.max(a[0], b[0] - pad)
  const h = Math.min(a[1] + a[3], b[1] + b[3] + pad) - Math.max(a[1], b[1] - pad)
  return w <= 0 || h <= 0 ? 0 : (w * h) / (a[2] * a[3])
}
