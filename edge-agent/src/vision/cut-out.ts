import type { Screen } from './locate.ts'
import type { Measured } from './measure.ts'

/** Cameras, earpieces and buttons lie within this share of the length from either short end. */
const END_STRIP = 0.14
/** Through a hole one sees the table: never brighter than it, but for this share. */
const MOST_BRIGHT = 1.15
/** A slot lies across, near the middle line, and is shorter than this share of the short side. */
const MOST_SLOT = 0.25
const MOST_TILT = 0.25

/**
 * Is it a hole or window in the glass? One sees the table or a dark sensor through it, so it is no brighter than the table, and
 * it lies in the strip at a short end. The price: a stain there that is as dim as the table is taken for one.
 */
export function isCutOut(m: Measured, screen: Screen): boolean {
  const brightest = screen.level + m.peak
  if (brightest > MOST_BRIGHT * screen.around || m.saturated > 0) return false
  const { along, across, angle } = placeOn(screen, m.centre)
  if (along < 0.5 - END_STRIP) return false
  if (m.length / m.width < 4) return true
  return across < 0.2 && m.length < MOST_SLOT * screen.sides[1] && Math.abs(Math.cos(m.angle - angle)) < MOST_TILT
}

/** Distance from the middle along and across, as shares of the long and short side (0..0.5), and the long side's direction. */
function placeOn(screen: Screen, [x, y]: readonly [number, number]): { along: number; across: number; angle: number } {
  const [a, b, c] = screen.corners as [readonly [number, number], readonly [number, number], readonly [number, number]]
  const [first, second] = [Math.hypot(b[0] - a[0], b[1] - a[1]), Math.hypot(c[0] - b[0], c[1] - b[1])]
  const [from, to] = first >= second ? [a, b] : [b, c]
  const angle = Math.atan2(to[1] - from[1], to[0] - from[0])
  const [cx, cy] = [(a[0] + c[0]) / 2, (a[1] + c[1]) / 2]
  const u = (x - cx) * Math.cos(angle) + (y - cy) * Math.sin(angle)
  const v = (y - cy) * Math.cos(angle) - (x - cx) * Math.sin(angle)
  return { along: Math.abs(u) / screen.sides[0], across: Math.abs(v) / screen.sides[1], angle }
}
