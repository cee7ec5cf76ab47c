import { expect, test } from 'vitest'
import { lotOf, type RunAtStation } from './lot.ts'

const at = Date.UTC(2025, 10, 24, 12)
const runs: RunAtStation[] = [
  { order: 'WO-1001', station: 'AOI-1', from: at - 1000, to: at + 1000 },
  { order: 'WO-1002', station: 'AOI-1', from: at + 5000 },
]
const lot = (t: number, station = 'AOI-1') => lotOf({ station, t }, runs, 'Asia/Shanghai')

test('a capture taken while an order runs belongs to its lot, otherwise to the day', () => {
  expect(lot(at)).toBe('WO-1001-AOI-1')
  expect(lot(at + 1000)).toBe('L-20251124-AOI-1')
  expect(lot(at + 9_999_999)).toBe('WO-1002-AOI-1')
  expect(lot(at, 'AOI-2')).toBe('L-20251124-AOI-2')
})
