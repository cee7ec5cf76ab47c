import { describe, expect, it } from 'vitest'
import { conformalHalfWidth } from './conformal.ts'
import { parseCsv } from './csv.ts'
import { fitLadder } from './ladder.ts'
import { estimate } from './model.ts'
import { fitRidge } from './ridge.ts'
import { createSampler } from './sampler.ts'
import type { SampleTable } from './table.ts'

/** Deterministic noise, uniform in -0.5..0.5. */
const noise = (seed: number) => () => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
  return seed / 2_147_483_648 - 0.5
}

function delayedPlant(rows: number, delay: number, seed = 7): SampleTable {
  const random = noise(seed)
  const u = Float64Array.from({ length: rows }, () => 0)
  for (let i = 1; i < rows; i += 1) u[i] = 0.9 * u[i - 1]! + random()
  const y = Float64Array.from({ length: rows }, (_, i) => 10 + 2 * (u[i - delay] ?? 0) + 0.1 * random())
  return { rows, columns: { u, y } }
}

describe('ridge', () => {
  it('recovers the weights of an exact relation', () => {
    const random = noise(3)
    const x = Array.from({ length: 200 }, () => [random(), 100 * random()])
    const fit = fitRidge(
      x,
      x.map(([a, b]) => 3 * a! - 0.5 * b! + 7),
      1e-9,
    )
    expect(fit.weights[0]).toBeCloseTo(3, 6)
    expect(fit.weights[1]).toBeCloseTo(-0.5, 6)
    expect(fit.intercept).toBeCloseTo(7, 6)
  })
  it('does not break on a constant or doubled column', () => {
    const fit = fitRidge(
      [
        [1, 2, 2],
        [1, 3, 3],
        [1, 4, 4],
      ],
      [2, 3, 4],
      0.01,
    )
    expect(fit.weights.every(Number.isFinite)).toBe(true)
  })
})

describe('ladder', () => {
  const table = delayedPlant(800, 6)
  it('finds a delayed input where the target is never known', () => {
    const { winner } = fitLadder(table, { target: 'y', inputs: ['u'], horizon: 0, targetLate: 'never' })
    expect(winner.name).toBe('delayed linear')
    expect(winner.r2).toBeGreaterThan(0.95)
    const terms = 'kind' in winner.model ? [] : winner.model.terms
    expect(terms.find(term => term.lag === 6)?.weight).toBeGreaterThan(1.5)
  })
  it('forecasts ahead by what is already under way', () => {
    const { winner } = fitLadder(table, { target: 'y', inputs: ['u'], horizon: 4, targetLate: 0 })
    expect(winner.r2).toBeGreaterThan(0.95)
  })
  it('never looks ahead: later rows and targets not yet known may be anything', () => {
    const { winner } = fitLadder(table, { target: 'y', inputs: ['u'], horizon: 0, targetLate: 8 })
    const row = 500
    const altered: SampleTable = {
      rows: 800,
      columns: {
        u: table.columns.u!.map((value, i) => (i > row ? Number.NaN : value)),
        y: table.columns.y!.map((value, i) => (i > row - 8 ? -99 : value)),
      },
    }
    for (const t of [row, row - 3, 100])
      expect(estimate(winner.model, altered, t)).toEqual(estimate(winner.model, table, t))
  })
  it('the interval holds about nine in ten on rows never fitted', () => {
    const { winner } = fitLadder(table, { target: 'y', inputs: ['u'], horizon: 0, targetLate: 'never' })
    const fresh = delayedPlant(3000, 6, 99)
    let held = 0
    for (let t = 50; t < 3000; t += 1) {
      const { lo, hi } = estimate(winner.model, fresh, t)!
      if (fresh.columns.y![t]! >= lo && fresh.columns.y![t]! <= hi) held += 1
    }
    expect(held / 2950).toBeGreaterThan(0.84)
    expect(held / 2950).toBeLessThan(0.96)
  })
  it('says stale where a value is missing and extrapolating outside what was seen', () => {
    const { winner } = fitLadder(table, { target: 'y', inputs: ['u'], horizon: 0, targetLate: 'never' })
    const gap = {
      rows: 800,
      columns: { ...table.columns, u: table.columns.u!.map((value, i) => (i === 494 ? Number.NaN : value)) },
    }
    expect(estimate(winner.model, gap, 500)?.state).toBe('stale')
    const far = { rows: 800, columns: { ...table.columns, u: table.columns.u!.map(() => 50) } }
    expect(estimate(winner.model, far, 500)?.state).toBe('extrapolating')
    const empty = { rows: 800, columns: { ...table.columns, u: table.columns.u!.map(() => Number.NaN) } }
    expect(estimate(winner.model, empty, 500)).toBeUndefined()
  })
})

describe('conformal half width', () => {
  it('is the right order statistic', () => {
    expect(conformalHalfWidth([-9, 1, 2, 3, 4, 5, 6, 7, 8], 0.9)).toBe(9)
    expect(conformalHalfWidth([1, 2], 0.9)).toBe(Number.POSITIVE_INFINITY)
  })
})

describe('csv', () => {
  it('reads blanks as missing and numbers rows where no time is named', () => {
    const parsed = parseCsv('a,b\n1,\n2,3\n', ['a', 'b'], undefined, 'x.csv')
    expect(parsed.ok && [...parsed.value.time]).toEqual([0, 1])
    expect(parsed.ok && parsed.value.columns.b![0]).toBeNaN()
  })
  it.each([
    ['a,b\n1,x\n', 'x.csv:2'],
    ['a\n1\n', 'x.csv:1'],
    ['a,b\n1\n', 'x.csv:2'],
    ['', 'x.csv:1'],
  ])('names the place of a fault in %j', (text, place) => {
    const parsed = parseCsv(text, ['a', 'b'], undefined, 'x.csv')
    expect(!parsed.ok && parsed.fault[0]?.place).toBe(place)
  })
})

describe('sampler', () => {
  const start = 1_764_000_000_000
  const sampler = () => createSampler({ tags: ['a'], intervalMs: 1000, depth: 5 })
  const reading = (t: number, value: number | null) => ({
    tag: 'a',
    t,
    value,
    quality: value === null ? ('bad' as const) : ('good' as const),
  })
  it('averages within a row, and holds a quiet tag that reports by exception', () => {
    const rows = sampler()
    rows.advance(start)
    rows.take(reading(start + 100, 1))
    rows.take(reading(start + 200, 3))
    rows.advance(start + 4000)
    expect([...rows.table().columns.a!]).toEqual([2, 3, 3, 3])
  })
  it('takes an uncertain value for missing', () => {
    const rows = sampler()
    rows.advance(start)
    rows.take({ ...reading(start + 100, 1), quality: 'uncertain' })
    rows.advance(start + 1000)
    expect([...rows.table().columns.a!]).toEqual([Number.NaN])
  })
  it('does not bridge a bad value', () => {
    const rows = sampler()
    rows.advance(start)
    rows.take(reading(start + 100, 1))
    rows.take(reading(start + 300, null))
    rows.advance(start + 1000)
    expect([...rows.table().columns.a!]).toEqual([Number.NaN])
  })
  it('keeps its depth after a long sleep', () => {
    const rows = sampler()
    rows.advance(start)
    rows.advance(start + 3_600_000)
    expect(rows.table().rows).toBe(5)
  })
})
