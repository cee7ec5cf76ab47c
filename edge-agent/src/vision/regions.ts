import type { Screen } from './locate.ts'
import type { ClassMap } from './segment.ts'

/** A connected patch of the network's map that is not good. */
export interface Region {
  /** Cell numbers of the map. */
  readonly cells: readonly number[]
  /** In cells: first column and row, last column and row. */
  readonly span: readonly [number, number, number, number]
  /** Mean probability by class number, over the cells. */
  readonly votes: Float32Array
}

/** Cells seen as defective, joined to regions over edges and corners; outside of what is judged nothing counts. */
export function findRegions(map: ClassMap, screen: Screen, thresholds: readonly number[]): Region[] {
  const marked = markCells(map, screen, thresholds)
  const regions: Region[] = []
  const stack: number[] = []
  for (let seed = 0; seed < marked.length; seed += 1) {
    if (marked[seed] !== 1) continue
    const cells: number[] = []
    stack.push(seed)
    marked[seed] = 2
    while (stack.length > 0) {
      const cell = stack.pop()!
      cells.push(cell)
      const x = cell % map.columns
      const y = (cell - x) / map.columns
      for (let j = Math.max(0, y - 1); j <= Math.min(map.rows - 1, y + 1); j += 1) {
        for (let i = Math.max(0, x - 1); i <= Math.min(map.columns - 1, x + 1); i += 1) {
          const next = j * map.columns + i
          if (marked[next] !== 1) continue
          marked[next] = 2
          stack.push(next)
        }
      }
    }
    regions.push(describe(map, cells))
  }
  return regions
}

function markCells(map: ClassMap, screen: Screen, thresholds: readonly number[]): Uint8Array {
  const { columns, rows, pitch, values } = map
  const { inside, scale, width } = screen.judged
  const marked = new Uint8Array(columns * rows)
  for (let y = 0; y < rows; y += 1) {
    const line = Math.min(screen.judged.height - 1, Math.floor(((y + 0.5) * pitch) / scale)) * width
    for (let x = 0; x < columns; x += 1) {
      if (inside[line + Math.min(width - 1, Math.floor(((x + 0.5) * pitch) / scale))] !== 1) continue
      const cell = y * columns + x
      for (let k = 1; k < thresholds.length; k += 1) {
        if (values[k * columns * rows + cell]! > thresholds[k]!) {
          marked[cell] = 1
          break
        }
      }
    }
  }
  return marked
}

function describe(map: ClassMap, cells: readonly number[]): Region {
  const { columns, rows, classes, values } = map
  const votes = new Float32Array(classes.length)
  let [left, top, right, low] = [columns, rows, 0, 0]
  for (const cell of cells) {
    const x = cell % columns
    const y = (cell - x) / columns
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    low = Math.max(low, y)
    for (let k = 0; k < votes.length; k += 1) votes[k]! += values[k * columns * rows + cell]! / cells.length
  }
  return { cells, span: [left, top, right, low], votes }
}
