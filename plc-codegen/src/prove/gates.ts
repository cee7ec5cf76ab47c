/** A node n as 2n, its negation as 2n + 1. Node 0 is FALSE. */
export type Bit = number
export const FALSE: Bit = 0
export const TRUE: Bit = 1

export const LEAF = 0
export const AND = 1
export const XOR = 2
export const ITE = 3

/** Thrown where a formula outgrows what may be held. */
export class TooLarge extends Error {}

/** A graph of gates in which equal gates are one (structural hashing) and constants vanish as they are built. */
export interface Gates {
  leaf(): Bit
  and(a: Bit, b: Bit): Bit
  or(a: Bit, b: Bit): Bit
  xor(a: Bit, b: Bit): Bit
  ite(test: Bit, then: Bit, otherwise: Bit): Bit
  kind(node: number): number
  /** The n-th operand of a gate. */
  operand(node: number, n: 0 | 1 | 2): Bit
  size(): number
}

export const not = (a: Bit): Bit => a ^ 1

export function createGates(limit = 700_000): Gates {
  let capacity = 1 << 12
  let kinds = new Uint8Array(capacity)
  let operands = new Int32Array(capacity * 3)
  let count = 1
  let table = new Int32Array(1 << 13)
  let mask = table.length - 1

  const slotOf = (kind: number, a: Bit, b: Bit, c: Bit) => {
    let h = (Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35) ^ kind) >>> 0
    h ^= h >>> 15
    return (Math.imul(h, 0x2c1b3c6d) >>> 8) & mask
  }

  function grow(): void {
    if (count >= limit) throw new TooLarge()
    capacity *= 2
    const k = new Uint8Array(capacity)
    k.set(kinds)
    kinds = k
    const o = new Int32Array(capacity * 3)
    o.set(operands)
    operands = o
    table = new Int32Array(capacity * 2)
    mask = table.length - 1
    for (let node = 1; node < count; node += 1) {
      if (kinds[node] === LEAF) continue
      let at = slotOf(kinds[node]!, operands[node * 3]!, operands[node * 3 + 1]!, operands[node * 3 + 2]!)
      while (table[at] !== 0) at = (at + 1) & mask
      table[at] = node
    }
  }

  function make(kind: number, a: Bit, b: Bit, c: Bit): Bit {
    let at = slotOf(kind, a, b, c)
    for (let node = table[at]!; node !== 0; node = table[at]!) {
      if (
        kinds[node] === kind &&
        operands[node * 3] === a &&
        operands[node * 3 + 1] === b &&
        operands[node * 3 + 2] === c
      )
        return node * 2
      at = (at + 1) & mask
    }
    if (count >= capacity) {
      grow()
      at = slotOf(kind, a, b, c)
      while (table[at] !== 0) at = (at + 1) & mask
    }
    const node = count
    count += 1
    kinds[node] = kind
    operands[node * 3] = a
    operands[node * 3 + 1] = b
    operands[node * 3 + 2] = c
    table[at] = node
    return node * 2
  }

  const isKind = (bit: Bit, kind: number) => kinds[bit >> 1] === kind
  const op = (bit: Bit, n: number) => operands[(bit >> 1) * 3 + n]!

  function and(a: Bit, b: Bit): Bit {
    if (a === FALSE || b === FALSE || a === (b ^ 1)) return FALSE
    if (a === TRUE || a === b) return b
    if (b === TRUE) return a
    if (isKind(b, AND)) {
      const inside = op(b, 0) === a || op(b, 1) === a
      const against = op(b, 0) === (a ^ 1) || op(b, 1) === (a ^ 1)
      if ((b & 1) === 0) {
        if (inside) return b
        if (against) return FALSE
      } else {
        if (against) return a
        if (inside) return and(a, (op(b, 0) === a ? op(b, 1) : op(b, 0)) ^ 1)
      }
    }
    if (isKind(a, AND)) {
      const inside = op(a, 0) === b || op(a, 1) === b
      const against = op(a, 0) === (b ^ 1) || op(a, 1) === (b ^ 1)
      if ((a & 1) === 0) {
        if (inside) return a
        if (against) return FALSE
      } else {
        if (against) return b
        if (inside) return and(b, (op(a, 0) === b ? op(a, 1) : op(a, 0)) ^ 1)
      }
    }
    return a < b ? make(AND, a, b, 0) : make(AND, b, a, 0)
  }

  function xor(a: Bit, b: Bit): Bit {
    if (a < 2) return a ^ b
    if (b < 2) return a ^ b
    const sign = (a ^ b) & 1
    const x = a & ~1
    const y = b & ~1
    if (x === y) return sign
    return (x < y ? make(XOR, x, y, 0) : make(XOR, y, x, 0)) ^ sign
  }

  const or = (a: Bit, b: Bit) => and(a ^ 1, b ^ 1) ^ 1

  function ite(test: Bit, then: Bit, otherwise: Bit): Bit {
    if (test === TRUE || then === otherwise) return then
    if (test === FALSE) return otherwise
    if ((test & 1) === 1) return ite(test ^ 1, otherwise, then)
    let a = then
    let b = otherwise
    if (isKind(a, ITE) && op(a, 0) === test) a = op(a, 1) ^ (a & 1)
    if (isKind(b, ITE) && op(b, 0) === test) b = op(b, 2) ^ (b & 1)
    if (a === test) a = TRUE
    else if (a === (test ^ 1)) a = FALSE
    if (b === test) b = FALSE
    else if (b === (test ^ 1)) b = TRUE
    if (a === b) return a
    if (a === TRUE) return or(test, b)
    if (a === FALSE) return and(test ^ 1, b)
    if (b === TRUE) return or(test ^ 1, a)
    if (b === FALSE) return and(test, a)
    if (a === (b ^ 1)) return xor(test, b)
    return (a & 1) === 1 ? make(ITE, test, a ^ 1, b ^ 1) ^ 1 : make(ITE, test, a, b)
  }

  return {
    leaf() {
      if (count >= capacity) grow()
      kinds[count] = LEAF
      count += 1
      return (count - 1) * 2
    },
    and,
    or,
    xor,
    ite,
    kind: node => kinds[node]!,
    operand: (node, n) => operands[node * 3 + n]!,
    size: () => count,
  }
}
