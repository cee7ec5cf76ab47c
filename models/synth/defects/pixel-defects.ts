import { createPatch, type Patch } from '../canvas.ts'
import type { Shape } from './shape.ts'

/** A dead pixel as the camera sees it: `size` px wide, spread by the optics' point spread (sigma 0.6 px), peak 1. */
export const deadPixelShape: Shape = (canvas, random, cx, cy, size) => {
  const reach = size + 3
  const patch = createPatch(canvas, cx - reach, cy - reach, cx + reach, cy + reach)
  if (patch === undefined) return undefined
  const ox = random.uniform(-0.3, 0.3)
  const oy = random.uniform(-0.3, 0.3)
  for (let y = 0; y < patch.height; y += 1) {
    for (let x = 0; x < patch.width; x += 1) {
      patch.cover[y * patch.width + x] = spread(x + patch.x - cx - ox, size) * spread(y + patch.y - cy - oy, size)
    }
  }
  return patch
}

/** A line defect: a full row or column of the screen, one or two px wide. */
export function lineShape(
  canvas: Parameters<Shape>[0],
  vertical: boolean,
  at: number,
  box: readonly [number, number, number, number],
  thick: number,
): Patch | undefined {
  const patch = vertical
    ? createPatch(canvas, at - thick - 2, box[1], at + thick + 2, box[1] + box[3] - 1)
    : createPatch(canvas, box[0], at - thick - 2, box[0] + box[2] - 1, at + thick + 2)
  if (patch === undefined) return undefined
  for (let y = 0; y < patch.height; y += 1) {
    for (let x = 0; x < patch.width; x += 1) {
      patch.cover[y * patch.width + x] = spread(vertical ? x + patch.x - at : y + patch.y - at, thick)
    }
  }
  return patch
}

/** A box of `width` px seen through a Gaussian of sigma 0.6 px; about 1 at its middle. */
function spread(offset: number, width: number): number {
  const sigma = 0.6
  return 0.5 * (erf((offset + width / 2) / sigma) - erf((offset - width / 2) / sigma))
}

/** Logistic stand-in for the error function over sqrt(2) (error below 0.01). */
function erf(t: number): number {
  return 2 / (1 + Math.exp(-1.702 * t)) - 1
}
