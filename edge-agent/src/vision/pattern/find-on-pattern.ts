import type { Pattern, Recipe } from '@millwright/contract'
import type { Finding } from '../finding.ts'
import type { Screen } from '../locate.ts'
import { type Picture, quantile } from '../picture.ts'
import { scratchFloats } from '../scratch.ts'
import { findMarks } from './blob.ts'
import { findColour } from './colour.ts'
import { findDeadPixels } from './dead-pixel.ts'
import { edgesOf, slopesOf, spansOf } from './edges.ts'
import { deviation, type Field, fitField } from './flat-field.ts'
import { type Relief, reliefOf, relieve } from './ground.ts'
import { findLines } from './line.ts'
import { fineLight, halve, halved, type Luminance, lightAt, onlyJudged, type Spans } from './lit.ts'
import { removeMoire } from './moire.ts'
import { findMura, LEAK_BANDS } from './mura.ts'
import { findBands } from './mura-band.ts'
import { joinStrokes } from './strokes.ts'

/** Width of the active area of the product, mm: a 14-inch panel, 16:9. */
const SCREEN_WIDTH_MM = 309

/** Score from which a finding explains what lies in its box. */
const EXPLAINS = 0.36
/** Blur around an explained thing, px. */
const NEAR = 24
/** A mark wider than this (px) is more than a pixel defect. */
const MOST_SPOT = 16

/** Analytic checks of a lit (or black) pattern. A checkerboard has no flat field: pixels only. */
export function findOnPattern(picture: Picture, screen: Screen, pattern: Pattern, recipe: Recipe): Finding[] {
  const dark = pattern === 'black'
  const { deadPixelContrast, muraSemu, colourDe00 } = recipe.analytic
  const fine = fineLight(picture, screen, pattern)
  const light = lightAt(picture, pattern)
  if (pattern === 'checker') return findDeadPixels(chequered(fine), screen, light, false, deadPixelContrast)
  const edges = edgesOf(picture, screen)
  const spans = spansOf(edges, screen, fine)
  const half = halve(halve(fine))
  const coarse = onlyJudged(half, screen, spansOf(edges, screen, half))
  const { still, field, off } = withoutMoire(fine, coarse, spans)
  const relief = reliefOf(fine, off, field.level)
  const pixels = joinStrokes(findDeadPixels(relief, screen, light, dark, deadPixelContrast))
  const lines = findLines(relief, spans, slopesOf(edges), dark)
  const mmPerPx = SCREEN_WIDTH_MM / screen.sides[0]
  // A wide band, and a leak along the edge, would bend a polynomial of degree 4 around itself.
  const stiff = deviation(still, fitField(still, 'stiff'))
  const bands = dark ? [] : findBands(still, stiff, mmPerPx, muraSemu)
  const atEdge = dark ? [] : findMura(still, stiff, mmPerPx, muraSemu, false, LEAK_BANDS)
  const soft = findMura(still, dark ? stiff : deviation(still, field), mmPerPx, muraSemu, dark)
  const isSure = (found: Finding) => counts(found, recipe)
  const leaks = [...atEdge, ...soft].filter(f => f.class === 'light_leak' && f.subclass !== 'inside' && isSure(f))
  const known = [...lines, ...leaks].filter(isSure)
  const marks = apart(findMarks(relief, screen, dark), known, NEAR)
  const wideMarks = marks.filter(f => isSure(f) && Math.max(f.bbox[2], f.bbox[3]) > MOST_SPOT)
  // The bright points of a wide mark are no dead pixels; a small mark around a dead pixel is that pixel.
  const spots = apart(pixels, wideMarks, 0)
  const left = marks.filter(f => wideMarks.includes(f) || apart([f], spots.filter(isSure), NEAR).length > 0)
  const explained = [...known, ...spots, ...left].filter(isSure)
  const wide = apart(bands, explained, NEAR)
  const mura = apart(
    soft.filter(f => f.class === 'mura' || f.subclass === 'inside'),
    [...explained, ...wide.filter(isSure)],
    NEAR,
  )
  const colour = dark ? [] : findColour(picture, screen, colourDe00)
  return [...spots, ...lines, ...leaks, ...left, ...wide, ...mura, ...colour]
}

/** A checkerboard against its own white. */
function chequered(fine: Luminance): Relief {
  const white = Math.max(1e-4, quantile(fine.values, 0.85))
  return reliefOf(
    fine,
    fine.values.map(v => v / white - 1),
    white,
    false,
  )
}

/** Coarse map, field and relief with the moiré taken out of all three. */
interface Calm {
  readonly still: Luminance
  readonly field: Field
  readonly off: Float32Array
}

/**
 * A wave is in the light that it is held against too, most beside the border, where smoothing sees half of it: once it is known, the relief
 * is made anew against light without it, and the wave is taken out of that.
 */
function withoutMoire(fine: Luminance, coarse: Luminance, spans: Spans): Calm {
  let [still, field] = [coarse, fitField(coarse)]
  let off = relieve(fine, still, field, spans)
  const moire = scratchFloats('before', off.length)
  for (let round = 0; round < 2; round += 1) {
    moire.set(off)
    if (removeMoire(off, fine.width, fine.height, spans) === 0) break
    still = without(coarse, fine, moire, off)
    field = fitField(still)
    if (round === 0) off = relieve(fine, still, field, spans)
  }
  return { still, field, off }
}

/** The coarse map less the moiré that was taken out of the fine one. */
function without(coarse: Luminance, fine: Luminance, before: Float32Array, after: Float32Array): Luminance {
  for (let i = 0; i < before.length; i += 1) before[i]! -= after[i]!
  const wave = halved(halved(before, fine.width, fine.height), fine.width >> 1, fine.height >> 1)
  return { ...coarse, values: coarse.values.map((v, i) => v / (1 + wave[i]!)) }
}

/** A finding explains others only where it counts itself: by its class's rule, and from a score. */
function counts(found: Finding, recipe: Recipe): boolean {
  const rule = recipe.rules.find(r => r.class === found.class)
  return found.score >= Math.max(EXPLAINS, rule?.minScore ?? 0) && found.area >= (rule?.minAreaPx ?? 0)
}

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
