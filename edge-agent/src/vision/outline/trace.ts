import type { Point } from './mask.ts'

/** Outer border of a connected set of cells. */
export interface Border {
  /** Cells of the border in order around it. */
  readonly points: readonly Point[]
  /** Area of the polygon through their middles. */
  readonly area: number
}

/** East, south-east, south ... north-east. */
const WAYS = [
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
  [0, -1],
  [1, -1],
] as const

/** The border that encloses most (cells 0 or 1, joined over edges and corners); undefined where nothing is marked. */
export function widestBorder(mask: Uint8Array, width: number, height: number): Border | undefined {
  const seen = new Uint8Array(mask.length)
  let best: Border | undefined
  for (let y = 0; y < height; y += 1) {
    let before = 0
    for (let x = 0; x < width; x += 1) {
      const here = mask[y * width + x]!
      if (here === 1 && before === 0 && seen[y * width + x] === 0) {
        const border = trace(mask, width, height, x, y, seen)
        // The border of a hole runs the other way around: its area is negative.
        if (border.area > (best?.area ?? -1)) best = border
      }
      before = here
    }
  }
  return best
}

/** Follows a border clockwise from a cell whose western neighbour is not marked (Moore's neighbourhood, Jacob's end). */
function trace(
  mask: Uint8Array,
  width: number,
  height: number,
  startX: number,
  startY: number,
  seen: Uint8Array,
): Border {
  const points: Point[] = []
  let [x, y, from, area] = [startX, startY, 4, 0]
  let firstWay = -1
  while (true) {
    let way = -1
    for (let k = 1; k <= 8; k += 1) {
      const next = (from + k) & 7
      const [u, v] = [x + WAYS[next]![0], y + WAYS[next]![1]]
      if (u < 0 || v < 0 || u >= width || v >= height || mask[v * width + u] !== 1) continue
      way = next
      break
    }
    if (points.length > 0 && x === startX && y === startY && way === firstWay) break
    points.push([x, y])
    seen[y * width + x] = 1
    // A cell alone.
    if (way < 0) break
    if (firstWay < 0) firstWay = way
    const [u, v] = [x + WAYS[way]![0], y + WAYS[way]![1]]
    area += x * v - u * y
    ;[x, y] = [u, v]
    // Back to where we came from; the next cell clockwise of it is looked at first.
    from = (way + 4) & 7
  }
  return { points, area: area / 2 }
}

/** The border and all that it encloses (1). */
export function filled({ points }: Border, width: number, height: number): Uint8Array {
  const [wide, high] = [width + 2, height + 2]
  // 1 the border, 2 what is reached from outside, with a frame of one cell around.
  const state = new Uint8Array(wide * high)
  for (const [x, y] of points) state[(y + 1) * wide + x + 1] = 1
  const stack = new Int32Array(wide * high)
  let depth = 1
  state[0] = 2
  const reach = (at: number) => {
    if (state[at] !== 0) return
    state[at] = 2
    stack[depth++] = at
  }
  while (depth > 0) {
    const at = stack[--depth]!
    const x = at % wide
    if (x > 0) reach(at - 1)
    if (x < wide - 1) reach(at + 1)
    if (at >= wide) reach(at - wide)
    if (at < state.length - wide) reach(at + wide)
  }
  const out = new Uint8Array(width * height)
  for (let y = 0; y < height; y += 1) {
    const row = (y + 1) * wide + 1
    for (let x = 0; x < width; x += 1) out[y * width + x] = state[row + x] === 2 ? 0 : 1
  }
  return out
}
