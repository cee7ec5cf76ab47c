import { scratchBytes } from './scratch.ts'

/** A connected set of cells. */
export interface Island {
  readonly cells: readonly number[]
  /** First column and row, last column and row. */
  readonly span: readonly [number, number, number, number]
}

/** Connected sets of the marked cells (1), over edges and corners. */
export function islands(marked: Uint8Array, width: number, height: number): Island[] {
  const left = scratchBytes('islands', marked.length)
  left.set(marked)
  const out: Island[] = []
  const stack: number[] = []
  for (let seed = 0; seed < left.length; seed += 1) {
    if (left[seed] !== 1) continue
    const cells: number[] = []
    const span: [number, number, number, number] = [width, height, 0, 0]
    stack.push(seed)
    left[seed] = 0
    while (stack.length > 0) {
      const cell = stack.pop()!
      const x = cell % width
      const y = (cell - x) / width
      cells.push(cell)
      span[0] = Math.min(span[0], x)
      span[1] = Math.min(span[1], y)
      span[2] = Math.max(span[2], x)
      span[3] = Math.max(span[3], y)
      for (let j = Math.max(0, y - 1); j <= Math.min(height - 1, y + 1); j += 1) {
        for (let i = Math.max(0, x - 1); i <= Math.min(width - 1, x + 1); i += 1) {
          const next = j * width + i
          if (left[next] !== 1) continue
          left[next] = 0
          stack.push(next)
        }
      }
    }
    out.push({ cells, span })
  }
  return out
}
