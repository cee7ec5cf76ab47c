import { createPatch, type Patch, smooth } from '../canvas.ts'
import { createField, sample } from '../noise.ts'
import type { Random } from '../random.ts'
import { type Shape, wavyOutline } from './shape.ts'

/** A stain: a spot of dried matter, solid or with a darker heart and a rim where it dried last, its outline wavy. */
export const stainShape: Shape = (canvas, random, cx, cy, size) => {
  const radius = size / 2
  const patch = createPatch(canvas, cx - radius - 4, cy - radius - 4, cx + radius + 4, cy + radius + 4)
  if (patch === undefined) return undefined
  fillOutline(patch, random, cx, cy, radius, solidOrRing(random, radius))
  return patch
}

interface Look {
  readonly roughness: number
  readonly soft: number
  /** Coverage at the heart, as a share of the rim's. */
  readonly heart: number
  readonly grain: number
}

function solidOrRing(random: Random, radius: number): Look {
  const ring = radius > 9 && random.chance(0.3)
  return {
    roughness: random.uniform(0.04, 0.22),
    soft: random.uniform(0.7, ring ? 4 : 2),
    heart: ring ? random.uniform(0.3, 0.7) : 1,
    grain: random.uniform(0, 0.25),
  }
}

function fillOutline(patch: Patch, random: Random, cx: number, cy: number, radius: number, look: Look): void {
  const outline = wavyOutline(random, look.roughness)
  const squeeze = random.uniform(0.65, 1)
  const turn = random.uniform(0, Math.PI)
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
  const grain = createField(random, patch.width, patch.height, Math.max(2, radius / 6))
  const largest = Math.max(...Array.from({ length: 72 }, (_, i) => outline((i * Math.PI) / 36)))
  for (let y = 0; y < patch.height; y += 1) {
    for (let x = 0; x < patch.width; x += 1) {
      const dx = x + patch.x - cx
      const dy = y + patch.y - cy
      const u = dx * cos + dy * sin
      const v = (dy * cos - dx * sin) / squeeze
      const distance = Math.hypot(u, v)
      const edge = (outline(Math.atan2(v, u)) / largest) * radius
      const inside = smooth((edge - distance + look.soft) / (2 * look.soft))
      if (inside === 0) continue
      const rim = look.heart + (1 - look.heart) * smooth(1 - (edge - distance) / (0.3 * radius))
      patch.cover[y * patch.width + x] = inside * rim * Math.max(0.2, 1 + look.grain * sample(grain, x, y))
    }
  }
}
