import { expect, test } from 'vitest'
import { momentOf } from './moment.ts'

const NOW = Date.UTC(2026, 10, 25, 4)
const midnight = (days: number) => Date.UTC(2026, 10, 25 - days)

test.each([
  ['now', NOW],
  ['Today', Date.UTC(2026, 10, 25)],
  ['yesterday', Date.UTC(2026, 10, 24)],
  ['30m', NOW - 1_800_000],
  ['1.5h', NOW - 5_400_000],
  ['7d', NOW - 604_800_000],
  ['1764000000000', 1_764_000_000_000],
  ['2026-11-25T06:00:00+08:00', Date.UTC(2026, 10, 24, 22)],
  ['2026-11-25T06:00Z', Date.UTC(2026, 10, 25, 6)],
  ['2026-11-25', Date.UTC(2026, 10, 25)],
])('%s is a time', (text, t) => {
  expect(momentOf(text, NOW, midnight)).toBe(t)
})

test.each(['', 'last week', 'tomorrow', '5', '5 parsecs', '2026-13-45', '2026-11-25T99:00Z', '99999999999999999'])(
  '%s is none',
  text => {
    expect(momentOf(text, NOW, midnight)).toBeUndefined()
  },
)
