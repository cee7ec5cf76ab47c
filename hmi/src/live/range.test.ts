import { expect, test } from 'vitest'
import { boundsOf, parseRange, printRange, type TimeRange } from './range.ts'

const FIXED: TimeRange = { kind: 'fixed', from: 1_764_000_000_000, to: 1_764_003_600_000 }

test.each([{ kind: 'live', span: '5m' }, { kind: 'live', span: '7d' }, FIXED] as const)(
  'what is printed for %o is read back',
  range => {
    expect(parseRange(printRange(range))).toEqual(range)
  },
)

test.each([undefined, '', 'yesterday', '5-3', '1-', 'toString', 17])('%s falls back to the page’s own span', text => {
  expect(parseRange(text, '8h')).toEqual({ kind: 'live', span: '8h' })
})

test('a live range ends now, a fixed one stays', () => {
  expect(boundsOf({ kind: 'live', span: '1h' }, 10_000_000)).toEqual({ from: 6_400_000, to: 10_000_000 })
  expect(boundsOf(FIXED, 10_000_000)).toEqual({ from: FIXED.from, to: FIXED.to })
})
