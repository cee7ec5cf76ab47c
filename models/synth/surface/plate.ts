import type { Random } from '../random.ts'
import type { SurfaceSettings } from '../types.ts'

/** The glass plate of a handset in the picture. */
export interface Plate {
  readonly cx: number
  readonly cy: number
  readonly halfWidth: number
  readonly halfHeight: number
  readonly radius: number
  readonly cos: number
  readonly sin: number
  /** How far the long sides bulge, px. */
  readonly bulge: number
}

export function drawPlate(random: Random, width: number, height: number, settings: SurfaceSettings): Plate {
  const aspect = random.uniform(...settings.aspect)
  const angle = (random.uniform(...settings.rotationDegrees) * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  let halfWidth = (random.uniform(...settings.fill) * width) / 2
  let halfHeight = halfWidth / aspect
  // The turned plate stays in the picture: a station is set up so.
  const shrink = Math.min(
    1,
    (0.485 * width) / (halfWidth * cos + halfHeight * Math.abs(sin)),
    (0.475 * height) / (halfHeight * cos + halfWidth * Math.abs(sin)),
  )
  halfWidth *= shrink
  halfHeight *= shrink
  const slackX = Math.max(0, 0.49 * width - halfWidth * cos - halfHeight * Math.abs(sin))
  const slackY = Math.max(0, 0.485 * height - halfHeight * cos - halfWidth * Math.abs(sin))
  return {
    cx: width / 2 + random.uniform(-0.7, 0.7) * slackX,
    cy: height / 2 + random.uniform(-0.7, 0.7) * slackY,
    halfWidth,
    halfHeight,
    radius: 2 * halfHeight * random.uniform(...settings.cornerRadius),
    cos,
    sin,
    bulge: random.chance(0.25) ? random.uniform(0, 0.012) * width : 0,
  }
}

/** Position in the plate's own frame: origin in its middle, u along the long side. */
export function toPlate(plate: Plate, x: number, y: number): [number, number] {
  const dx = x - plate.cx
  const dy = y - plate.cy
  return [dx * plate.cos + dy * plate.sin, dy * plate.cos - dx * plate.sin]
}

export function fromPlate(plate: Plate, u: number, v: number): [number, number] {
  return [plate.cx + u * plate.cos - v * plate.sin, plate.cy + u * plate.sin + v * plate.cos]
}

/** Signed distance in px to a rounded rectangle of half sizes a, b: negative inside. */
export function roundedDistance(u: number, v: number, a: number, b: number, radius: number): number {
  const qx = Math.abs(u) - a + radius
  const qy = Math.abs(v) - b + radius
  const outside = Math.hypot(Math.max(qx, 0), Math.max(qy, 0))
  return outside + Math.min(Math.max(qx, qy), 0) - radius
}

/** Signed distance to the plate's outline at a point of its own frame. */
export function plateDistance(plate: Plate, u: number, v: number): number {
  const a = plate.halfWidth - plate.bulge * (v / plate.halfHeight) ** 2
  return roundedDistance(u, v, a, plate.halfHeight, plate.radius)
}
