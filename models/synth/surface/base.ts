import { type Canvas, smooth } from '../canvas.ts'
import { createField, sampleRow } from '../noise.ts'
import type { Random } from '../random.ts'
import type { SurfaceSettings } from '../types.ts'
import { type Plate, plateDistance } from './plate.ts'

/** What lies behind and in front: table, shadow, housing, glass with haze. Levels 0..255. */
export interface Ground {
  readonly background: readonly [number, number, number]
  readonly glass: readonly [number, number, number]
}

export function drawGround(canvas: Canvas, random: Random, plate: Plate, settings: SurfaceSettings): Ground {
  const tint = settings.tint
  const background = tinted(random, random.uniform(...settings.background), random.uniform(...tint))
  const glass = tinted(
    random,
    Math.min(random.uniform(...settings.glass), background[1] * 0.55),
    2 * random.uniform(...tint),
  )
  const housing = random.chance(settings.whiteHousing) ? random.uniform(8, 30) : 0
  const white = random.uniform(150, 225)
  const shadow = random.uniform(0.05, 0.6)
  const shadowReach = random.uniform(2, 14)
  const slope = [random.normal(0, 0.12), random.normal(0, 0.12)] as const
  const hazeLevel = random.uniform(...settings.haze)
  const haze = [
    createField(random, canvas.width, canvas.height, 260),
    createField(random, canvas.width, canvas.height, 70),
  ] as const
  const weave = createField(random, canvas.width, canvas.height, random.uniform(1.5, 3))
  const weaveLevel = random.uniform(...settings.backgroundTexture)
  const mottle = createField(random, canvas.width, canvas.height, 180)
  const rows = [0, 1, 2, 3].map(() => new Float32Array(canvas.width)) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ]
  const rimLevel = random.uniform(-6, 8)
  for (let y = 0; y < canvas.height; y += 1) {
    sampleRow(haze[0], y, rows[0])
    sampleRow(haze[1], y, rows[1])
    sampleRow(weave, y, rows[2])
    sampleRow(mottle, y, rows[3])
    const dy = y - plate.cy
    for (let x = 0; x < canvas.width; x += 1) {
      const dx = x - plate.cx
      const d = plateDistance(plate, dx * plate.cos + dy * plate.sin, dy * plate.cos - dx * plate.sin)
      const at = (y * canvas.width + x) * 3
      const fall = 1 + (slope[0] * dx) / canvas.width + (slope[1] * dy) / canvas.height
      const inside = d < -1 ? 1 : d > 1 ? 0 : smooth(0.5 - d / 2)
      const gloom = 1 - shadow * Math.exp(-Math.max(0, d - housing) / shadowReach)
      const cloth = inside < 1 ? (1 + 0.03 * rows[3][x]!) * fall * gloom : 0
      const body = housing > 0 && d < housing ? smooth((housing - d) / 2) : 0
      const veil =
        inside > 0 ? hazeLevel * (0.5 + 0.35 * rows[0][x]! + 0.2 * rows[1][x]!) + rimLevel * Math.exp(d / 12) : 0
      for (let c = 0; c < 3; c += 1) {
        const table = background[c]! * cloth + weaveLevel * rows[2][x]! * (1 - inside)
        const out = table * (1 - body) + white * fall * body
        canvas.light[at + c] = out * (1 - inside) + (glass[c]! * fall + veil) * inside
      }
    }
  }
  return { background, glass }
}

export function tinted(random: Random, level: number, tint: number): [number, number, number] {
  return [
    level * (1 + random.normal(0, tint)),
    level * (1 + random.normal(0, tint / 2)),
    level * (1 + random.normal(0, tint)),
  ]
}
