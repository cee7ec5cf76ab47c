import { pack, shrink } from './bits.ts'

/** Steps of a chamfer distance over 5 x 5 cells in 65,536ths of a cell: beside, over a corner, a knight's move (Borgefors 1986). */
const [STRAIGHT, CORNER, KNIGHT] = [65536, 91750, 143976]
const FAR = 0x3fffffff

/**
 * Cells of a mask (1) that lie further than `radius` (at most 30) cells from what is not of it; the frame's border is not of it.
 * No way is shorter than the most rows or columns it crosses: what is deeper than `radius` of those needs no measuring.
 */
export function inset(mask: Uint8Array, width: number, height: number, radius: number): Uint8Array {
  const inner = mask.slice()
  inner.fill(0, 0, width)
  inner.fill(0, (height - 1) * width)
  for (let row = 0; row < inner.length; row += width) {
    inner[row] = 0
    inner[row + width - 1] = 0
  }
  const bits = pack(inner, width, height)
  const deep = shrink(bits, radius)
  // Two cells around spare the question where the frame ends.
  const wide = width + 4
  const far = new Int32Array(wide * (height + 4))
  const near: number[] = []
  for (let y = 0; y < height; y += 1) {
    for (let k = 0; k < bits.span; k += 1) {
      const word = y * bits.span + k
      let here = bits.words[word]!
      while (here !== 0) {
        const bit = 31 - Math.clz32(here & -here)
        here &= here - 1
        const at = (y + 2) * wide + 32 * k + bit + 2
        far[at] = FAR
        if (((deep.words[word]! >>> bit) & 1) === 0) near.push(at)
      }
    }
  }
  for (let i = 0; i < near.length; i += 1) relax(far, near[i]!, -wide, -1)
  for (let i = near.length - 1; i >= 0; i -= 1) relax(far, near[i]!, wide, 1)
  const limit = radius * STRAIGHT
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) inner[y * width + x] = far[(y + 2) * wide + x + 2]! > limit ? 1 : 0
  }
  return inner
}

/** Takes the shortest way over the neighbours of the half plane that was done before: `line` and `step` lead into it. */
function relax(far: Int32Array, i: number, line: number, step: number): void {
  const straight = Math.min(far[i + step]!, far[i + line]!) + STRAIGHT
  const corner = Math.min(far[i + line - 1]!, far[i + line + 1]!) + CORNER
  const knight =
    Math.min(far[i + line - 2]!, far[i + line + 2]!, far[i + 2 * line - 1]!, far[i + 2 * line + 1]!) + KNIGHT
  far[i] = Math.min(far[i]!, straight, corner, knight)
}
