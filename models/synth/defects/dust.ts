import { createPatch, stamp } from '../canvas.ts'
import type { Shape } from './shape.ts'

/** Dust: a speck of a few grains, or a fibre: short, thin, curled. */
export const dustShape: Shape = (canvas, random, cx, cy, size) => {
  const patch = createPatch(canvas, cx - size - 3, cy - size - 3, cx + size + 3, cy + size + 3)
  if (patch === undefined) return undefined
  if (size < 6 || random.chance(0.4)) {
    for (let i = random.integer(1, 4); i > 0; i -= 1) {
      const r = Math.max(0.3, (size / 2) * random.uniform(0.3, 0.8))
      stamp(patch, cx + random.normal(0, size / 5), cy + random.normal(0, size / 5), r, 0.8, random.uniform(0.4, 1))
    }
    return patch
  }
  let heading = random.uniform(0, 2 * Math.PI)
  const curl = random.normal(0, 1.5) / size
  let x = cx - (Math.cos(heading) * size) / 3
  let y = cy - (Math.sin(heading) * size) / 3
  const thick = random.uniform(0.2, 0.7)
  for (let i = 0; i < size * 2; i += 1) {
    stamp(patch, x, y, thick, 0.7, random.uniform(0.4, 1))
    heading += curl + random.normal(0, 0.12)
    x += 0.5 * Math.cos(heading)
    y += 0.5 * Math.sin(heading)
  }
  return patch
}
