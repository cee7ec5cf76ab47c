import { expect, test } from 'vitest'
import { DEFAULT_RETENTION, retentionOf } from './retention.ts'

const DAY = 86_400_000
const ever = Number.POSITIVE_INFINITY

test('the first rule that fits a tag holds, whole', () => {
  const keep = retentionOf([
    { tags: 'primary/dryer/*', rawDays: 30, secondDays: 90 },
    { tags: '*/vibration', rawDays: 2, minuteDays: 60, hourDays: 365 },
    { tags: 'primary/*' },
  ])
  expect(keep('primary/dryer/vibration')).toEqual({ raw: 30 * DAY, second: 90 * DAY, minute: ever, hour: ever })
  expect(keep('packing/cell/vibration')).toEqual({ raw: 2 * DAY, second: 0, minute: 60 * DAY, hour: 365 * DAY })
  expect(keep('primary/cooler/speed')).toEqual({ raw: ever, second: 0, minute: ever, hour: ever })
  expect(keep('packing/cell/speed')).toEqual(DEFAULT_RETENTION)
})
