import type { HistoryPoint } from '@millwright/contract'
import { describe, expect, it } from 'vitest'
import { compareTag, noFigures, windowsOf } from './compare.ts'

const offered = Array.from({ length: 60 }, (_, index) => ({ t: 1000 + index * 100, value: index }))
// Connected from 1000 to 4000 (killed), and again from 5000.
const windows = windowsOf(
  [
    { t: 1000, up: true },
    { t: 4000, up: false },
    { t: 5000, up: true },
  ],
  6900,
)
const point = (t: number, value: number | null): HistoryPoint => [t, value, value === null ? 'bad' : 'good']
/** What a faultless agent stores: it was killed at 3.6 s of what it had seen, and said the value in force at 5.05 s. */
const faultless = [
  ...offered.filter(({ t }) => t <= 3600).map(({ t, value }) => point(t, value)),
  point(3601, null),
  point(5050, 40),
  ...offered.filter(({ t }) => t > 5050).map(({ t, value }) => point(t, value)),
]
const figuresOf = (stored: readonly HistoryPoint[]) => {
  const figures = noFigures()
  compareTag('a/b', offered, windows, stored, figures)
  return figures
}

describe('comparison', () => {
  it('windows leave out the last second before an end', () => {
    expect(windows).toEqual([
      { from: 1000, to: 3000 },
      { from: 5000, to: 6900 },
    ])
  })
  it('finds nothing in what a faultless agent stores', () => {
    expect(figuresOf(faultless)).toMatchObject({
      lost: 0,
      doubled: 0,
      wrong: 0,
      bridged: 0,
      restated: 1,
      marks: 1,
      due: 39,
    })
  })
  it.each([
    ['a value that is missing', faultless.filter(([t]) => t !== 2000), { lost: 1, wrong: 0 }],
    ['a value stored twice', [...faultless, point(2000, 10)], { doubled: 1, lost: 0 }],
    ['another value', faultless.map(each => (each[0] === 2000 ? point(2000, 11) : each)), { lost: 1, wrong: 1 }],
    ['a value that never was', [...faultless, point(2050, 99)], { wrong: 1, lost: 0 }],
    ['a gap that is bridged', faultless.filter(([, value]) => value !== null), { bridged: 1, lost: 0 }],
  ])('finds %s', (_, stored, expected) => {
    expect(figuresOf(stored)).toMatchObject(expected)
  })
})
