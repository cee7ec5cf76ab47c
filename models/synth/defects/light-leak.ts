import { createPatch, type Patch } from '../canvas.ts'
import type { Random } from '../random.ts'

/** Light leaking in from one edge of the screen: strongest at the edge, fading exponentially inwards over about `size` px. */
export function lightLeakShape(
  canvas: Parameters<typeof createPatch>[0],
  random: Random,
  size: number,
  box: readonly [number, number, number, number],
): Patch | undefined {
  const [left, top, width, height] = box
  const patch = createPatch(canvas, left, top, left + width - 1, top + height - 1)
  if (patch === undefined) return undefined
  const side = random.pick(['top', 'bottom', 'left', 'right'] as const)
  const along = side === 'top' || side === 'bottom'
  const middle = random.uniform(0.15, 0.85) * (along ? width : height)
  const spread = size * random.uniform(0.8, 2)
  for (let y = 0; y < patch.height; y += 1) {
    for (let x = 0; x < patch.width; x += 1) {
      const depth = { top: y, bottom: height - 1 - y, left: x, right: width - 1 - x }[side]
      const off = ((along ? x : y) - middle) / spread
      const cover = Math.exp((-3 * depth) / size - off * off * 2)
      patch.cover[y * patch.width + x] = cover < 0.02 ? 0 : cover
    }
  }
  return patch
}
