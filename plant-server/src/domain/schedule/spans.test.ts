import fc from 'fast-check'
import { expect, test } from 'vitest'
import { join, subtract } from './spans.ts'

const span = fc
  .tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 50 }))
  .map(([start, end]) => ({ start, end }))
const has = (spans: readonly { start: number; end: number }[], t: number) =>
  spans.some(({ start, end }) => start <= t && t < end)

test('a moment is in the difference when it is in the spans and in no hole', () => {
  fc.assert(
    fc.property(fc.array(span), fc.array(span), fc.integer({ min: 0, max: 50 }), (spans, holes, t) => {
      expect(has(subtract(spans, holes), t)).toBe(has(spans, t) && !has(holes, t))
    }),
  )
})

test('joined spans are ascending, apart and not empty', () => {
  fc.assert(
    fc.property(fc.array(span), spans => {
      const joined = join(spans)
      for (const [i, { start, end }] of joined.entries()) {
        expect(end).toBeGreaterThan(start)
        if (i > 0) expect(start).toBeGreaterThan(joined[i - 1]!.end)
      }
    }),
  )
})
