import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeRanges, rangeSet } from './ranges.ts'

describe('range set', () => {
  it('holds exactly what was added, as few ranges as possible', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 60 })), fc.array(fc.integer({ min: 0, max: 60 })), (one, two) => {
        const set = rangeSet(one.map(value => [value, value] as const))
        for (const value of two) set.add(value)
        const wanted = new Set([...one, ...two])
        for (let value = 0; value <= 60; value += 1) expect(set.has(value)).toBe(wanted.has(value))
        expect(set.ranges()).toEqual(mergeRanges([...wanted].map(value => [value, value] as const)))
      }),
    )
  })
  it('merges what touches', () => {
    expect(
      mergeRanges([
        [5, 7],
        [1, 2],
        [3, 4],
        [9, 9],
      ]),
    ).toEqual([
      [1, 7],
      [9, 9],
    ])
  })
})
