import type { Point } from './mask.ts'
import type { TurnedBox } from './turned-box.ts'

/** Points this near to a long side (cells) are of it, but for those near its ends (share of its length). */
const NEAR = 2.5
const ENDS = 0.12

/**
 * How far a box is turned from upright, -pi/4..pi/4: the mean slope of lines through the border along both long sides. Hundreds of points average
 * out the steps of cells, which the hull alone does not.
 */
export function tiltOf(points: readonly Point[], { centre, size, angle }: TurnedBox): number {
  const long = size[0] >= size[1] ? angle : angle + Math.PI / 2
  const [length, across] = [Math.max(...size), Math.min(...size)]
  const [cos, sin] = [Math.cos(long), Math.sin(long)]
  let [slopes, sides] = [0, 0]
  for (const way of [-1, 1]) {
    let [n, u1, v1, uu, uv] = [0, 0, 0, 0, 0]
    for (const [x, y] of points) {
      const [dx, dy] = [x - centre[0], y - centre[1]]
      const u = dx * cos + dy * sin
      const v = dy * cos - dx * sin
      if (Math.abs(v - (way * across) / 2) > NEAR || Math.abs(u) > (0.5 - ENDS) * length) continue
      n += 1
      u1 += u
      v1 += v
      uu += u * u
      uv += u * v
    }
    const spread = uu - (u1 * u1) / Math.max(1, n)
    if (n < 8 || spread <= 0) continue
    slopes += (uv - (u1 * v1) / n) / spread
    sides += 1
  }
  const whole = long + (sides === 0 ? 0 : Math.atan(slopes / sides))
  return whole - Math.round(whole / (Math.PI / 2)) * (Math.PI / 2)
}
