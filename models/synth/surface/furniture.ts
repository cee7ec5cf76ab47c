import { addLight, type Canvas, createPatch, type Patch, smooth } from '../canvas.ts'
import type { Random } from '../random.ts'
import { addGlint } from './gleam.ts'
import { fromPlate, type Plate, roundedDistance } from './plate.ts'

/** A hole or window in the glass, in the plate's frame. */
export interface Furniture {
  readonly u: number
  readonly v: number
  readonly a: number
  readonly b: number
  readonly look: 'hole' | 'slot' | 'sensor'
}

/** Camera holes, an earpiece slot and perhaps a home button, at the two short ends. */
export function placeFurniture(random: Random, plate: Plate): Furniture[] {
  const end = random.chance(0.5) ? 1 : -1
  const out: Furniture[] = []
  const inset = random.uniform(0.03, 0.09) * plate.halfWidth
  const row = (): number => random.uniform(-0.75, 0.75) * plate.halfHeight
  const r = random.uniform(0.008, 0.022) * plate.halfWidth * 2 * 0.5
  const at = end * (plate.halfWidth - inset - r)
  for (let i = random.integer(0, 3); i > 0; i -= 1) {
    out.push({ u: at, v: row(), a: r, b: r, look: random.chance(0.75) ? 'hole' : 'sensor' })
  }
  if (random.chance(0.65)) {
    const long = random.uniform(0.04, 0.16) * plate.halfHeight * 2
    out.push({
      u: at,
      v: random.uniform(-0.15, 0.15) * plate.halfHeight,
      a: random.uniform(4, 11),
      b: long / 2,
      look: 'slot',
    })
  }
  if (random.chance(0.3)) {
    const b = random.uniform(0.08, 0.13) * plate.halfHeight * 2
    const a = b * random.uniform(0.45, 1)
    out.push({ u: -end * (plate.halfWidth - inset - a - 10), v: 0, a, b, look: 'hole' })
  }
  for (let i = random.chance(0.3) ? random.integer(1, 4) : 0; i > 0; i -= 1) {
    out.push({ u: at + random.normal(0, 4), v: row(), a: r * 0.8, b: r * 0.8, look: 'sensor' })
  }
  return out
}

export function drawFurniture(
  canvas: Canvas,
  random: Random,
  plate: Plate,
  items: readonly Furniture[],
  background: readonly [number, number, number],
  fringe: number,
): void {
  for (const item of items) {
    const radius = Math.min(item.a, item.b) * (item.look === 'hole' ? random.uniform(0.7, 1) : 1)
    const outline = patchOf(canvas, plate, item, d => Math.exp(-((d / 1.1) ** 2)), radius)
    const inner = patchOf(canvas, plate, item, d => smooth(0.5 - d / 2), radius)
    if (outline === undefined || inner === undefined) continue
    const share = item.look === 'hole' ? random.uniform(0.35, 1) : item.look === 'slot' ? random.uniform(0, 0.25) : 0
    if (share > 0) replace(canvas, inner, background, share)
    if (item.look === 'sensor')
      addLight(canvas, inner, [random.uniform(0, 14), random.uniform(0, 14), random.uniform(5, 50)])
    if (item.look !== 'sensor' || random.chance(0.3))
      addGlint(canvas, outline, random.logUniform(8, item.look === 'slot' ? 160 : 90), fringe)
  }
}

function patchOf(
  canvas: Canvas,
  plate: Plate,
  item: Furniture,
  cover: (d: number) => number,
  radius: number,
): Patch | undefined {
  const [cx, cy] = fromPlate(plate, item.u, item.v)
  const reach = Math.hypot(item.a, item.b) + 5
  const patch = createPatch(canvas, cx - reach, cy - reach, cx + reach, cy + reach)
  if (patch === undefined) return undefined
  for (let y = 0; y < patch.height; y += 1) {
    for (let x = 0; x < patch.width; x += 1) {
      const dx = x + patch.x - cx
      const dy = y + patch.y - cy
      const d = roundedDistance(
        dx * plate.cos + dy * plate.sin,
        dy * plate.cos - dx * plate.sin,
        item.a,
        item.b,
        radius,
      )
      patch.cover[y * patch.width + x] = cover(d)
    }
  }
  return patch
}

/** Lets the table be seen through: light becomes a share of the background where the patch covers. */
function replace(canvas: Canvas, patch: Patch, background: readonly [number, number, number], share: number): void {
  for (let y = 0; y < patch.height; y += 1) {
    for (let x = 0; x < patch.width; x += 1) {
      const cover = patch.cover[y * patch.width + x]! * share
      const at = ((y + patch.y) * canvas.width + x + patch.x) * 3
      for (let c = 0; c < 3; c += 1) canvas.light[at + c] = canvas.light[at + c]! * (1 - cover) + background[c]! * cover
    }
  }
}
