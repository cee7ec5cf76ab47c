import { grow, pack, shrink, unpack } from './bits.ts'

/** Closes gaps and then drops specks of up to 2 cells, in place: cells 0 or 1, beyond the frame nothing is asked. */
export function closeAndOpen(mask: Uint8Array, width: number, height: number): void {
  // Shrinking twice by 2 (the end of closing, the beginning of opening) is shrinking once by 4.
  unpack(grow(shrink(grow(pack(mask, width, height), 2), 4), 2), mask)
}

/** Fills the hull of all marked cells, in place: a checkerboard's bright squares are one screen. */
export function fillHull(mask: Uint8Array, width: number, height: number): void {
  const ends: Point[] = []
  for (let y = 0; y < height; y += 1) {
    const row = mask.subarray(y * width, (y + 1) * width)
    const first = row.indexOf(1)
    if (first >= 0) ends.push([first, y], [row.lastIndexOf(1), y])
  }
  if (ends.length < 3) return
  const hull = hullOf(ends)
  for (let y = ends[0]![1]; y <= ends.at(-1)![1]; y += 1) {
    const [left, right] = spanAt(hull, y)
    mask.fill(1, y * width + left, y * width + right + 1)
  }
}

export type Point = readonly [number, number]

/** Convex hull without points on its edges (Andrew's monotone chain), in order around it. */
export function hullOf(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1])
  const half = (of: readonly Point[]) => {
    const chain: Point[] = []
    for (const p of of) {
      while (chain.length >= 2 && turn(chain.at(-2)!, chain.at(-1)!, p) <= 0) chain.pop()
      chain.push(p)
    }
    chain.pop()
    return chain
  }
  return [...half(sorted), ...half(sorted.reverse())]
}

const turn = (o: Point, a: Point, b: Point) => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])

/** First and last column of a convex outline in a row. */
function spanAt(hull: readonly Point[], y: number): [number, number] {
  let [left, right] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  hull.forEach(([ax, ay], i) => {
    const [bx, by] = hull[(i + 1) % hull.length]!
    if (Math.min(ay, by) > y || Math.max(ay, by) < y) return
    for (const x of ay === by ? [ax, bx] : [ax + ((bx - ax) * (y - ay)) / (by - ay)]) {
      left = Math.min(left, x)
      right = Math.max(right, x)
    }
  })
  return [Math.round(left), Math.round(right)]
}
