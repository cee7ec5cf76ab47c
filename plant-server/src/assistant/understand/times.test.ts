import { expect, test } from 'vitest'
import { HOUR, MINUTE, showTime } from '../../domain/quality/plant-day.ts'
import { durationIn } from './durations.ts'
import { numberOf } from './numbers.ts'
import { timeIn } from './times.ts'

/** Tuesday 2025-11-25 09:30 in Shanghai. */
const now = Date.UTC(2025, 10, 25, 1, 30)
const clock = { now, timeZone: 'Asia/Shanghai' }

test.each([
  ['4', 4],
  ['两', 2],
  ['十二', 12],
  ['二十', 20],
  ['三十五', 35],
  ['一百零五', 105],
  ['半', 0.5],
  ['an', 1],
  ['twelve', 12],
])('the number %s', (text, value) => {
  expect(numberOf(text)).toBe(value)
})

test.each([
  ['停机4小时', 4],
  ['down for four hours', 4],
  ['停半小时', 0.5],
  ['一个半小时', 1.5],
  ['half an hour', 0.5],
  ['an hour and a half', 1.5],
  ['90 minutes', 1.5],
  ['两天', 48],
  ['a 4-hour stop', 4],
  ['2h', 2],
])('the duration %s', (text, hours) => {
  expect(durationIn(text)?.ms).toBe(hours * HOUR)
})

const show = (t: number) => showTime(t, clock.timeZone)

test.each([
  ['一小时前的出口水分', '2025-11-25 08:30'],
  ['an hour ago', '2025-11-25 08:30'],
  ['半小时前', '2025-11-25 09:00'],
  ['moisture 90 minutes ago', '2025-11-25 08:00'],
  ['两天前', '2025-11-23 09:30'],
  ['yesterday 14:00', '2025-11-24 14:00'],
  ['昨天下午两点半', '2025-11-24 14:30'],
  ['今天早上8点', '2025-11-25 08:00'],
  ['yesterday at 2 pm', '2025-11-24 14:00'],
  ['昨晚10点', '2025-11-24 22:00'],
  ['2025-11-24 06:15', '2025-11-24 06:15'],
  ['11月24日6:15', '2025-11-24 06:15'],
  ['at 8:05', '2025-11-25 08:05'],
  ['明天8点', '2025-11-26 08:00'],
])('the instant %s', (text, shown) => {
  const time = timeIn(text, clock)
  expect(time?.kind === 'instant' && show(time.t)).toBe(shown)
})

test.each([
  ['今天的过杀率', '2025-11-25 00:00', '2025-11-25 09:30'],
  ["today's overkill", '2025-11-25 00:00', '2025-11-25 09:30'],
  ['昨天', '2025-11-24 00:00', '2025-11-25 00:00'],
  ['昨天夜班', '2025-11-24 22:00', '2025-11-25 06:00'],
  ["yesterday's night shift", '2025-11-24 22:00', '2025-11-25 06:00'],
  ['夜班', '2025-11-24 22:00', '2025-11-25 06:00'],
  ['最近两小时', '2025-11-25 07:30', '2025-11-25 09:30'],
  ['over the last 30 minutes', '2025-11-25 09:00', '2025-11-25 09:30'],
  ['the past hour', '2025-11-25 08:30', '2025-11-25 09:30'],
  ['本周', '2025-11-24 00:00', '2025-11-25 09:30'],
  ['last week', '2025-11-17 00:00', '2025-11-24 00:00'],
  ['2025-11-20', '2025-11-20 00:00', '2025-11-21 00:00'],
])('the span %s', (text, from, to) => {
  const time = timeIn(text, clock)
  expect(time?.kind === 'span' && [show(time.from), show(time.to)]).toEqual([from, to])
})

test('a text that says nothing of time gives none', () => {
  for (const text of ['出口水分是多少', 'what is the moisture', '水分实时值', '时间', 'WO-1043 什么时候完成', '有几点'])
    expect(timeIn(text, clock), text).toBeUndefined()
  expect(durationIn('no length here')).toBeUndefined()
  expect(durationIn('2 minutes')?.ms).toBe(2 * MINUTE)
})
