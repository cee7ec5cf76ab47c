import { type Bit, FALSE, type Gates, TRUE } from './gates.ts'
import type { Word, Words } from './words.ts'

/** Widths of a binary floating-point format: exponent, and fraction with its hidden bit. */
export interface Format {
  readonly exponent: number
  readonly precision: number
}
export const SINGLE: Format = { exponent: 8, precision: 24 }
export const DOUBLE: Format = { exponent: 11, precision: 53 }

/** IEEE 754 arithmetic on words of the format's bits, rounding to nearest even; every NaN is the same one. */
export interface Floats {
  constant(value: number, format: Format): Word
  add(a: Word, b: Word, format: Format): Word
  multiply(a: Word, b: Word, format: Format): Word
  divide(a: Word, b: Word, format: Format): Word
  negate(a: Word): Word
  absolute(a: Word): Word
  equal(a: Word, b: Word, format: Format): Bit
  less(a: Word, b: Word, format: Format): Bit
  isFinite(a: Word, format: Format): Bit
  isZero(a: Word): Bit
  fromInteger(a: Word, signed: boolean, format: Format): Word
  /** Rounded (halves to even) or cut towards zero; undefined outside the target's width is what a wrap of 64 bits gives. */
  toInteger(a: Word, format: Format, width: number, mode: 'round' | 'trunc' | 'floor' | 'ceil'): Word
  convert(a: Word, from: Format, to: Format): Word
}

interface Parts {
  readonly sign: Bit
  /** Exponent of the value significand * 2^(exponent - precision + 1), unbiased, signed, with room to spare. */
  readonly exponent: Word
  /** Normalised: the highest bit is set unless the value is zero. */
  readonly significand: Word
  readonly nan: Bit
  readonly infinite: Bit
  readonly zero: Bit
}

export function bitsOf(value: number, format: Format): bigint {
  const view = new DataView(new ArrayBuffer(8))
  if (format.precision === 24) {
    view.setFloat32(0, value)
    return Number.isNaN(value) ? 0x7fc00000n : BigInt(view.getUint32(0))
  }
  view.setFloat64(0, value)
  return Number.isNaN(value) ? 0x7ff8000000000000n : view.getBigUint64(0)
}

export function numberOf(bits: bigint, format: Format): number {
  const view = new DataView(new ArrayBuffer(8))
  if (format.precision === 24) {
    view.setUint32(0, Number(bits))
    return view.getFloat32(0)
  }
  view.setBigUint64(0, bits)
  return view.getFloat64(0)
}

export function createFloats(g: Gates, w: Words): Floats {
  const any = (a: Word) => w.isZero(a) ^ 1
  const all = (a: Word) => a.reduce((x, y) => g.and(x, y), TRUE)
  const fractionOf = (a: Word, f: Format) => a.slice(0, f.precision - 1)
  const exponentOf = (a: Word, f: Format) => a.slice(f.precision - 1, a.length - 1)
  const signOf = (a: Word) => a[a.length - 1]!
  const isNan = (a: Word, f: Format) => g.and(all(exponentOf(a, f)), any(fractionOf(a, f)))
  const isInfinite = (a: Word, f: Format) => g.and(all(exponentOf(a, f)), w.isZero(fractionOf(a, f)))
  const zeroBits = (a: Word) => w.isZero(a.slice(0, -1))
  const assemble = (sign: Bit, exponent: Word, fraction: Word): Word => [...fraction, ...exponent, sign]
  const nan = (f: Format) => w.constant(bitsOf(Number.NaN, f), f.exponent + f.precision)
  const infinity = (sign: Bit, f: Format): Word =>
    assemble(sign, w.constant(-1n, f.exponent), w.constant(0n, f.precision - 1))
  const nothing = (sign: Bit, f: Format): Word => [...w.constant(0n, f.exponent + f.precision - 1), sign]

  /** Moves the highest set bit to the top; how far, as a word of `width` bits. */
  function normalise(a: Word, width: number): { word: Word; by: Word } {
    let word = a
    let by = w.constant(0n, width)
    for (let step = 2 ** Math.floor(Math.log2(Math.max(1, a.length - 1))); step >= 1; step = Math.floor(step / 2)) {
      const empty = w.isZero(word.slice(word.length - step))
      word = w.choose(
        empty,
        word.map((_, i) => (i < step ? FALSE : word[i - step]!)),
        word,
      )
      by = w.add(by, w.choose(empty, w.constant(BigInt(step), width), w.constant(0n, width)))
    }
    return { word, by }
  }

  function split(a: Word, f: Format): Parts {
    const width = f.exponent + 4
    const raw = exponentOf(a, f)
    const subnormal = w.isZero(raw)
    const bias = BigInt(2 ** (f.exponent - 1) - 1)
    const { word, by } = normalise([...fractionOf(a, f), subnormal ^ 1], width)
    const biased = w.choose(subnormal, w.constant(1n, width), w.resize(raw, width, false))
    return {
      sign: signOf(a),
      exponent: w.sub(w.sub(biased, w.constant(bias, width)), by),
      significand: word,
      nan: isNan(a, f),
      infinite: isInfinite(a, f),
      zero: zeroBits(a),
    }
  }

  /**
   * Rounds sign * significand * 2^(exponent - length + 1), whose highest bit is set unless it is zero; `sticky` says that
   * something below was cut off. `exponent` has room for every sum.
   */
  function round(sign: Bit, exponent: Word, significand: Word, sticky: Bit, f: Format): Word {
    const width = exponent.length
    const bias = BigInt(2 ** (f.exponent - 1) - 1)
    const least = w.constant(1n - bias, width)
    const tiny = w.less(exponent, least, true)
    const deficit = w.choose(tiny, w.sub(least, exponent), w.constant(0n, width))
    // Significand with two bits below it at least, then moved down where the value is subnormal.
    const padded: Word = [FALSE, FALSE, ...significand]
    const moved = w.shiftRight(padded, deficit, FALSE)
    const lost = g.and(tiny, w.equal(w.shiftLeft(moved, deficit), padded) ^ 1)
    const cut = moved.length - f.precision
    const kept = moved.slice(cut)
    const half = moved[cut - 1]!
    const rest = g.or(g.or(any(moved.slice(0, cut - 1)), sticky), lost)
    const up = g.and(half, g.or(rest, kept[0]!))
    const rounded = w.add([...kept, FALSE], w.constant(0n, f.precision + 1), up)
    const carry = rounded[f.precision]!
    const hidden = g.or(carry, rounded[f.precision - 1]!)
    const fraction = w.choose(carry, w.constant(0n, f.precision - 1), rounded.slice(0, f.precision - 1))
    const base = w.choose(tiny, least, exponent)
    const next = w.add(w.add(base, w.constant(bias, width)), w.constant(0n, width), carry)
    const biased = w.choose(hidden, next, w.constant(0n, width))
    const over = w.less(biased, w.constant(BigInt(2 ** f.exponent - 1), width), true) ^ 1
    const result = assemble(sign, biased.slice(0, f.exponent), fraction)
    const none = g.and(w.isZero(significand), sticky ^ 1)
    return w.choose(none, nothing(sign, f), w.choose(over, infinity(sign, f), result))
  }

  function add(a: Word, b: Word, f: Format): Word {
    const x = split(a, f)
    const y = split(b, f)
    const larger = w.less([...b.slice(0, -1), FALSE], [...a.slice(0, -1), FALSE], false)
    const order = g.or(larger, w.equal(a.slice(0, -1), b.slice(0, -1)))
    const high = pick(order, x, y)
    const low = pick(order, y, x)
    const distance = w.sub(high.exponent, low.exponent)
    const p = f.precision
    const wide = (s: Word): Word => [...w.constant(0n, p + 3), ...s, FALSE]
    const big = wide(high.significand)
    const small = w.shiftRight(wide(low.significand), distance, FALSE)
    const lost = w.equal(w.shiftLeft(small, distance), wide(low.significand)) ^ 1
    const opposite = g.xor(x.sign, y.sign)
    // What was cut off lies below the lowest kept bit: subtracting it borrows one there and leaves a remainder.
    const difference = w.sub(
      w.sub(big, small),
      w.constant(0n, big.length).map((_, i) => (i === 0 ? lost : FALSE)),
    )
    const sum = w.choose(opposite, difference, w.add(big, small))
    const width = high.exponent.length
    const { word, by } = normalise(sum, width)
    const exponent = w.sub(w.add(high.exponent, w.constant(1n, width)), by)
    const exact = g.and(w.isZero(sum), lost ^ 1)
    const rounded = round(high.sign, exponent, word, lost, f)
    const zeroSign = g.and(x.sign, y.sign)
    let result = w.choose(exact, nothing(zeroSign, f), rounded)
    result = w.choose(y.zero, a, result)
    result = w.choose(x.zero, b, result)
    result = w.choose(g.and(x.zero, y.zero), nothing(zeroSign, f), result)
    result = w.choose(x.infinite, a, w.choose(y.infinite, b, result))
    const bad = g.or(g.or(x.nan, y.nan), g.and(g.and(x.infinite, y.infinite), opposite))
    return w.choose(bad, nan(f), result)
  }

  function pick(test: Bit, a: Parts, b: Parts): Parts {
    return {
      sign: g.ite(test, a.sign, b.sign),
      exponent: w.choose(test, a.exponent, b.exponent),
      significand: w.choose(test, a.significand, b.significand),
      nan: FALSE,
      infinite: FALSE,
      zero: FALSE,
    }
  }

  function multiply(a: Word, b: Word, f: Format): Word {
    const x = split(a, f)
    const y = split(b, f)
    const sign = g.xor(x.sign, y.sign)
    const p = f.precision
    const product = w.multiply(w.resize(x.significand, 2 * p, false), w.resize(y.significand, 2 * p, false))
    const width = x.exponent.length
    const { word, by } = normalise(product, width)
    const exponent = w.sub(w.add(w.add(x.exponent, y.exponent), w.constant(1n, width)), by)
    let result = round(sign, exponent, word, FALSE, f)
    result = w.choose(g.or(x.zero, y.zero), nothing(sign, f), result)
    result = w.choose(g.or(x.infinite, y.infinite), infinity(sign, f), result)
    const bad = g.or(g.or(x.nan, y.nan), g.or(g.and(x.infinite, y.zero), g.and(y.infinite, x.zero)))
    return w.choose(bad, nan(f), result)
  }

  function divide(a: Word, b: Word, f: Format): Word {
    const x = split(a, f)
    const y = split(b, f)
    const sign = g.xor(x.sign, y.sign)
    const p = f.precision
    const length = 2 * p + 2
    const dividend: Word = [...w.constant(0n, p + 2), ...x.significand]
    const { quotient, remainder } = w.divide(dividend, w.resize(y.significand, length, false), false)
    const width = x.exponent.length
    const { word, by } = normalise(quotient.slice(0, p + 3), width)
    const exponent = w.sub(w.sub(x.exponent, y.exponent), by)
    let result = round(sign, exponent, word, any(remainder), f)
    result = w.choose(g.or(x.zero, y.infinite), nothing(sign, f), result)
    result = w.choose(g.or(x.infinite, y.zero), infinity(sign, f), result)
    const bad = g.or(g.or(x.nan, y.nan), g.or(g.and(x.infinite, y.infinite), g.and(y.zero, x.zero)))
    return w.choose(bad, nan(f), result)
  }

  function equal(a: Word, b: Word, f: Format): Bit {
    const same = g.or(w.equal(a, b), g.and(zeroBits(a), zeroBits(b)))
    return g.and(same, g.and(isNan(a, f) ^ 1, isNan(b, f) ^ 1))
  }

  function less(a: Word, b: Word, f: Format): Bit {
    const magnitude = w.less(a.slice(0, -1), b.slice(0, -1), false)
    const inverse = w.less(b.slice(0, -1), a.slice(0, -1), false)
    const ordered = g.ite(
      signOf(a),
      g.ite(signOf(b), inverse, g.and(zeroBits(a), zeroBits(b)) ^ 1),
      g.and(signOf(b) ^ 1, magnitude),
    )
    return g.and(ordered, g.and(isNan(a, f) ^ 1, isNan(b, f) ^ 1))
  }

  function fromInteger(a: Word, signed: boolean, f: Format): Word {
    const sign = signed ? a[a.length - 1]! : FALSE
    const magnitude = w.choose(sign, w.negate(a), a)
    const width = Math.max(f.exponent + 4, Math.ceil(Math.log2(a.length)) + 3)
    const longer = Math.max(a.length, f.precision + 1)
    const { word, by } = normalise(w.resize(magnitude, longer, false), width)
    const rounded = round(sign, w.sub(w.constant(BigInt(longer - 1), width), by), word, FALSE, f)
    return w.choose(w.isZero(a), nothing(FALSE, f), rounded)
  }

  function toInteger(a: Word, f: Format, width: number, mode: 'round' | 'trunc' | 'floor' | 'ceil'): Word {
    const x = split(a, f)
    const p = f.precision
    const ew = x.exponent.length
    // Fixed point with 64 whole bits and one place below for the half.
    const whole = 66
    const base: Word = [...w.constant(0n, 2), ...x.significand, ...w.constant(0n, whole)]
    const left = w.choose(x.exponent[ew - 1]!, w.constant(0n, ew), x.exponent)
    const right = w.choose(x.exponent[ew - 1]!, w.negate(x.exponent), w.constant(0n, ew))
    const up = w.shiftLeft(base, left)
    const moved = w.shiftRight(up, right, FALSE)
    const lost = w.equal(w.shiftLeft(moved, right), up) ^ 1
    const point = p + 1
    const integer = moved.slice(point, point + width)
    const half = moved[point - 1]!
    const rest = g.or(any(moved.slice(0, point - 1)), lost)
    const fraction = g.or(half, rest)
    const increase =
      mode === 'round'
        ? g.and(half, g.or(rest, integer[0]!))
        : mode === 'floor'
          ? g.and(fraction, x.sign)
          : mode === 'ceil'
            ? g.and(fraction, x.sign ^ 1)
            : FALSE
    const magnitude = w.add(integer, w.constant(0n, width), increase)
    const value = w.choose(x.sign, w.negate(magnitude), magnitude)
    return w.choose(g.or(g.or(x.nan, x.infinite), x.zero), w.constant(0n, width), value)
  }

  function convert(a: Word, from: Format, to: Format): Word {
    if (from.precision === to.precision) return a
    const x = split(a, from)
    const width = Math.max(x.exponent.length, to.exponent + 4)
    const significand: Word =
      from.precision < to.precision
        ? [...w.constant(0n, to.precision - from.precision), ...x.significand]
        : x.significand
    let result = round(x.sign, w.resize(x.exponent, width, true), significand, FALSE, to)
    result = w.choose(x.zero, nothing(x.sign, to), result)
    result = w.choose(x.infinite, infinity(x.sign, to), result)
    return w.choose(x.nan, nan(to), result)
  }

  return {
    constant: (value, f) => w.constant(bitsOf(value, f), f.exponent + f.precision),
    add,
    multiply,
    divide,
    negate: a => [...a.slice(0, -1), signOf(a) ^ 1],
    absolute: a => [...a.slice(0, -1), FALSE],
    equal,
    less,
    isFinite: (a, f) => all(exponentOf(a, f)) ^ 1,
    isZero: zeroBits,
    fromInteger,
    toInteger,
    convert,
  }
}
