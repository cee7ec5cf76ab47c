import { describe, expect, it } from 'vitest'
import { type ConditionState, conditionStep, judgeLimit, NORMAL } from './alarm-machine.ts'

const UNACK: ConditionState = { active: true, acknowledged: false }
const ACKED: ConditionState = { active: true, acknowledged: true }
const RETURNED: ConditionState = { active: false, acknowledged: false }

describe('a condition (ISA-18.2)', () => {
  it.each([
    ['normal, raise', NORMAL, 'raise', UNACK],
    ['normal, return', NORMAL, 'return', undefined],
    ['normal, acknowledge', NORMAL, 'acknowledge', undefined],
    ['unacknowledged, raise', UNACK, 'raise', undefined],
    ['unacknowledged, return', UNACK, 'return', RETURNED],
    ['unacknowledged, acknowledge', UNACK, 'acknowledge', ACKED],
    ['acknowledged, return', ACKED, 'return', NORMAL],
    ['acknowledged, acknowledge', ACKED, 'acknowledge', undefined],
    ['returned, acknowledge', RETURNED, 'acknowledge', NORMAL],
    ['returned, raise', RETURNED, 'raise', UNACK],
  ] as const)('%s', (_name, state, input, next) => expect(conditionStep(state, input)).toEqual(next))
})

describe('a limit', () => {
  const range = { low: 0, high: 100 }
  const reading = (value: number | null, quality: 'good' | 'uncertain' | 'bad' = 'good') => ({
    tag: 'a/b',
    t: 0,
    value,
    quality,
  })
  it.each([
    ['high, above', 'hi', 80.1, NORMAL, 'raise'],
    ['high, at the limit', 'hi', 80, NORMAL, undefined],
    ['high, still above', 'hi', 81, UNACK, undefined],
    ['high, back inside the hysteresis', 'hi', 79.6, UNACK, undefined],
    ['high, back', 'hi', 79.5, UNACK, 'return'],
    ['low, below', 'lo', 79.9, NORMAL, 'raise'],
    ['low, back inside the hysteresis', 'lo', 80.4, UNACK, undefined],
    ['low, back', 'lolo', 80.5, UNACK, 'return'],
  ] as const)('%s', (_name, name, value, state, input) => {
    expect(judgeLimit(name, 80, range, state, reading(value))).toBe(input)
  })
  it('a doubtful value or a gap says nothing', () => {
    expect(judgeLimit('hi', 80, range, NORMAL, reading(99, 'uncertain'))).toBeUndefined()
    expect(judgeLimit('hi', 80, range, UNACK, reading(null, 'bad'))).toBeUndefined()
  })
})
