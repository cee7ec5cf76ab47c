import { hullOf, type Point } from './mask.ts'

/** A turned rectangle. */
export interface TurnedBox {
  readonly centre: Point
  /** Along `angle` and across it. */
  readonly size: readonly [number, number]
  /** Direction of the first side, radians. */
  readonly angle: number
}

/** The rectangle of least area around points: one of its sides lies along an edge of their hull (Freeman and Shapira 1975). */
export function tightestBox(points: readonly Point[]): TurnedBox {
  const hull = hullOf(points)
  let best: TurnedBox = { centre: points[0]!, size: [0, 0], angle: 0 }
  let least = Number.POSITIVE_INFINITY
  hull.forEach(([ax, ay], i) => {
    const [bx, by] = hull[(i + 1) % hull.length]!
    const angle = Math.atan2(by - ay, bx - ax)
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
    let [u0, u1, v0, v1] = [Infinity, -Infinity, Infinity, -Infinity]
    for (const [x, y] of hull) {
      const [u, v] = [x * cos + y * sin, y * cos - x * sin]
      if (u < u0) u0 = u
      if (u > u1) u1 = u
      if (v < v0) v0 = v
      if (v > v1) v1 = v
    }
    const area = (u1 - u0) * (v1 - v0)
    if (area >= least) return
    least = area
    const [u, v] = [(u0 + u1) / 2, (v0 + v1) / 2]
    best = { centre: [u * cos - v * sin, u * sin + v * cos], size: [u1 - u0, v1 - v0], angle }
  })
  return best
}
