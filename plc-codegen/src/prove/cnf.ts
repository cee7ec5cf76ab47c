import { AND, type Bit, type Gates, LEAF, XOR } from './gates.ts'
import type { Lit, Solver } from './sat/solver.ts'

/** Hands gates to a solver as clauses (Tseitin 1968), each when first asked for. */
export interface Encoder {
  literal(bit: Bit): Lit
  /** The literal of a bit that was handed over, or undefined. */
  known(bit: Bit): Lit | undefined
}

export function createEncoder(gates: Gates, solver: Solver): Encoder {
  let literals = new Int32Array(1 << 12).fill(-1)
  const constant = 2 * solver.newVar()
  solver.addClause([constant ^ 1])
  literals[0] = constant

  const held = (node: number) => (node < literals.length ? literals[node]! : -1)
  const set = (node: number, literal: Lit) => {
    if (node >= literals.length) {
      const more = new Int32Array(Math.max(node + 1, literals.length * 2)).fill(-1)
      more.set(literals)
      literals = more
    }
    literals[node] = literal
  }

  function literal(bit: Bit): Lit {
    const stack = [bit >> 1]
    while (stack.length > 0) {
      const node = stack[stack.length - 1]!
      if (held(node) >= 0) {
        stack.pop()
        continue
      }
      const kind = gates.kind(node)
      if (kind === LEAF) {
        set(node, 2 * solver.newVar())
        stack.pop()
        continue
      }
      const operands = kind === AND || kind === XOR ? 2 : 3
      let ready = true
      for (let n = 0; n < operands; n += 1) {
        const child = gates.operand(node, n as 0) >> 1
        if (held(child) < 0) {
          stack.push(child)
          ready = false
        }
      }
      if (!ready) continue
      stack.pop()
      const of = (n: 0 | 1 | 2) => {
        const operand = gates.operand(node, n)
        return held(operand >> 1) ^ (operand & 1)
      }
      const y = 2 * solver.newVar()
      set(node, y)
      const a = of(0)
      const b = of(1)
      if (kind === AND) {
        solver.addClause([y ^ 1, a])
        solver.addClause([y ^ 1, b])
        solver.addClause([y, a ^ 1, b ^ 1])
      } else if (kind === XOR) {
        solver.addClause([y ^ 1, a, b])
        solver.addClause([y ^ 1, a ^ 1, b ^ 1])
        solver.addClause([y, a ^ 1, b])
        solver.addClause([y, a, b ^ 1])
      } else {
        const c = of(2)
        solver.addClause([y ^ 1, a ^ 1, b])
        solver.addClause([y, a ^ 1, b ^ 1])
        solver.addClause([y ^ 1, a, c])
        solver.addClause([y, a, c ^ 1])
        solver.addClause([y ^ 1, b, c])
        solver.addClause([y, b ^ 1, c ^ 1])
      }
    }
    return held(bit >> 1) ^ (bit & 1)
  }

  return {
    literal,
    known(bit) {
      const found = held(bit >> 1)
      return found < 0 ? undefined : found ^ (bit & 1)
    },
  }
}
