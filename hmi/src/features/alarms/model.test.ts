import type { Alarm } from '@millwright/contract'
import { expect, test } from 'vitest'
import { byUrgency, countByPriority, highestUnacknowledged } from './model.ts'

const alarm = (name: string, priority: Alarm['priority'], state: Alarm['state'], raisedAt = 1): Alarm => ({
  alarm: name,
  agent: 'a',
  priority,
  state,
  message: { zh: name, en: name },
  raisedAt,
  changedAt: raisedAt,
})
const names = (alarms: readonly Alarm[]) => alarms.map(item => item.alarm)

test('unacknowledged come first, then priority, then active before returned, then the newest', () => {
  const alarms = [
    alarm('acked high', 'high', 'acked'),
    alarm('low', 'low', 'unack'),
    alarm('returned high', 'high', 'rtn_unack', 9),
    alarm('old high', 'high', 'unack', 1),
    alarm('new high', 'high', 'unack', 2),
  ]
  expect(names(byUrgency(alarms))).toEqual(['new high', 'old high', 'returned high', 'low', 'acked high'])
})

test('the banner shows the most urgent one that waits and counts the rest', () => {
  const alarms = [alarm('a', 'low', 'unack'), alarm('b', 'medium', 'rtn_unack'), alarm('c', 'high', 'acked')]
  expect(highestUnacknowledged(alarms)).toMatchObject({ alarm: { alarm: 'b' }, more: 1 })
  expect(highestUnacknowledged([alarm('c', 'high', 'acked')])).toBeUndefined()
  expect(highestUnacknowledged([{ ...alarm('d', 'high', 'unack'), shelved: true }])).toBeUndefined()
})

test('counts are by priority', () => {
  expect(countByPriority([alarm('a', 'low', 'unack'), alarm('b', 'low', 'acked')])).toEqual({
    high: 0,
    medium: 0,
    low: 2,
  })
})
