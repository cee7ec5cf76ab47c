import { AND, type Bit, LEAF, TooLarge, XOR } from './gates.ts'
import type { Model } from './model.ts'

/** Bits over all scans together, 4 bytes each: a run without inputs costs no time but would fill the memory. */
const HELD = 25_000_000

/** The model over several scans: each bit of the model has a bit for each scan. */
export interface Unrolled {
  /** A bit of the model in scan `scan`, from 0. */
  at(scan: number, bit: Bit): Bit
}

/** From the start (`initial`), or from any memory at all. */
export function unroll(model: Model, initial: boolean): Unrolled {
  const { gates, size } = model
  const frames: Int32Array[] = []
  const index = new Map<number, number>()
  model.states.forEach((each, i) => {
    index.set(each.now >> 1, i)
  })

  function frame(scan: number): Int32Array {
    const known = frames[scan]
    if (known !== undefined) return known
    if ((scan + 1) * size > HELD) throw new TooLarge()
    const made = new Int32Array(size).fill(-1)
    made[0] = 0
    frames[scan] = made
    return made
  }

  function at(scan: number, bit: Bit): Bit {
    const stack: [number, number][] = [[scan, bit >> 1]]
    while (stack.length > 0) {
      const [t, node] = stack[stack.length - 1]!
      const held = frame(t)
      if (held[node]! >= 0) {
        stack.pop()
        continue
      }
      const kind = gates.kind(node)
      if (kind === LEAF) {
        const i = index.get(node)
        if (i === undefined) held[node] = gates.leaf()
        else if (t === 0) {
          const { start } = model.states[i]!
          held[node] = !initial || start === undefined ? gates.leaf() : start ? 1 : 0
        } else {
          const { next } = model.states[i]!
          const before = frame(t - 1)[next >> 1]!
          if (before < 0) {
            stack.push([t - 1, next >> 1])
            continue
          }
          held[node] = before ^ (next & 1)
        }
        stack.pop()
        continue
      }
      const count = kind === AND || kind === XOR ? 2 : 3
      let ready = true
      for (let n = 0; n < count; n += 1) {
        const child = gates.operand(node, n as 0) >> 1
        if (held[child]! < 0) {
          stack.push([t, child])
          ready = false
        }
      }
      if (!ready) continue
      const of = (n: 0 | 1 | 2) => {
        const operand = gates.operand(node, n)
        return held[operand >> 1]! ^ (operand & 1)
      }
      held[node] =
        kind === AND ? gates.and(of(0), of(1)) : kind === XOR ? gates.xor(of(0), of(1)) : gates.ite(of(0), of(1), of(2))
      stack.pop()
    }
    return frame(scan)[bit >> 1]! ^ (bit & 1)
  }

  return { at }
}
