import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mean, median, percentile, rounded, spreadOf } from './figures.ts'

const samples = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 60 })

describe('percentile, by nearest rank', () => {
  // The worked example of nearest rank: 15 20 35 40 50.
  it.each([
    [0, 15],
    [0.05, 15],
    [0.3, 20],
    [0.4, 20],
    [0.5, 35],
    [0.95, 50],
    [1, 50],
  ])('of 50 15 40 20 35 at %d is %d', (share, wanted) => {
    expect(percentile([50, 15, 40, 20, 35], share)).toBe(wanted)
  })
  it('is not raised to the next rank by rounding', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1)
    expect(percentile(hundred, 0.55)).toBe(55)
    expect(percentile(hundred, 0.95)).toBe(95)
    expect(percentile(hundred.slice(0, 20), 0.95)).toBe(19)
  })
  it('is a sample that the share of all does not exceed, and the least such', () => {
    fc.assert(
      fc.property(samples, fc.integer({ min: 1, max: 100 }), (values, percent) => {
        const found = percentile(values, percent / 100)
        const upTo = values.filter(each => each <= found).length
        const below = values.filter(each => each < found).length
        expect(values).toContain(found)
        expect(upTo * 100).toBeGreaterThanOrEqual(percent * values.length)
        expect(below * 100).toBeLessThan(percent * values.length)
      }),
    )
  })
  it('refuses no samples and shares that are none', () => {
    expect(() => percentile([], 0.5)).toThrow('no samples')
    expect(() => percentile([1], 95)).toThrow('a share is 0..1, not 95')
    expect(() => percentile([1], Number.NaN)).toThrow(RangeError)
  })
  it('leaves the samples as they are', () => {
    const values = [3, 1, 2]
    expect(median(values)).toBe(2)
    expect(values).toEqual([3, 1, 2])
  })
})

describe('spread', () => {
  it('holds least, greatest and the deviation with n - 1', () => {
    expect(spreadOf([2, 4, 4, 4, 5, 5, 7, 9])).toEqual({
      least: 2,
      greatest: 9,
      deviation: expect.closeTo(Math.sqrt(32 / 7), 12),
    })
  })
  it('of one sample has no deviation; of none there is no spread', () => {
    expect(spreadOf([7])).toEqual({ least: 7, greatest: 7, deviation: 0 })
    expect(() => spreadOf([])).toThrow('no samples')
    expect(() => mean([])).toThrow('no samples')
  })
})

it.each([
  [0, 0],
  [1234.56, 1235],
  [123456.7, 123457],
  [12.3456, 12.35],
  [0.00012347, 0.0001235],
  [-2.34567, -2.346],
  [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
])('rounded %d is %d', (value, wanted) => {
  expect(rounded(value)).toBe(wanted)
})
