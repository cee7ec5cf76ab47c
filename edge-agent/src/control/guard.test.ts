import { describe, expect, it } from 'vitest'
import type { GuardConfig } from './config.ts'
import { type GuardContext, judgeWrite } from './guard.ts'

const limits: GuardConfig = {
  low: 1,
  high: 6,
  maxStep: 0.5,
  minIntervalS: 30,
  interlocks: [{ tag: 'dryer/ready', equals: true }],
  plausible: { low: 8, high: 18 },
}
const now = 1_000_000
const good = (value: number | boolean) => ({ value, quality: 'good', t: now - 1000 }) as const
const healthy: GuardContext = {
  output: good(3),
  target: good(12.5),
  interlocks: [{ tag: 'p/dryer/ready', equals: true, observed: good(true) }],
  lastWriteAt: now - 60_000,
}
const judge = (value: number, context: Partial<GuardContext> = {}) => {
  const verdict = judgeWrite(limits, { value, now }, { ...healthy, ...context })
  return verdict.allowed ? [] : verdict.refusals.map(each => each.code)
}

describe('guard', () => {
  it('lets a small step inside the limits through', () => expect(judge(3.5)).toEqual([]))
  it.each([
    ['above the limit', 6.1, {}, ['outside_limits', 'step_too_large']],
    ['below the limit', 0.9, { output: good(1.2) }, ['outside_limits']],
    ['too large a step', 3.6, {}, ['step_too_large']],
    ['not a number', Number.NaN, {}, ['not_a_number']],
    ['infinite', Number.POSITIVE_INFINITY, {}, ['not_a_number']],
    ['too soon after the last write', 3.2, { lastWriteAt: now - 29_000 }, ['too_soon']],
    ['output unknown', 3.2, { output: undefined }, ['output_unknown']],
    ['output of bad quality', 3.2, { output: { ...good(3), quality: 'bad' as const } }, ['output_unknown']],
    ['target unknown', 3.2, { target: undefined }, ['target_unknown']],
    ['target uncertain', 3.2, { target: { ...good(12), quality: 'uncertain' as const } }, ['target_unknown']],
    ['target old', 3.2, { target: { ...good(12), t: now - 20_000 } }, ['target_stale']],
    ['target implausible', 3.2, { target: good(25) }, ['target_implausible']],
    ['interlock open', 3.2, { interlocks: [{ tag: 'x', equals: true, observed: good(false) }] }, ['interlock']],
    ['interlock unknown', 3.2, { interlocks: [{ tag: 'x', equals: true, observed: undefined }] }, ['interlock']],
  ])('refuses: %s', (_, value, context, codes) => expect(judge(value, context)).toEqual(codes))
  it('names every reason at once', () => {
    expect(judge(9, { target: undefined, lastWriteAt: now })).toEqual([
      'outside_limits',
      'step_too_large',
      'too_soon',
      'target_unknown',
    ])
  })
})
