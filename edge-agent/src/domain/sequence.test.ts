import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ahead, following } from './sequence.ts'

it('after the last number comes 1', () => {
  expect(following(2 ** 32 - 1)).toBe(1)
  expect(ahead(1, 2 ** 32 - 1)).toBe(1)
  expect(ahead(2 ** 32 - 1, 1)).toBe(-1)
})
it('a message is as far ahead as numbers follow between, also around the end', () => {
  const numbers = fc.integer({ min: 1, max: 2 ** 32 - 1 })
  fc.assert(
    fc.property(numbers, fc.integer({ min: 0, max: 50 }), (expected, steps) => {
      let sequence = expected
      for (let step = 0; step < steps; step += 1) sequence = following(sequence)
      expect(ahead(sequence, expected)).toBe(steps)
      expect(ahead(expected, sequence)).toBe(steps === 0 ? 0 : -steps)
    }),
  )
})
