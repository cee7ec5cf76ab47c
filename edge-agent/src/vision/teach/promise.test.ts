import { expect, test } from 'vitest'
import { promiseOf, upperBound } from './promise.ts'

test.each([
  [0, 60, 0.0487],
  [0, 300, 0.00994],
  [0, 998, 0.003],
  [1, 1580, 0.003],
  [3, 2583, 0.003],
])('%i refused of %i good parts bound the rate by %f', (k, n, bound) => {
  expect(upperBound(k, n, 0.95)).toBeCloseTo(bound, 4)
})

test('twenty good parts promise 14 % at most, and 299 are needed for 1 %', () => {
  expect(promiseOf(20, 0, 0.01)).toEqual({ overkill_upper: 0.1391, confidence: 0.95, parts_needed: 299 })
})
