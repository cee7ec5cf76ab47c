import { addLight, type Canvas, type Patch, scaleLight } from '../canvas.ts'
import { dustShape } from '../defects/dust.ts'
import { drawOil } from '../defects/oil.ts'
import { scratchShape } from '../defects/scratch.ts'
import { stainShape } from '../defects/stain.ts'
import { note, type Truth } from '../plant.ts'
import type { Random } from '../random.ts'
import type { DefectRequest } from '../types.ts'
import { addGlint } from './gleam.ts'

/** Draws one defect on the glass (display off): all of them throw the ring light back, so they add light. */
export function plantOnSurface(
  canvas: Canvas,
  truth: Truth,
  random: Random,
  request: DefectRequest & { readonly size: number },
  cx: number,
  cy: number,
  fringe: number,
): void {
  switch (request.class) {
    case 'scratch': {
      const level = request.severity ?? random.logUniform(45, 260)
      const patch = scratchShape(canvas, random, cx, cy, request.size)
      if (patch === undefined) return
      addGlint(canvas, patch, level, fringe * 0.3, greyish(random, 0.06))
      if (random.chance(0.3)) addGhost(canvas, random, patch, level)
      note(truth, 'scratch', patch, Math.max(0.2, Math.min(0.5, 18 / level)), level)
      return
    }
    case 'stain': {
      const level = request.severity ?? random.logUniform(50, 600)
      const patch = stainShape(canvas, random, cx, cy, request.size)
      if (patch === undefined) return
      addGlint(canvas, patch, level, fringe, greyish(random, 0.08))
      note(truth, 'stain', patch, Math.max(0.15, Math.min(0.5, 25 / level)), level)
      return
    }
    case 'oil': {
      const level = request.severity ?? random.logUniform(40, 130)
      const oil = drawOil(canvas, random, cx, cy, request.size)
      if (oil === undefined) return
      const dim = random.uniform(-0.5, 0.1)
      scaleLight(canvas, oil.body, [dim, dim, dim])
      addGlint(
        canvas,
        { ...oil.glint, cover: oil.glint.cover.map(v => Math.min(v, 0.9)) },
        level * 0.5,
        0,
        greyish(random, 0.06),
      )
      addGlint(
        canvas,
        { ...oil.glint, cover: oil.glint.cover.map(v => (v > 0.9 ? v - 0.9 : 0)) },
        Math.max(level, 165),
        fringe,
      )
      note(truth, 'oil', oil.body, 0.4, level)
      return
    }
    default: {
      const level = request.severity ?? random.logUniform(30, 120)
      const patch = dustShape(canvas, random, cx, cy, request.size)
      if (patch === undefined) return
      addGlint(canvas, patch, level, 0, greyish(random, 0.1))
      note(truth, 'dust', patch, 0.3, level)
    }
  }
}

/** The groove's dim image in the lower face of the glass. */
function addGhost(canvas: Canvas, random: Random, patch: Patch, level: number): void {
  const ghost = { ...patch, x: patch.x + random.integer(-8, 8), y: patch.y + random.integer(-8, 8) }
  const inside =
    ghost.x >= 0 && ghost.y >= 0 && ghost.x + ghost.width <= canvas.width && ghost.y + ghost.height <= canvas.height
  const dim = level * random.uniform(0.03, 0.12)
  if (inside) addLight(canvas, ghost, [dim, dim, dim])
}

function greyish(random: Random, spread: number): [number, number, number] {
  return [1 + random.normal(0, spread), 1, 1 + random.normal(0, spread)]
}
