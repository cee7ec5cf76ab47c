import type { ContrastMap } from './contrast.ts'
import type { Screen } from './locate.ts'
import type { ClassMap } from './segment.ts'

/** A cell this far off the glass (deviations of noise, and levels) starts a region by itself. */
const STRONG_Z = 9
const STRONG_LEVELS = 24
/** One this far only carries a region on: the faint end of a scratch, the rim of a drop. */
const WEAK_Z = 4.6
const WEAK_LEVELS = 9
/** Where the network is this sure that all is good, contrast alone starts nothing. */
const SURELY_GOOD = 0.93

/**
 * Cells that are defective: those that the network or the contrast marks, and the weaker ones joined to them.
 * Two eyes: the network knows what a camera hole or a mirrored lamp is, the contrast sees each pixel.
 */
export function markCells(
  map: ClassMap,
  contrast: ContrastMap,
  screen: Screen,
  thresholds: readonly number[],
): Uint8Array {
  const { columns, rows, pitch, values } = map
  const { inside, scale, width, height } = screen.judged
  const count = columns * rows
  const marked = new Uint8Array(count)
  const strong = Math.max(STRONG_Z * contrast.noise, STRONG_LEVELS)
  const weak = Math.max(WEAK_Z * contrast.noise, WEAK_LEVELS)
  const queue: number[] = []
  for (let y = 0; y < rows; y += 1) {
    const line = Math.min(height - 1, Math.floor(((y + 0.5) * pitch) / scale)) * width
    for (let x = 0; x < columns; x += 1) {
      if (inside[line + Math.min(width - 1, Math.floor(((x + 0.5) * pitch) / scale))] !== 1) continue
      const cell = y * columns + x
      const seen = contrastAt(contrast, x, y, pitch)
      const known = thresholds.some((t, k) => k > 0 && values[k * count + cell]! > t)
      if (known || (seen > strong && values[cell]! < SURELY_GOOD)) {
        marked[cell] = 1
        queue.push(cell)
      } else if (seen > weak) marked[cell] = 2
    }
  }
  // Weak cells are kept where they touch what is kept.
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
  return marked.map(mark => (mark === 1 ? 1 : 0))
}

/** The contrast map at a cell of the network's map, whose cells may be larger. */
function contrastAt(contrast: ContrastMap, x: number, y: number, pitch: number): number {
  const share = pitch / contrast.pitch
  let most = 0
  for (let j = 0; j < share; j += 1) {
    for (let i = 0; i < share; i += 1) {
      const column = Math.min(contrast.columns - 1, x * share + i)
      const row = Math.min(contrast.rows - 1, y * share + j)
      most = Math.max(most, contrast.most[row * contrast.columns + column]!)
    }
  }
  return most
}
