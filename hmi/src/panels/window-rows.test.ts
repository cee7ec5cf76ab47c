import { expect, test } from 'vitest'
import { windowOf } from './window-rows.ts'

test('every row that can be seen is drawn, wherever it is scrolled, and few others', () => {
  const [row, height, count] = [40, 815, 5000]
  for (let top = 0; top <= count * row - height; top += 37) {
    const { from, to } = windowOf(top, height, row, count)
    expect(from * row).toBeLessThanOrEqual(top)
    expect(to * row).toBeGreaterThanOrEqual(Math.min(top + height, count * row))
    expect(to - from).toBeLessThan(70)
  }
})

test('a short or empty table is drawn whole; past the end nothing is wanted', () => {
  expect(windowOf(0, 800, 40, 3)).toEqual({ from: 0, to: 3 })
  expect(windowOf(0, 800, 40, 0)).toEqual({ from: 0, to: 0 })
  const { from, to } = windowOf(90_000, 800, 40, 100)
  expect(to).toBe(100)
  expect(from).toBeLessThan(100)
})
