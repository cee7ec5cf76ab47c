import { describe, expect, it } from 'vitest'
import { createLaboratory } from './laboratory.ts'

const MINUTE = 60_000
/** An hour of a meter that shows what is given, every 5 s. */
function after(measured: (t: number) => number) {
  const laboratory = createLaboratory()
  for (let t = 0; t <= 60 * MINUTE; t += 5000) laboratory.seen(t, measured(t))
  return laboratory
}

describe('laboratory samples', () => {
  it('one sample moves the offset most of the way, more make it sure', () => {
    const laboratory = after(() => 12.9)
    expect(laboratory.take(20 * MINUTE, 12.6)).toMatchObject({ before: 0 })
    expect(laboratory.offset()).toBeGreaterThan(0.25)
    expect(laboratory.offset()).toBeLessThan(0.3)
    // An oven has scatter: a later sample that disagrees by its scatter moves less.
    const before = laboratory.offset()
    laboratory.take(40 * MINUTE, 12.5)
    expect(laboratory.offset() - before).toBeGreaterThan(0)
    expect(laboratory.offset() - before).toBeLessThan(0.09)
  })
  it('compares with what the meter showed when the sample was taken, not now', () => {
    const laboratory = after(t => (t < 30 * MINUTE ? 12.5 : 13.4))
    laboratory.take(10 * MINUTE, 12.5)
    expect(Math.abs(laboratory.offset())).toBeLessThan(1e-9)
  })
  it.each([
    ['a time without leaf', 45 * MINUTE, 12.5, 'not_measured'],
    ['a time to come', 90 * MINUTE, 12.5, 'not_measured'],
    ['a value of other leaf', 10 * MINUTE, 15, 'implausible'],
  ])('%s corrects nothing', (_, takenAt, value, refusal) => {
    const laboratory = after(t => (t > 40 * MINUTE && t < 50 * MINUTE ? Number.NaN : 12.5))
    expect(laboratory.take(takenAt, value)).toBe(refusal)
    expect(laboratory.offset()).toBe(0)
  })
})
