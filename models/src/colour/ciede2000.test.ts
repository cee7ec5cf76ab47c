import { expect, test } from 'vitest'
import { ciede2000, encodedOf, type Lab, labOf, linearOf } from './ciede2000.ts'

/** Pairs 1, 7, 9, 14, 17, 20, 25, 29, 34 of the table in Sharma, Wu, Dalal, "The CIEDE2000 color-difference formula", 2005. */
const published: readonly (readonly [Lab, Lab, number])[] = [
  [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
  [[50, 0, 0], [50, -1, 2], 2.3669],
  [[50, 2.49, -0.001], [50, -2.49, 0.0009], 7.1792],
  [[50, -0.001, 2.49], [50, 0.0011, -2.49], 4.7461],
  [[50, 2.5, 0], [73, 25, -18], 27.1492],
  [[50, 2.5, 0], [58, 24, 15], 19.4535],
  [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
  [[22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619], 2.0373],
  [[2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514], 0.9082],
]

test.each(published)('the difference of %j and %j is the published one', (first, second, difference) => {
  expect(ciede2000(first, second)).toBeCloseTo(difference, 4)
  expect(ciede2000(second, first)).toBeCloseTo(difference, 4)
})

test('white is L* 100 without chroma, and the transfer curve inverts', () => {
  const [L, a, b] = labOf([1, 1, 1])
  expect([L, a, b].map(v => Math.round(v * 100) / 100 + 0)).toEqual([100, 0, 0])
  for (const share of [0, 0.01, 0.2, 0.5, 1]) expect(encodedOf(linearOf(share))).toBeCloseTo(share, 9)
})
