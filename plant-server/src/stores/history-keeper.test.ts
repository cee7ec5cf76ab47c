import { manualClock } from '@millwright/contract'
import { expect, test } from 'vitest'
import { DEFAULT_RETENTION } from '../domain/history/retention.ts'
import { keepHistory } from './history-keeper.ts'
import type { Retained } from './readings.ts'

test('retention runs each hour, one at a time, goes on after a fault, and frees space where something went', async () => {
  const clock = manualClock(0)
  const runs: number[] = []
  const told: Retained[] = []
  const faults: unknown[] = []
  let checkpoints = 0
  let gone = 0
  let fail = false
  const stop = keepHistory({
    readings: {
      async retain(keep, now) {
        if (fail) throw new Error('disk')
        runs.push(now)
        expect(keep('a/b')).toBe(DEFAULT_RETENTION)
        return { raw: gone, second: 0, minute: 0, hour: 0 }
      },
      async checkpoint() {
        checkpoints += 1
      },
    },
    keep: () => DEFAULT_RETENTION,
    clock,
    onRetained: rows => told.push(rows),
    onFault: error => faults.push(error),
  })
  await clock.advance(3_600_000)
  expect([runs.length, checkpoints, told.length]).toEqual([1, 0, 0])
  gone = 5
  await clock.advance(3_600_000)
  expect([runs.length, checkpoints, told]).toEqual([2, 1, [{ raw: 5, second: 0, minute: 0, hour: 0 }]])
  fail = true
  await clock.advance(3_600_000)
  fail = false
  await clock.advance(3_600_000)
  expect(faults).toHaveLength(1)
  expect(runs).toEqual([3_600_000, 7_200_000, 14_400_000])
  stop()
  await clock.advance(36_000_000)
  expect(runs).toHaveLength(3)
})
