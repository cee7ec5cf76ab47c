import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  applyRules,
  checkStale,
  fromRaw,
  MAX_AHEAD_MS,
  markGap,
  NO_STATE,
  type RawSample,
  REPEAT_MS,
  type TagRules,
  type TagState,
  toRaw,
} from './reading-rules.ts'

const T = 1_764_000_000_000
const rules: TagRules = { tag: 'a/x/y', type: 'float' }
const sample = (value: RawSample['value'], t: number | undefined = T, more: Partial<RawSample> = {}): RawSample => ({
  value,
  quality: 'good',
  t,
  receivedAt: Math.max(T, t ?? T),
  ...more,
})
const readingOf = (more: Partial<TagRules>, raw: RawSample) => applyRules({ ...rules, ...more }, NO_STATE, raw).reading

describe('one sample', () => {
  const cases: [string, Partial<TagRules>, RawSample, unknown, string][] = [
    ['a number stays', {}, sample(12.5), 12.5, 'good'],
    ['scale and offset', { scale: 0.1, offset: -5 }, sample(200), 15, 'good'],
    ['an int is whole', { type: 'int', scale: 0.1 }, sample(27), 3, 'good'],
    ['a switch as number', {}, sample(true), 1, 'good'],
    ['a number as switch', { type: 'boolean' }, sample(2), true, 'good'],
    ['a number as text', { type: 'string' }, sample(7), '7', 'good'],
    ['text where a number is due', {}, sample('run'), null, 'bad'],
    ['text where a switch is due', { type: 'boolean' }, sample('on'), null, 'bad'],
    ['not a number', {}, sample(Number.NaN), null, 'bad'],
    ['infinite', {}, sample(Number.POSITIVE_INFINITY), null, 'bad'],
    ['no value', {}, sample(null), null, 'bad'],
    ['inside the range', { range: { low: 0, high: 25 } }, sample(25), 25, 'good'],
    ['outside the range', { range: { low: 0, high: 25 } }, sample(25.1), 25.1, 'uncertain'],
    ['the device doubts it', {}, sample(1, T, { quality: 'uncertain' }), 1, 'uncertain'],
    ['the device calls it bad, in range', { range: { low: 0, high: 25 } }, sample(1, T, { quality: 'bad' }), 1, 'bad'],
  ]
  it.each(cases)('%s', (_name, more, raw, value, quality) => {
    expect(readingOf(more, raw)).toEqual({ tag: 'a/x/y', t: T, value, quality })
  })
})

describe('time', () => {
  it('no source time: when it came in', () => {
    expect(readingOf({}, { ...sample(1), t: undefined, receivedAt: T + 5 })?.t).toBe(T + 5)
  })
  it('what the device kept through a cut keeps its time and its place after the gap', () => {
    const online = applyRules(rules, NO_STATE, sample(1, T)).state
    const gap = markGap(rules, online, T + 50).state
    const steps = [
      sample(1, T + 40, { kept: true }),
      sample(1, T + 100, { kept: true }),
      sample(2, T + 900, { kept: true }),
    ]
    let state = gap
    const times = steps.map(step => {
      const ruled = applyRules(rules, state, { ...step, receivedAt: T + 5000 })
      state = ruled.state
      return ruled.reading?.t
    })
    expect(times).toEqual([T + 51, T + 100, T + 900])
  })
  it('a source clock that runs a little ahead is believed', () => {
    expect(readingOf({}, sample(1, T + MAX_AHEAD_MS, { receivedAt: T }))).toMatchObject({
      t: T + MAX_AHEAD_MS,
      quality: 'good',
    })
  })
  it('one far ahead is not: our time, uncertain', () => {
    expect(readingOf({}, sample(1, T + MAX_AHEAD_MS + 1, { receivedAt: T }))).toMatchObject({
      t: T,
      quality: 'uncertain',
    })
  })
  it('the same sample again says nothing', () => {
    const { state } = applyRules(rules, NO_STATE, sample(1))
    expect(applyRules(rules, state, sample(1, T, { receivedAt: T + 900 })).reading).toBeUndefined()
  })
  it('a value older than a gap holds now', () => {
    const gap = markGap(rules, applyRules(rules, NO_STATE, sample(1)).state, T + 1000)
    const again = applyRules(rules, gap.state, sample(1, T, { receivedAt: T + 5000 }))
    expect(again.reading).toEqual({ tag: 'a/x/y', t: T + 5000, value: 1, quality: 'good' })
  })
  it('values of one source millisecond keep their order, a millisecond apart', () => {
    let state: TagState = NO_STATE
    const times = [1, 2, 3].map(value => {
      const ruled = applyRules(rules, state, sample(value, T, { receivedAt: T + 90 }))
      state = ruled.state
      return ruled.reading?.t
    })
    expect(times).toEqual([T, T + 1, T + 2])
  })
  it('a source clock set back: when it came in', () => {
    const { state } = applyRules(rules, NO_STATE, sample(1, T))
    expect(applyRules(rules, state, sample(2, T - 60_000, { receivedAt: T + 90 })).reading?.t).toBe(T + 90)
  })
  it('never runs back or stands still within a tag, whatever the samples', () => {
    const raw = fc.record({
      value: fc.oneof(fc.double(), fc.constant(null)),
      quality: fc.constantFrom('good', 'uncertain', 'bad'),
      t: fc.option(fc.integer({ min: T - 5000, max: T + 40_000 }), { nil: undefined }),
      receivedAt: fc.integer({ min: T, max: T + 20_000 }),
    })
    fc.assert(
      fc.property(fc.array(raw, { maxLength: 30 }), samples => {
        let state: TagState = NO_STATE
        const times = samples.flatMap(one => {
          const ruled = applyRules({ ...rules, deadband: { abs: 0.1 } }, state, one as RawSample)
          state = ruled.state
          return ruled.reading ? [ruled.reading.t] : []
        })
        expect(times).toEqual([...new Set(times)].sort((a, b) => a - b))
      }),
    )
  })
})

describe('deadband', () => {
  const after = (more: Partial<TagRules>, value: number | boolean, ms = 1000) => {
    const all = { ...rules, ...more }
    const first = typeof value === 'boolean' ? sample(true) : sample(10)
    return applyRules(all, applyRules(all, NO_STATE, first).state, sample(value, T + ms)).reading?.value
  }
  it.each([
    ['absolute, inside', { deadband: { abs: 0.5 } }, 10.4, undefined],
    ['absolute, at the edge', { deadband: { abs: 0.5 } }, 10.5, 10.5],
    ['percent of the range, inside', { deadband: { percent: 1 }, range: { low: 0, high: 50 } }, 10.4, undefined],
    ['percent of the range, beyond', { deadband: { percent: 1 }, range: { low: 0, high: 50 } }, 10.6, 10.6],
    ['0 leaves out what has not changed', { deadband: { abs: 0 } }, 10, undefined],
    ['none: every sample', {}, 10, 10],
  ])('%s', (_name, more, value, left) => expect(after(more, value)).toBe(left))
  it('a switch that has not moved', () =>
    expect(after({ type: 'boolean', deadband: { abs: 0 } }, true)).toBeUndefined())
  it('an unmoved value is said again in time', () => expect(after({ deadband: { abs: 1 } }, 10, REPEAT_MS)).toBe(10))
  it('a change of quality always leaves', () => {
    const all = { ...rules, deadband: { abs: 5 } }
    const { state } = applyRules(all, NO_STATE, sample(10))
    expect(applyRules(all, state, sample(10, T + 1, { quality: 'uncertain' })).reading?.quality).toBe('uncertain')
  })
})

describe('gaps and staleness', () => {
  it('a gap is marked once, after the last reading', () => {
    const { state } = applyRules(rules, NO_STATE, sample(1))
    const gap = markGap(rules, state, T - 500)
    expect(gap.reading).toEqual({ tag: 'a/x/y', t: T + 1, value: null, quality: 'bad' })
    expect(markGap(rules, gap.state, T + 9).reading).toBeUndefined()
  })
  it('a tag that never had a value is marked too', () => {
    expect(markGap(rules, NO_STATE, T).reading).toMatchObject({ t: T, value: null })
  })
  it('a silent tag becomes uncertain once, and good again with the next sample', () => {
    const timed = { ...rules, staleSeconds: 10 }
    const { state } = applyRules(timed, NO_STATE, sample(1))
    expect(checkStale(timed, state, T + 9999).reading).toBeUndefined()
    const stale = checkStale(timed, state, T + 10_000)
    expect(stale.reading).toEqual({ tag: 'a/x/y', t: T + 10_000, value: 1, quality: 'uncertain' })
    expect(checkStale(timed, stale.state, T + 30_000).reading).toBeUndefined()
    const back = applyRules(timed, stale.state, sample(1, T + 31_000))
    expect(back.reading?.quality).toBe('good')
  })
})

it('raw values and values in units are each other’s inverse', () => {
  fc.assert(
    fc.property(fc.integer({ min: -30_000, max: 30_000 }), raw => {
      const scaled = { ...rules, scale: 0.01, offset: -40 }
      expect(toRaw(scaled, fromRaw(scaled, raw))).toBeCloseTo(raw, 6)
    }),
  )
})
