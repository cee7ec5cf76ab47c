import { addLight, blurPatch, type Canvas, createPatch, type Patch, smooth } from '../canvas.ts'
import { createField, sample } from '../noise.ts'
import type { Random } from '../random.ts'
import { fromPlate, type Plate, plateDistance, roundedDistance, toPlate } from './plate.ts'

/** Adds a highlight; where it is far beyond white, the lens's colour error shows as a blue seam. */
export function addGlint(
  canvas: Canvas,
  patch: Patch,
  level: number,
  fringe: number,
  tint: readonly [number, number, number] = [1, 1, 1],
): void {
  addLight(canvas, patch, [level * tint[0], level * tint[1], level * tint[2]])
  if (level > 160 && fringe > 0) {
    const seam = blurPatch(patch, 2)
    addLight(canvas, seam, [0.02 * level * fringe, 0.03 * level * fringe, 0.35 * level * fringe])
  }
}

/** Bright bars where the rounded edge of the glass mirrors the ring light: on some sides, broken, beside corners too. */
export function drawEdgeGleam(canvas: Canvas, random: Random, plate: Plate, fringe: number): void {
  const bars = Array.from({ length: random.integer(1, 7) }, () => ({
    depth: random.uniform(-1, 14),
    thick: random.uniform(0.6, 2.2),
    level: random.logUniform(30, 450),
    middle: random.uniform(-Math.PI, Math.PI),
    span: random.uniform(0.05, 1.3),
    gate: createField(random, 4000, 8, random.uniform(40, 400)),
  }))
  const patch = aroundPlate(canvas, plate)
  if (patch === undefined) return
  eachNearEdge(patch, plate, (at, u, v, d) => {
    const angle = Math.atan2(v / plate.halfHeight, u / plate.halfWidth)
    for (const bar of bars) {
      const off = Math.abs(Math.atan2(Math.sin(angle - bar.middle), Math.cos(angle - bar.middle)))
      if (off > bar.span) continue
      const along = sample(bar.gate, 2000 + (Math.abs(u) > Math.abs(v) * 2 ? u : v), 4)
      const lit = smooth(0.7 + along) * smooth((bar.span - off) / 0.05)
      patch.cover[at]! += bar.level * lit * Math.exp(-(((d + bar.depth) / bar.thick) ** 2))
    }
  })
  addLight(canvas, patch, [1, 1, 1])
  if (fringe === 0) return
  const seam = blurPatch({ ...patch, cover: patch.cover.map(level => (level > 160 ? level : 0)) }, 2)
  addLight(canvas, seam, [0.02 * fringe, 0.03 * fringe, 0.35 * fringe])
}

function aroundPlate(canvas: Canvas, plate: Plate): Patch | undefined {
  const reachX = plate.halfWidth * plate.cos + plate.halfHeight * Math.abs(plate.sin) + 6
  const reachY = plate.halfHeight * plate.cos + plate.halfWidth * Math.abs(plate.sin) + 6
  return createPatch(canvas, plate.cx - reachX, plate.cy - reachY, plate.cx + reachX, plate.cy + reachY)
}

/** Visits only the px within 20 of the outline. */
function eachNearEdge(patch: Patch, plate: Plate, visit: (at: number, u: number, v: number, d: number) => void): void {
  for (let y = 0; y < patch.height; y += 1) {
    for (let x = 0; x < patch.width; x += 1) {
      const [u, v] = toPlate(plate, x + patch.x, y + patch.y)
      if (Math.abs(u) < plate.halfWidth - 40 - plate.bulge && Math.abs(v) < plate.halfHeight - 40) {
        // Deep inside: go to the far side of the row at once.
        const skip = Math.floor((plate.halfWidth - 40 - plate.bulge - u) / plate.cos) - 1
        if (skip > 1) x += skip
        continue
      }
      const d = plateDistance(plate, u, v)
      if (d > -20 && d < 5) visit(y * patch.width + x, u, v, d)
    }
  }
}

/** Dim mirror images in the glass: the camera's body, a cable, a window, a streak of colour. */
export function drawMirrored(canvas: Canvas, random: Random, plate: Plate): void {
  const count = random.integer(0, 5)
  for (let i = 0; i < count; i += 1) {
    const [cx, cy] = fromPlate(
      plate,
      random.uniform(-0.8, 0.8) * plate.halfWidth,
      random.uniform(-0.8, 0.8) * plate.halfHeight,
    )
    const w = random.uniform(0.03, 0.2) * canvas.width
    const h = random.uniform(0.3, 4) * w
    const soft = random.uniform(3, 25)
    const reach = Math.hypot(w, h) / 2 + 2 * soft
    const patch = createPatch(canvas, cx - reach, cy - reach, cx + reach, cy + reach)
    if (patch === undefined) continue
    const turn = random.chance(0.5) ? 0 : random.uniform(-1, 1)
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)]
    for (let y = 0; y < patch.height; y += 1) {
      for (let x = 0; x < patch.width; x += 1) {
        const [u, v] = toPlate(plate, x + patch.x, y + patch.y)
        if (plateDistance(plate, u, v) > -1) continue
        const dx = x + patch.x - cx
        const dy = y + patch.y - cy
        const d = roundedDistance(dx * cos + dy * sin, dy * cos - dx * sin, w / 2, h / 2, Math.min(w, h) * 0.15)
        patch.cover[y * patch.width + x] = smooth(0.5 - d / (2 * soft))
      }
    }
    const level = random.normal(0, 7)
    const red = random.chance(0.15)
    addLight(
      canvas,
      patch,
      red ? [Math.abs(level), 0, 0] : [level, level * random.uniform(0.8, 1.2), level * random.uniform(0.8, 1.3)],
    )
  }
}
