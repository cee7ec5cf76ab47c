import { type Island, islands } from './islands.ts'
import type { ClassMap } from './segment.ts'

/** A connected patch of the network's map that is not good. */
export interface Region {
  /** Cell numbers of the map. */
  readonly cells: readonly number[]
  /** In cells: first column and row, last column and row. */
  readonly span: readonly [number, number, number, number]
  /** Mean probability by class number, over the cells. */
  readonly votes: Float32Array
  /** Share of the box that the region's cells enclose without being of it: a ring has much, a line none. */
  readonly enclosed: number
}

/** The marked cells (1), joined to regions over edges and corners. */
export function findRegions(map: ClassMap, marked: Uint8Array): Region[] {
  return islands(marked, map.columns, map.rows).map(island => describe(map, island))
}

function describe(map: ClassMap, { cells, span }: Island): Region {
  const { columns, rows, classes, values } = map
  const votes = new Float32Array(classes.length)
  for (const cell of cells) {
    for (let k = 0; k < votes.length; k += 1) votes[k]! += values[k * columns * rows + cell]! / cells.length
  }
  return { cells, span, votes, enclosed: enclosedShare(cells, span, columns) }
}

/** Floods the box from outside; what stays dry and is not of the region is enclosed. */
function enclosedShare(cells: readonly number[], [left, top, right, low]: Region['span'], columns: number): number {
  const width = right - left + 3
  const height = low - top + 3
  const state = new Uint8Array(width * height)
  for (const cell of cells) {
    const x = cell % columns
    state[((cell - x) / columns - top + 1) * width + x - left + 1] = 1
  }
  const stack = [0]
  state[0] = 2
  let dry = width * height - cells.length - 1
  while (stack.length > 0) {
    const at = stack.pop()!
    const x = at % width
    for (const next of [x > 0 ? at - 1 : -1, x < width - 1 ? at + 1 : -1, at - width, at + width]) {
      if (state[next] !== 0) continue
      state[next] = 2
      dry -= 1
      stack.push(next)
    }
  }
  return dry / ((width - 2) * (height - 2))
}
