import { addLight, type Canvas, createCanvas } from '../canvas.ts'
import { dustShape } from '../defects/dust.ts'
import { applyNuisances, expose } from '../nuisances.ts'
import { createTruth, type Truth } from '../plant.ts'
import { createRandom, type Random } from '../random.ts'
import {
  type DefectRequest,
  type Nuisance,
  type Rendered,
  type RenderedClass,
  type RenderRequest,
  type SurfaceSettings,
  TRAINING_SETTINGS,
} from '../types.ts'
import { drawGround } from './base.ts'
import { drawFurniture, placeFurniture } from './furniture.ts'
import { drawEdgeGleam, drawMirrored } from './gleam.ts'
import { plantOnSurface } from './plant-surface.ts'
import { drawPlate, fromPlate, type Plate, plateDistance, toPlate } from './plate.ts'

/** A capture of a handset's front glass with the display off, lit by a ring light. */
export function renderSurface(request: RenderRequest): Rendered {
  const { width, height } = request
  const settings = request.settings ?? TRAINING_SETTINGS
  const random = createRandom(request.seed)
  const scene = random.fork('scene')
  const canvas = createCanvas(width, height)
  const truth = createTruth(width, height)
  const plate = drawPlate(random.fork('plate'), width, height, settings)
  const fringe = scene.chance(0.75) ? scene.uniform(0.2, 1.2) : 0
  const ground = drawGround(canvas, random.fork('ground'), plate, settings)
  drawMirrored(canvas, random.fork('mirrored'), plate)
  const furniture = placeFurniture(random.fork('furniture'), plate)
  drawFurniture(canvas, random.fork('holes'), plate, furniture, ground.background, fringe)
  drawEdgeGleam(canvas, random.fork('gleam'), plate, fringe)
  drawSpecks(canvas, random.fork('specks'), plate, settings)
  for (const [i, asked] of (request.defects ?? []).entries()) {
    const own = random.fork(`defect ${i}`)
    const defect = { ...asked, size: asked.size ?? surfaceSize(own, asked.class) * (width / 1920) }
    const [cx, cy] = placeDefect(own, plate, defect)
    plantOnSurface(canvas, truth, own, defect, cx, cy, fringe)
  }
  cutToPlate(truth, plate, height)
  const nuisances = request.nuisances ?? (['vignetting', 'noise', 'blur'] as const)
  applyNuisances(canvas, random.fork('nuisances'), nuisances.filter(isOptical), {
    noise: settings.noise,
    softness: settings.softness,
    reflection: [0.03, 0.1],
  })
  const screen = (
    [
      [-1, -1],
      [1, -1],
      [1, 1],
      [-1, 1],
    ] as const
  ).map(([u, v]) => fromPlate(plate, u * plate.halfWidth, v * plate.halfHeight))
  return { pixels: expose(canvas), width, height, mask: truth.mask, objects: truth.objects, screen }
}

/** Moiré needs a lit display. */
const isOptical = (nuisance: Nuisance) => nuisance !== 'moire'

/** Extent in px at full HD. */
export function surfaceSize(random: Random, kind: RenderedClass): number {
  switch (kind) {
    case 'scratch':
      return random.logUniform(25, 420)
    case 'stain':
      return random.logUniform(6, 70)
    case 'oil':
      return random.logUniform(24, 680)
    default:
      return random.logUniform(8, 34)
  }
}

/** The wished place, or one drawn so that the defect lies well inside the glass. */
function placeDefect(random: Random, plate: Plate, defect: DefectRequest): [number, number] {
  const margin = Math.min(30 + (defect.size ?? 0) / 2, plate.halfHeight * 0.8)
  const u =
    defect.at === undefined
      ? random.uniform(-1, 1) * (plate.halfWidth - margin)
      : (2 * defect.at[0] - 1) * plate.halfWidth
  const v =
    defect.at === undefined
      ? random.uniform(-1, 1) * (plate.halfHeight - margin)
      : (2 * defect.at[1] - 1) * plate.halfHeight
  return fromPlate(plate, u, v)
}

/** Fine dust that every plant has: below what counts. */
function drawSpecks(canvas: Canvas, random: Random, plate: Plate, settings: SurfaceSettings): void {
  for (let i = Math.round(random.uniform(...settings.specks)); i > 0; i -= 1) {
    const [cx, cy] = fromPlate(plate, random.uniform(-1, 1) * plate.halfWidth, random.uniform(-1, 1) * plate.halfHeight)
    const fibre = random.chance(0.25)
    const patch = dustShape(canvas, random, cx, cy, fibre ? random.uniform(6, 22) : random.logUniform(1, 5))
    const level = fibre ? random.logUniform(4, 28) : random.logUniform(6, 90)
    if (patch !== undefined) addLight(canvas, patch, [level, level, level * random.uniform(0.8, 1.2)])
  }
}

/** What hangs over the plate's outline is not on the glass: the truth ends there. */
function cutToPlate(truth: Truth, plate: Plate, height: number): void {
  const kept = truth.objects.filter(({ bbox: [x, y, w, h] }) =>
    [
      [x, y],
      [x + w, y],
      [x, y + h],
      [x + w, y + h],
    ].every(([cx, cy]) => {
      if (cx! < 0 || cy! < 0 || cx! > truth.width || cy! > height) return false
      const [u, v] = toPlate(plate, cx!, cy!)
      return plateDistance(plate, u, v) < 0
    }),
  )
  if (kept.length === truth.objects.length) return
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < truth.width; x += 1) {
      const at = y * truth.width + x
      if (truth.mask[at] === 0) continue
      const [u, v] = toPlate(plate, x, y)
      if (plateDistance(plate, u, v) > -1) truth.mask[at] = 0
    }
  }
}
