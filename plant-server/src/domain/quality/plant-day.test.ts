import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DAY, dayOf, HOUR, instantOf, localTimeOf, showTime, startOfDay } from './plant-day.ts'

const noonUtc = Date.UTC(2025, 10, 24, 12, 0)

test('the plant clock is shown in its zone', () => {
  expect(showTime(noonUtc, 'Asia/Shanghai')).toBe('2025-11-24 20:00')
  expect(showTime(noonUtc, 'Europe/Berlin')).toBe('2025-11-24 13:00')
  expect(dayOf(noonUtc + 5 * HOUR, 'Asia/Shanghai')).toBe('2025-11-25')
})

test('days begin at the plant midnight, also across a change of the clock', () => {
  expect(startOfDay(noonUtc, 'Asia/Shanghai')).toBe(Date.UTC(2025, 10, 23, 16))
  expect(startOfDay(noonUtc, 'Asia/Shanghai', -1)).toBe(Date.UTC(2025, 10, 22, 16))
  const changeDay = Date.UTC(2025, 9, 26, 12)
  expect(startOfDay(changeDay, 'Europe/Berlin', 1) - startOfDay(changeDay, 'Europe/Berlin')).toBe(DAY + HOUR)
})

test('instantOf undoes localTimeOf', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1_500_000_000, max: 2_000_000_000 }), seconds => {
      const t = Math.floor(seconds / 60) * 60_000
      expect(instantOf(localTimeOf(t, 'Asia/Shanghai'), 'Asia/Shanghai')).toBe(t)
    }),
  )
})
