import type { Alarm } from '@millwright/contract'
import { QueryClient } from '@tanstack/react-query'
import { expect, test } from 'vitest'
import { keyOf } from '../lib/query.ts'
import { patchCache, withAlarm } from './apply-message.ts'

const alarm = (name: string, state: Alarm['state']): Alarm => ({
  alarm: name,
  agent: 'primary',
  priority: 'high',
  state,
  message: { zh: name, en: name },
  raisedAt: 1,
  changedAt: 1,
})

test('a new alarm joins the list, a changed one replaces itself, a normal one leaves', () => {
  const one = [alarm('a', 'unack')]
  expect(withAlarm(one, alarm('b', 'unack'))?.map(item => item.alarm)).toEqual(['b', 'a'])
  expect(withAlarm(one, alarm('a', 'acked'))).toEqual([alarm('a', 'acked')])
  expect(withAlarm(one, alarm('a', 'normal'))).toEqual([])
})

test('an alarm that arrives before the list was read does not stand for the whole list', () => {
  const cache = new QueryClient()
  patchCache(cache, { seq: 1, type: 'alarm', alarm: alarm('a', 'unack') })
  expect(cache.getQueryData(keyOf('listAlarms'))).toBeUndefined()
})
