import type { ContrastMap } from './contrast.ts'
import type { Screen } from './locate.ts'

/** A cell this far off the glass (deviations of noise, and levels) starts a region. */
const STRONG_Z = 9
const STRONG_LEVELS = 24
/** One this far carries a region on: the faint end of a scratch, the rim of a drop. */
const WEAK_Z = 4.8
const WEAK_LEVELS = 10

/** Cells that stand off the glass: strong ones, and the weak ones joined to them (1). Only what is judged counts. */
export function markCells(contrast: ContrastMap): Uint8Array {
  const { columns, rows, most } = contrast
  const strong = Math.max(STRONG_Z * contrast.noise, STRONG_LEVELS)
  const weak = Math.max(WEAK_Z * contrast.noise, WEAK_LEVELS)
  const marked = new Uint8Array(most.length)
  const queue: number[] = []
  for (let cell = 0; cell < most.length; cell += 1) {
    if (most[cell]! <= weak) continue
    marked[cell] = most[cell]! > strong ? 1 : 2
    if (marked[cell] === 1) queue.push(cell)
  }
  while (queue.length > 0) {
    const cell = queue.pop()!
    const x = cell % columns
    const y = (cell - x) / columns
    for (let j = Math.max(0, y - 1); j <= Math.min(rows - 1, y + 1); j += 1) {
      for (let i = Math.max(0, x - 1); i <= Math.min(columns - 1, x + 1); i += 1) {
        const next = j * columns + i
        if (marked[next] !== 2) continue
        marked[next] = 1
        queue.push(next)
      }
    }
  }
  for (let cell = 0; cell < marked.length; cell += 1) if (marked[cell] === 2) marked[cell] = 0
  return marked
}

/** Share of the cells that lie beside the border of what is judged: mirrored light along the edge of the glass has many. */
export function edgeShare(cells: readonly number[], contrast: ContrastMap, screen: Screen): number {
  const { inside, scale, width, height } = screen.judged
  const judged = (x: number, y: number) => {
    const u = Math.floor((x * contrast.pitch) / scale)
    const v = Math.floor((y * contrast.pitch) / scale)
    return u >= 0 && v >= 0 && u < width && v < height && inside[v * width + u] === 1
  }
  let beside = 0
  for (const cell of cells) {
    const x = (cell % contrast.columns) + 0.5
    const y = Math.floor(cell / contrast.columns) + 0.5
    if (!judged(x - 3, y) || !judged(x + 3, y) || !judged(x, y - 3) || !judged(x, y + 3)) beside += 1
  }
  return beside / cells.length
}
