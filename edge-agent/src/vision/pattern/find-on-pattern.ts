import type { Pattern, Recipe } from '@millwright/contract'
import type { Finding } from '../finding.ts'
import type { Screen } from '../locate.ts'
import type { Picture } from '../picture.ts'
import { findMarks } from './blob.ts'
import { findColour } from './colour.ts'
import { findDeadPixels } from './dead-pixel.ts'
import { deviation, fitField, flatten } from './flat-field.ts'
import { findLines } from './line.ts'
import { halve, luminanceOf } from './lit.ts'
import { findMura } from './mura.ts'
import { findBands } from './mura-band.ts'
import { joinStrokes } from './strokes.ts'

/** Width of the active area of the product, mm: a 14-inch panel, 16:9. */
const SCREEN_WIDTH_MM = 309

/** Score from which a finding explains what lies in its box. */
const EXPLAINS = 0.4
/** Blur around an explained thing, px. */
const NEAR = 24
/** A mark wider than this (px) is more than a pixel defect. */
const MOST_SPOT = 16

/** Analytic checks of a lit (or black) pattern. A checkerboard has no flat field: pixels only. */
export function findOnPattern(picture: Picture, screen: Screen, pattern: Pattern, recipe: Recipe): Finding[] {
  const dark = pattern === 'black'
  const { deadPixelContrast, muraSemu, colourDe00 } = recipe.analytic
  const pixels = joinStrokes(findDeadPixels(picture, screen, dark, deadPixelContrast))
  if (pattern === 'checker') return pixels
  const lines = findLines(picture, screen, dark)
  const fine = luminanceOf(picture, screen, 4)
  const coarse = halve(fine)
  const field = fitField(coarse)
  const flat = deviation(coarse, field)
  const mmPerPx = SCREEN_WIDTH_MM / screen.sides[0]
  // A wide band would bend a polynomial of degree 4 around itself.
  const bands = findBands(coarse, flatten(coarse, 2), mmPerPx, muraSemu)
  const soft = findMura(coarse, flat, mmPerPx, muraSemu, dark)
  const leaks = soft.filter(f => f.class === 'light_leak' && isSure(f))
  const known = [...lines, ...leaks].filter(isSure)
  const marks = apart(findMarks(fine, field), known, NEAR)
  const wideMarks = marks.filter(f => isSure(f) && Math.max(f.bbox[2], f.bbox[3]) > MOST_SPOT)
  // The bright points of a wide mark are no dead pixels; a small mark around a dead pixel is that pixel.
  const spots = apart(pixels, wideMarks, 0)
  const left = marks.filter(f => wideMarks.includes(f) || apart([f], spots.filter(isSure), NEAR).length > 0)
  const explained = [...known, ...spots, ...left].filter(isSure)
  const wide = apart(bands, explained, NEAR)
  const mura = apart(
    soft.filter(f => f.class === 'mura'),
    [...explained, ...wide.filter(isSure)],
    NEAR,
  )
  const colour = dark ? [] : findColour(picture, screen, colourDe00)
  return [...spots, ...lines, ...leaks, ...left, ...wide, ...mura, ...colour]
}

const isSure = (found: Finding) => found.score >= EXPLAINS

/** Leaves out what another check has explained: a finding that lies to a quarter in the box (and `pad` px around) of another. */
function apart(findings: readonly Finding[], explained: readonly Finding[], pad: number): Finding[] {
  return findings.filter(f => !explained.some(e => share(f.bbox, e.bbox, pad) > 0.25))
}

/** Share of box a that box b with `pad` px around it covers. */
function share(a: Finding['bbox'], b: Finding['bbox'], pad: number): number {
  const w = Math.min(a[0] + a[2], b[0] + b[2] + pad) - Math.max(a[0], b[0] - pad)
  const h = Math.min(a[1] + a[3], b[1] + b[3] + pad) - Math.max(a[1], b[1] - pad)
  return w <= 0 || h <= 0 ? 0 : (w * h) / (a[2] * a[3])
}
