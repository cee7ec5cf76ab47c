import { AND, type Bit, ITE, LEAF, XOR } from './gates.ts'
import type { Model } from './model.ts'

/** The value of every gate of the model for given leaves; gates stand in the order in which they depend on one another. */
export function evaluateGates(model: Model, leaf: (node: number) => boolean): (bit: Bit) => boolean {
  const { gates, size } = model
  const values = new Uint8Array(size)
  const of = (node: number, n: 0 | 1 | 2) => {
    const operand = gates.operand(node, n)
    return values[operand >> 1]! ^ (operand & 1)
  }
  for (let node = 1; node < size; node += 1) {
    switch (gates.kind(node)) {
      case LEAF:
        values[node] = leaf(node) ? 1 : 0
        break
      case AND:
        values[node] = of(node, 0) & of(node, 1)
        break
      case XOR:
        values[node] = of(node, 0) ^ of(node, 1)
        break
      case ITE:
        values[node] = of(node, 0) === 1 ? of(node, 1) : of(node, 2)
        break
    }
  }
  return bit => (values[bit >> 1]! ^ (bit & 1)) === 1
}
