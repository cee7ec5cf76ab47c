import { expect, test } from 'vitest'
import { lotOf, type RunAtStation } from './lot.ts'

const at = Date.UTC(2025, 10, 24, 12)
const runs: RunAtStation[] = [
  { order: 'WO-1001', station: 'packing/aoi-1', from: at - 1000, to: at + 1000 },
  { order: 'WO-1002', station: 'packing/aoi-1', from: at + 5000 },
]
const lot = (t: number, station = 'packing/aoi-1') => lotOf({ station, t }, runs, 'Asia/Shanghai')

test('a capture taken while an order runs belongs to its lot, otherwise to the day', () => {
  expect(lot(at)).toBe('WO-1001.packing-aoi-1')
  expect(lot(at + 1000)).toBe('packing-aoi-1.2025-11-24')
  expect(lot(at + 9_999_999)).toBe('WO-1002.packing-aoi-1')
  expect(lot(at, 'packing/aoi-2')).toBe('packing-aoi-2.2025-11-24')
})
