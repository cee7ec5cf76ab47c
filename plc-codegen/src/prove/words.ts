import { type Bit, FALSE, type Gates, TRUE } from './gates.ts'

/** Bits of an integer, the lowest first. */
export type Word = readonly Bit[]

/** Integer arithmetic on words, as in hardware: everything wraps in its width. */
export interface Words {
  constant(value: bigint, width: number): Word
  leaf(width: number): Word
  /** To another width: cut, or filled with the sign or with zeros. */
  resize(a: Word, width: number, signed: boolean): Word
  add(a: Word, b: Word, carry?: Bit): Word
  sub(a: Word, b: Word): Word
  negate(a: Word): Word
  multiply(a: Word, b: Word): Word
  /** Quotient towards zero and remainder with the dividend's sign; the divisor is not zero. */
  divide(a: Word, b: Word, signed: boolean): { quotient: Word; remainder: Word }
  equal(a: Word, b: Word): Bit
  less(a: Word, b: Word, signed: boolean): Bit
  isZero(a: Word): Bit
  choose(test: Bit, then: Word, otherwise: Word): Word
  map2(a: Word, b: Word, gate: (x: Bit, y: Bit) => Bit): Word
  invert(a: Word): Word
  /** Shifts by a word of any width; what is moved in is `fill`. */
  shiftLeft(a: Word, by: Word): Word
  shiftRight(a: Word, by: Word, fill: Bit): Word
}

/** The value of a word of constants, or undefined where a bit is open. */
export function constantOf(a: Word, signed: boolean): bigint | undefined {
  let value = 0n
  for (let i = a.length - 1; i >= 0; i -= 1) {
    if (a[i]! > TRUE) return undefined
    value = (value << 1n) | BigInt(a[i]!)
  }
  return signed ? BigInt.asIntN(a.length, value) : value
}

export function createWords(g: Gates): Words {
  const constant = (value: bigint, width: number): Word =>
    Array.from({ length: width }, (_, i) => Number((value >> BigInt(i)) & 1n))
  const choose = (test: Bit, then: Word, otherwise: Word): Word =>
    test === TRUE ? then : test === FALSE ? otherwise : then.map((each, i) => g.ite(test, each, otherwise[i]!))
  const map2 = (a: Word, b: Word, gate: (x: Bit, y: Bit) => Bit): Word => a.map((each, i) => gate(each, b[i]!))
  const invert = (a: Word): Word => a.map(each => each ^ 1)

  function add(a: Word, b: Word, carry: Bit = FALSE): Word {
    const sum: Bit[] = []
    let c = carry
    for (let i = 0; i < a.length; i += 1) {
      const x = a[i]!
      const y = b[i]!
      const half = g.xor(x, y)
      sum.push(g.xor(half, c))
      if (i + 1 < a.length) c = g.ite(half, c, x)
    }
    return sum
  }

  const sub = (a: Word, b: Word) => add(a, invert(b), TRUE)
  const negate = (a: Word) => add(constant(0n, a.length), invert(a), TRUE)

  function multiply(x: Word, y: Word): Word {
    // One order for both operands makes a * b and b * a one gate graph; a constant stands as the second.
    const known = (w: Word) => w.every(each => each <= TRUE)
    const swap = known(x) || (!known(y) && compareWords(x, y) > 0)
    const [a, b] = swap ? [y, x] : [x, y]
    let sum = constant(0n, a.length)
    for (let i = 0; i < b.length; i += 1) {
      if (b[i] === FALSE) continue
      const row = a.map((_, j) => (j < i ? FALSE : g.and(a[j - i]!, b[i]!)))
      sum = add(sum, row)
    }
    return sum
  }

  function unsigned(a: Word, b: Word): { quotient: Word; remainder: Word } {
    const width = a.length
    const divisor = [...b, FALSE]
    let rest: Word = constant(0n, width + 1)
    const quotient: Bit[] = new Array(width).fill(FALSE)
    for (let i = width - 1; i >= 0; i -= 1) {
      rest = [a[i]!, ...rest.slice(0, width)]
      const less = lessThan(rest, divisor, false)
      quotient[i] = less ^ 1
      rest = choose(less, rest, sub(rest, divisor))
    }
    return { quotient, remainder: rest.slice(0, width) }
  }

  function divide(a: Word, b: Word, signed: boolean): { quotient: Word; remainder: Word } {
    if (!signed) return unsigned(a, b)
    const sa = a[a.length - 1]!
    const sb = b[b.length - 1]!
    const { quotient, remainder } = unsigned(choose(sa, negate(a), a), choose(sb, negate(b), b))
    return {
      quotient: choose(g.xor(sa, sb), negate(quotient), quotient),
      remainder: choose(sa, negate(remainder), remainder),
    }
  }

  function equal(a: Word, b: Word): Bit {
    let same: Bit = TRUE
    for (let i = 0; i < a.length; i += 1) same = g.and(same, g.xor(a[i]!, b[i]!) ^ 1)
    return same
  }

  function lessThan(a: Word, b: Word, signed: boolean): Bit {
    let less: Bit = FALSE
    const last = a.length - 1
    for (let i = 0; i <= last; i += 1) {
      const x = a[i]!
      const y = b[i]!
      const [low, high] = signed && i === last ? [y, x] : [x, y]
      less = g.ite(g.xor(low, high), high, less)
    }
    return less
  }

  function shift(a: Word, by: Word, move: (w: Word, count: number) => Word): Word {
    let word = a
    let beyond: Bit = FALSE
    for (let i = 0; i < by.length; i += 1) {
      const count = 2 ** i
      if (count >= a.length) beyond = g.or(beyond, by[i]!)
      else word = choose(by[i]!, move(word, count), word)
    }
    return choose(beyond, move(a, a.length), word)
  }

  return {
    constant,
    leaf: width => Array.from({ length: width }, () => g.leaf()),
    resize: (a, width, signed) =>
      a.length === width
        ? a
        : Array.from({ length: width }, (_, i) => (i < a.length ? a[i]! : signed ? (a.at(-1) ?? FALSE) : FALSE)),
    add,
    sub,
    negate,
    multiply,
    divide,
    equal,
    less: lessThan,
    isZero: a => a.reduce((zero, each) => g.and(zero, each ^ 1), TRUE),
    choose,
    map2,
    invert,
    shiftLeft: (a, by) => shift(a, by, (w, n) => w.map((_, i) => (i < n ? FALSE : w[i - n]!))),
    shiftRight: (a, by, fill) => shift(a, by, (w, n) => w.map((_, i) => (i + n < w.length ? w[i + n]! : fill))),
  }
}

function compareWords(a: Word, b: Word): number {
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return a[i]! - b[i]!
  return 0
}
