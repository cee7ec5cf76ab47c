import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createFloats, DOUBLE, type Format, numberOf, SINGLE } from './floats.ts'
import { createGates } from './gates.ts'
import { constantOf, createWords, type Word } from './words.ts'

const gates = createGates()
const words = createWords(gates)
const floats = createFloats(gates, words)
const read = (bits: Word, format: Format) => numberOf(constantOf(bits, false)!, format)

const single = fc.oneof(
  fc.float(),
  fc.constantFrom(0, -0, 1, -1, 0.5, 1.5, 2.5, 1.401298464324817e-45, 1.1754943508222875e-38, 3.4028234663852886e38),
  fc.integer({ min: -1000, max: 1000 }),
)
const double = fc.oneof(fc.double(), fc.constantFrom(0, -0, 5e-324, Number.MAX_VALUE), fc.integer({ min: -9, max: 9 }))

const same = (found: number, wanted: number) =>
  Object.is(found, wanted) || (found === 0 && wanted === 0 && Object.is(found, wanted))

describe.each([
  ['single', SINGLE, single, Math.fround],
  ['double', DOUBLE, double, (x: number) => x],
] as const)('%s precision in gates is that of the machine', (_, format, values, round) => {
  const constant = (x: number) => floats.constant(x, format)
  const operations: [string, (a: Word, b: Word) => Word, (a: number, b: number) => number][] = [
    ['+', (a, b) => floats.add(a, b, format), (a, b) => round(a + b)],
    ['-', (a, b) => floats.add(a, floats.negate(b), format), (a, b) => round(a - b)],
    ['*', (a, b) => floats.multiply(a, b, format), (a, b) => round(a * b)],
    ['/', (a, b) => floats.divide(a, b, format), (a, b) => round(a / b)],
  ]
  test.each(operations)('%s', (_name, gate, machine) => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const found = read(gate(constant(a), constant(b)), format)
        if (!same(found, machine(a, b))) throw new Error(`${a} ${_name} ${b}: ${found}, not ${machine(a, b)}`)
      }),
      { numRuns: format === SINGLE ? 1500 : 400 },
    )
  })

  test('comparisons', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        expect(floats.less(constant(a), constant(b), format) === 1).toBe(a < b)
        expect(floats.equal(constant(a), constant(b), format) === 1).toBe(a === b)
      }),
    )
  })

  test('from and to integers', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), values, (n, x) => {
        expect(read(floats.fromInteger(words.constant(BigInt(n), 64), true, format), format)).toBe(round(n) + 0)
        const cut = Math.abs(x) < 2 ** 53 ? x : 0
        const integer = (mode: 'trunc' | 'floor' | 'ceil') =>
          Number(constantOf(floats.toInteger(constant(cut), format, 64, mode), true))
        expect(integer('trunc')).toBe(Math.trunc(cut) + 0)
        expect(integer('floor')).toBe(Math.floor(cut) + 0)
        expect(integer('ceil')).toBe(Math.ceil(cut) + 0)
      }),
    )
  })
})

test('double to single and back', () => {
  fc.assert(
    fc.property(double, x => {
      const narrow = floats.convert(floats.constant(x, DOUBLE), DOUBLE, SINGLE)
      expect(read(narrow, SINGLE)).toBe(Math.fround(x))
      expect(read(floats.convert(narrow, SINGLE, DOUBLE), DOUBLE)).toBe(Math.fround(x))
    }),
  )
})

test('halves round to the even integer', () => {
  for (const [x, n] of [
    [0.5, 0],
    [1.5, 2],
    [2.5, 2],
    [-0.5, 0],
    [-1.5, -2],
    [2.4999, 2],
    [0.50001, 1],
  ] as const)
    expect(Number(constantOf(floats.toInteger(floats.constant(x, SINGLE), SINGLE, 32, 'round'), true))).toBe(n)
})
