import { expect, test } from 'vitest'
import { truthOf } from './truth.ts'

test.each([
  ['pass', 'confirm', undefined, 'good'],
  ['pass', 'overturn', undefined, 'defective'],
  ['fail', 'confirm', undefined, 'defective'],
  ['fail', 'overturn', undefined, 'good'],
  ['fail', 'overturn', 'good', 'good'],
  ['review', 'confirm', 'defective', 'defective'],
  ['review', 'overturn', 'good', 'good'],
] as const)('verdict %s, decision %s, stated %s: %s', (verdict, decision, stated, truth) => {
  expect(truthOf(verdict, decision, stated)).toEqual({ ok: true, value: truth })
})

test('a verdict of review needs the truth stated', () => {
  expect(truthOf('review', 'confirm', undefined)).toEqual({ ok: false, fault: 'MW-4003' })
})

test('a stated truth that contradicts the decision is refused', () => {
  expect(truthOf('fail', 'confirm', 'good')).toEqual({ ok: false, fault: 'MW-4004' })
})
