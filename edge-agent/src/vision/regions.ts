import type { ContrastMap } from './contrast.ts'
import type { Island } from './islands.ts'
import type { ClassMap } from './segment.ts'

/** A connected patch that stands off the glass, with what the network says of it. */
export interface Region {
  /** Cell numbers of the contrast map. */
  readonly cells: readonly number[]
  /** In cells: first column and row, last column and row. */
  readonly span: readonly [number, number, number, number]
  /** Mean probability by class number, over the cells. */
  readonly votes: Float32Array
  /** Share of the box that the region's cells enclose without being of it: a ring has much, a line none. */
  readonly enclosed: number
}

/** Patches of the contrast map, each with what the network's map (coarser or of the same pitch) says of it. */
export function describeRegions(map: ClassMap, patches: readonly Island[], contrast: ContrastMap): Region[] {
  return patches.map(patch => describe(map, patch, contrast))
}

function describe(map: ClassMap, { cells, span }: Island, contrast: ContrastMap): Region {
  const { columns, rows, classes, values } = map
  const share = contrast.pitch / map.pitch
  const votes = new Float32Array(classes.length)
  for (const cell of cells) {
    const x = Math.min(columns - 1, Math.floor(((cell % contrast.columns) + 0.5) * share))
    const y = Math.min(rows - 1, Math.floor((Math.floor(cell / contrast.columns) + 0.5) * share))
    for (let k = 0; k < votes.length; k += 1) votes[k]! += values[(k * rows + y) * columns + x]! / cells.length
  }
  return { cells, span, votes, enclosed: enclosedShare(cells, span, contrast.columns) }
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
