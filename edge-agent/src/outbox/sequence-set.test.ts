import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createSequenceSet } from './sequence-set.ts'

it('holds what was added, as the fewest ranges in order', () => {
  const range = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 8 }))
  fc.assert(
    fc.property(fc.array(range, { maxLength: 30 }), added => {
      const set = createSequenceSet()
      const known = new Set<number>()
      for (const [from, length] of added) {
        set.add(from, from + length)
        for (let seq = from; seq <= from + length; seq += 1) known.add(seq)
      }
      for (let seq = -1; seq < 72; seq += 1) expect(set.has(seq)).toBe(known.has(seq))
      const ranges = set.ranges()
      for (const [index, [from, to]] of ranges.entries()) {
        expect(from).toBeLessThanOrEqual(to)
        if (index > 0) expect(from).toBeGreaterThan(ranges[index - 1]![1] + 1)
        expect(set.endOf(from)).toBe(to)
      }
    }),
  )
})
