import { expect, test } from 'vitest'
import { createFormat, digitsOf, fromLocalField, toLocalField } from './format.ts'

const shanghai = createFormat('zh', 'Asia/Shanghai')
const T = Date.UTC(2026, 2, 12, 6, 3, 21)

test('times are the plant’s, not the browser’s', () => {
  expect(shanghai.dateTime(T)).toBe('2026-03-12 14:03:21')
  expect(createFormat('en', 'America/New_York').dateTime(T)).toBe('2026-03-12 02:03:21')
  expect(shanghai.dayMinute(T)).toBe('03-12 14:03')
})

test('midnight is 00, not 24', () => {
  expect(shanghai.time(Date.UTC(2026, 2, 12, 16, 0, 0))).toBe('00:00:00')
})

test('the day starts at the plant’s midnight', () => {
  expect(shanghai.startOfDay(T)).toBe(Date.UTC(2026, 2, 11, 16, 0, 0))
})

test('a field’s local time means the same instant that it shows', () => {
  expect(fromLocalField(shanghai, toLocalField(shanghai, T))).toBe(Date.UTC(2026, 2, 12, 6, 3, 0))
  const berlin = createFormat('en', 'Europe/Berlin')
  const summer = Date.UTC(2026, 6, 1, 10, 0, 0)
  expect(fromLocalField(berlin, toLocalField(berlin, summer))).toBe(summer)
  expect(fromLocalField(shanghai, 'soon')).toBeUndefined()
})

test.each([
  [{ low: 0, high: 8000 }, 0],
  [{ low: 0, high: 180 }, 1],
  [{ low: 9, high: 16 }, 2],
  [{ low: 0, high: 1 }, 3],
  [undefined, 2],
])('the range %o asks for %i decimals', (range, digits) => {
  expect(digitsOf(range)).toBe(digits)
})

test.each([
  [0, '0 s'],
  [59_400, '59 s'],
  [61_000, '1 min'],
  [3_600_000, '1 h'],
  [5_700_000, '1 h 35 min'],
  [200_000_000, '2 d 7 h'],
])('%i ms lasts %s', (ms, text) => {
  expect(createFormat('en', 'UTC').duration(ms)).toBe(text)
})
