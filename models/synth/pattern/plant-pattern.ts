import { addLight, type Canvas, type Patch, scaleLight } from '../canvas.ts'
import { dustShape } from '../defects/dust.ts'
import { lightLeakShape } from '../defects/light-leak.ts'
import { contrastOfSemu, muraShape } from '../defects/mura.ts'
import { drawOil } from '../defects/oil.ts'
import { deadPixelShape, lineShape } from '../defects/pixel-defects.ts'
import { scratchShape } from '../defects/scratch.ts'
import { stainShape } from '../defects/stain.ts'
import { note, type Truth } from '../plant.ts'
import type { Random } from '../random.ts'
import type { DefectRequest, MuraForm } from '../types.ts'
import { colourGain } from './colour-gain.ts'

export interface PatternScene {
  readonly canvas: Canvas
  readonly truth: Truth
  /** Rectangle of the lit screen. */
  readonly box: readonly [number, number, number, number]
  /** Linear light of the pattern, 0..255 a channel. */
  readonly level: readonly [number, number, number]
  readonly dark: boolean
  readonly mmPerPx: number
}

const FORMS: readonly MuraForm[] = ['spot', 'line', 'band', 'cloud', 'curtain']

/** Plants one defect on a lit (or black) pattern, in linear light. */
export function plantOnPattern(scene: PatternScene, random: Random, request: DefectRequest): void {
  const { canvas, box, dark } = scene
  const cx = box[0] + box[2] * (request.at?.[0] ?? random.uniform(0.06, 0.94))
  const cy = box[1] + box[3] * (request.at?.[1] ?? random.uniform(0.08, 0.92))
  const scale = box[2] / 1920
  const size = (low: number, high: number) => request.size ?? random.logUniform(low, high) * Math.max(0.4, scale)
  const drawn = random.chance(0.6) ? -1 : 1
  const sign = request.bright === undefined ? drawn : request.bright ? 1 : -1
  switch (request.class) {
    case 'dead_pixel': {
      const contrast = request.severity ?? random.logUniform(0.5, 1)
      lay(
        scene,
        request,
        deadPixelShape(canvas, random, Math.round(cx), Math.round(cy), request.size ?? random.uniform(1, 3)),
        dark ? contrast : -contrast,
        0.3,
        contrast,
      )
      return
    }
    case 'line': {
      const vertical = random.chance(0.5)
      const contrast = request.severity ?? random.logUniform(0.08, 0.6)
      lay(
        scene,
        request,
        lineShape(canvas, vertical, Math.round(vertical ? cx : cy), box, request.thick ?? random.uniform(1, 2)),
        dark ? contrast : sign * contrast,
        0.3,
        contrast,
      )
      return
    }
    case 'mura': {
      const semu = request.severity ?? random.logUniform(1.5, 5)
      const patch = muraShape(canvas, random, request.form ?? random.pick(FORMS), cx, cy, size(60, 400), box)
      if (patch === undefined) return
      const { area, mean } = extent(patch)
      lay(scene, request, patch, (sign * contrastOfSemu(semu, area * scene.mmPerPx ** 2)) / 100 / mean, 0.5, semu)
      return
    }
    case 'light_leak': {
      const level = request.severity ?? random.logUniform(0.06, 0.3)
      const patch = lightLeakShape(canvas, random, size(80, 320), box)
      if (patch === undefined) return
      const peak = level / extent(patch).mean
      addLight(canvas, patch, [peak * 200, peak * 205, peak * 215])
      note(scene.truth, 'light_leak', patch, 0.35, level)
      return
    }
    case 'colour': {
      const difference = request.severity ?? random.logUniform(3, 9)
      const patch = muraShape(canvas, random, 'spot', cx, cy, size(500, 900), box)
      if (patch === undefined) return
      const gain = colourGain(scene.level, difference, random.uniform(0, 2 * Math.PI))
      scaleLight(canvas, patch, gain)
      note(scene.truth, 'colour', patch, 0.5, difference)
      return
    }
    case 'scratch': {
      const contrast = request.severity ?? random.logUniform(0.06, 0.5)
      mark(scene, request, scratchShape(canvas, random, cx, cy, size(20, 300), request.thick), sign, contrast)
      return
    }
    case 'stain': {
      const contrast = request.severity ?? random.logUniform(0.06, 0.5)
      mark(scene, request, stainShape(canvas, random, cx, cy, size(12, 80)), -1, contrast)
      return
    }
    case 'oil': {
      const contrast = request.severity ?? random.logUniform(0.06, 0.4)
      const oil = drawOil(canvas, random, cx, cy, size(30, 400))
      if (oil === undefined) return
      lay(scene, request, oil.body, -contrast, 0.4, contrast)
      const g = contrast * 0.4
      scaleLight(canvas, oil.glint, [g, g, g])
      return
    }
    case 'dust': {
      const contrast = request.severity ?? random.logUniform(0.05, 0.4)
      lay(scene, request, dustShape(canvas, random, cx, cy, size(3, 24)), dark ? contrast : -contrast, 0.3, contrast)
      return
    }
  }
}

/** Lays a mark whose mean over its core is `contrast`; on black all marks throw light back. */
function mark(
  scene: PatternScene,
  request: DefectRequest,
  patch: Patch | undefined,
  sign: number,
  contrast: number,
): void {
  if (patch === undefined) return
  const most = patch.cover.reduce((a, b) => Math.max(a, b), 0)
  const share = contrast / (extent(patch, 0.5 * most).mean || 1)
  lay(scene, request, patch, scene.dark ? share : sign * share, 0.3, contrast)
}

/** Scales the light by 1 + contrast where the patch covers; on black it adds that share of full white. */
function lay(
  scene: PatternScene,
  request: DefectRequest,
  patch: Patch | undefined,
  contrast: number,
  least: number,
  severity: number,
): void {
  if (patch === undefined) return
  if (scene.dark && request.class !== 'mura' && request.class !== 'oil')
    addLight(scene.canvas, patch, [contrast * 200, contrast * 200, contrast * 200])
  else scaleLight(scene.canvas, patch, [contrast, contrast, contrast])
  note(scene.truth, request.class, patch, least, severity)
}

/** Area (px) and mean coverage of what covers at least so much. */
function extent(patch: Patch, least = 0.5): { area: number; mean: number } {
  let area = 0
  let sum = 0
  for (const cover of patch.cover) {
    if (cover < least) continue
    area += 1
    sum += cover
  }
  return { area: Math.max(1, area), mean: area === 0 ? 1 : sum / area }
}
