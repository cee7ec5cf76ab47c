import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { lowerBound, rateOf, upperBound } from './clopper-pearson.ts'
import { betaQuantile, incompleteBeta, logGamma } from './incomplete-beta.ts'

/** P(X <= k) of a binomial, summed term by term: an independent way to the same figures. */
function binomialAtMost(k: number, n: number, p: number): number {
  const logFactorial = (m: number) => Array.from({ length: m }, (_, i) => Math.log(i + 1)).reduce((a, b) => a + b, 0)
  const term = (i: number) =>
    logFactorial(n) - logFactorial(i) - logFactorial(n - i) + i * Math.log(p) + (n - i) * Math.log1p(-p)
  return Array.from({ length: k + 1 }, (_, i) => Math.exp(term(i))).reduce((a, b) => a + b, 0)
}

describe('incomplete beta', () => {
  test('matches closed forms', () => {
    expect(incompleteBeta(0.3, 1, 1)).toBeCloseTo(0.3, 14)
    expect(incompleteBeta(0.3, 1, 5)).toBeCloseTo(1 - 0.7 ** 5, 14)
    expect(incompleteBeta(0.3, 4, 1)).toBeCloseTo(0.3 ** 4, 14)
    // Arcsine law.
    expect(incompleteBeta(0.25, 0.5, 0.5)).toBeCloseTo((2 / Math.PI) * Math.asin(0.5), 13)
    expect(Math.exp(logGamma(6))).toBeCloseTo(120, 9)
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 13)
  })

  test('equals the binomial tail summed term by term', () => {
    for (const [k, n, p] of [
      [3, 20, 0.1],
      [0, 300, 0.01],
      [40, 125, 0.3],
      [7, 9, 0.8],
    ] as const)
      expect(1 - incompleteBeta(p, k + 1, n - k)).toBeCloseTo(binomialAtMost(k, n, p), 11)
  })

  test('the quantile undoes the function', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.integer({ min: 1, max: 400 }),
        fc.integer({ min: 1, max: 400 }),
        (p, a, b) => Math.abs(incompleteBeta(betaQuantile(p, a, b), a, b) - p) < 1e-9,
      ),
    )
  })
})

describe('Clopper-Pearson', () => {
  test('0 of 300 gives 0.993 % one-sided at 95 %', () => {
    const rate = rateOf(0, 300)
    expect(rate.rate).toBe(0)
    expect(rate.lower).toBe(0)
    // Closed form for no events: 1 - 0.05^(1/300).
    expect(rate.upper).toBeCloseTo(1 - 0.05 ** (1 / 300), 12)
    // 0.99361 %: cut off, not rounded, it reads 0.993 %.
    expect(rate.upper).toBeCloseTo(0.0099361, 7)
  })

  test('known two-sided 95 % intervals (one-sided bounds at 97.5 %)', () => {
    // 5 of 10 and 1 of 20 as given by R's binom.test.
    expect(lowerBound(5, 10, 0.975)).toBeCloseTo(0.187086, 6)
    expect(upperBound(5, 10, 0.975)).toBeCloseTo(0.812914, 6)
    expect(lowerBound(1, 20, 0.975)).toBeCloseTo(0.001265089, 8)
    expect(upperBound(1, 20, 0.975)).toBeCloseTo(0.2487328, 7)
  })

  test('all events, no events, nothing counted', () => {
    expect(rateOf(10, 10)).toMatchObject({ rate: 1, upper: 1 })
    expect(rateOf(10, 10).lower).toBeCloseTo(0.05 ** (1 / 10), 12)
    expect(rateOf(0, 0)).toMatchObject({ rate: null, lower: 0, upper: 1 })
  })

  test('the bounds are where the binomial tails have 5 %', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 200 }), fc.double({ min: 0, max: 1, noNaN: true }), (of, share) => {
        const events = Math.min(of - 1, Math.max(1, Math.round(share * of)))
        const rate = rateOf(events, of)
        expect(binomialAtMost(events, of, rate.upper)).toBeCloseTo(0.05, 6)
        expect(1 - binomialAtMost(events - 1, of, rate.lower)).toBeCloseTo(0.05, 6)
      }),
      { numRuns: 50 },
    )
  })
})
