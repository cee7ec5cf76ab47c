import type { HistoryPoint } from '@millwright/contract'
import { expect, test } from 'vitest'
import { normalBand, shareOf } from './bar-scale.ts'
import { align, badStretches, extentOf, heldUntil, pointAt, toCsv, withTail } from './series.ts'
import { sparkPath, sparkRange } from './spark-path.ts'

const good = (t: number, value: number): HistoryPoint => [t, value, 'good']
const bad = (t: number, value: number | null = null): HistoryPoint => [t, value, 'bad']

test('series of different times share one axis: gaps are null, times of others are undefined', () => {
  const { times, columns } = align([{ points: [good(1, 10), bad(3), good(4, 12)] }, { points: [good(2, 5)] }])
  expect(times).toEqual([1, 2, 3, 4])
  expect(columns).toEqual([
    [10, undefined, null, 12],
    [undefined, 5, undefined, undefined],
  ])
})

test('a bad value is a gap even where a number came with it; booleans are drawn as 0 and 1; texts are not', () => {
  const points: HistoryPoint[] = [bad(1, 7), [2, true, 'good'], [3, false, 'uncertain'], [4, 'A', 'good']]
  expect(align([{ points }]).columns).toEqual([[null, 1, 0, null]])
})

test('bad stretches run to the next usable point, the last one to the end', () => {
  const points = [good(1, 1), bad(2), bad(3), good(5, 1), bad(8)]
  expect(badStretches(points, 10)).toEqual([
    { from: 2, to: 5 },
    { from: 8, to: 10 },
  ])
  expect(badStretches([good(1, 1)], 10)).toEqual([])
})

test('the live tail continues what is stored, nothing twice', () => {
  const stored = [good(1, 1), good(2, 2)]
  const tail = [good(2, 2), good(3, 3)]
  expect(withTail(stored, tail, 0)).toEqual([good(1, 1), good(2, 2), good(3, 3)])
})

test('points before the start are cut but for the one in force at it', () => {
  expect(withTail([good(1, 1), good(2, 2), good(5, 5)], [], 3)).toEqual([good(2, 2), good(5, 5)])
})

test('the last value holds until now while its source is alive, never a bad or silent one', () => {
  expect(heldUntil([good(1, 5)], 9, true)).toEqual([good(1, 5), good(9, 5)])
  expect(heldUntil([good(1, 5)], 9, false)).toEqual([good(1, 5)])
  expect(heldUntil([bad(1)], 9, true)).toEqual([bad(1)])
  expect(heldUntil([], 9, true)).toEqual([])
})

test('the point in force is the last at or before a time', () => {
  const points = [good(1, 1), good(3, 3), good(7, 7)]
  expect([0, 1, 2, 3, 6, 9].map(t => pointAt(points, t)?.[0])).toEqual([undefined, 1, 1, 3, 3, 7])
})

test('the extent leaves bad points out and has no last value while the last is bad', () => {
  expect(extentOf([good(1, 4), good(2, 9), bad(3, 100)])).toEqual({ last: null, min: 4, max: 9 })
})

test('CSV quotes what needs it and names time, tag, unit and quality of each point', () => {
  const series = { key: 'a/x', name: 'x', unit: 'kg "net", h', digits: 1, points: [good(0, 1.25), bad(1000)] }
  expect(toCsv([series], ['utc', 'local', 'tag', 'value', 'unit', 'quality'], t => `L${t}`).split('\r\n')).toEqual([
    'utc,local,tag,value,unit,quality',
    '1970-01-01T00:00:00.000Z,L0,a/x,1.25,"kg ""net"", h",good',
    '1970-01-01T00:00:01.000Z,L1000,a/x,,"kg ""net"", h",bad',
  ])
})

test('a mini trend holds each value until the next and breaks at gaps', () => {
  const box = { width: 100, height: 10, from: 0, to: 10, range: { low: 0, high: 10 } }
  expect(sparkPath([good(0, 0), good(5, 10), bad(6), good(10, 5)], box)).toBe('M0 10h0.6H50V0M100 5h0.6')
})

test('the range of a mini trend is never narrower than asked, so that noise stays small', () => {
  expect(sparkRange([good(0, 5), good(1, 5.1)], 2)).toEqual({ low: 4.05, high: 6.05 })
  expect(sparkRange([bad(1)], 2)).toBeUndefined()
})

test('bars hold what lies outside at their ends, and open limits reach them', () => {
  const range = { low: 10, high: 20 }
  expect([5, 10, 15, 25].map(value => shareOf(value, range))).toEqual([0, 0, 0.5, 1])
  expect(normalBand({ hi: 18 }, range)).toEqual({ from: 0, to: 0.8 })
  expect(normalBand({ lolo: 11, lo: 12, hihi: 20 }, range)).toEqual({ from: 0.2, to: 1 })
  expect(normalBand(undefined, range)).toBeUndefined()
})
