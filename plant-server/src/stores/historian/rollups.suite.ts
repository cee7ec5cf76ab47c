/** Roll-ups: exact for any order of arrival and any moment of compaction, and what decimation gives out of them. */
import type { HistoryPoint, Reading } from '@millwright/contract'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RollupLevel } from '../readings.ts'
import { bruteAggregates } from './brute-aggregates.suite.ts'
import { at, feeder, type Open, storesOf, T0, TAG } from './rig.suite.ts'

const WIDTHS: Record<RollupLevel, number> = { second: 1000, minute: 60_000, hour: 3_600_000 }

/** The first that came of each time, by time. */
function kept(readings: readonly Reading[]): HistoryPoint[] {
  const byTime = new Map<number, HistoryPoint>()
  for (const { t, value, quality } of readings) if (!byTime.has(t)) byTime.set(t, [t, value, quality])
  return [...byTime.values()].sort((a, b) => a[0] - b[0])
}

/** An hour ends in the middle of what is tried. */
const BEGIN = 3_600_000 - 140_000

const reading = fc
  .record({
    t: fc.integer({ min: 0, max: 40 }).map(step => BEGIN + step * 7_001),
    value: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: -50, max: 50 }).map(value => value / 4) },
      { weight: 1, arbitrary: fc.boolean() },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
    doubt: fc.constantFrom('good', 'good', 'good', 'uncertain', 'bad'),
  })
  .map(({ t, value, doubt }) => at(t, value, value === null ? 'bad' : (doubt as Reading['quality'])))

const history = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.array(reading, { minLength: 1, maxLength: 12 }) },
    { weight: 1, arbitrary: fc.constant('compact' as const) },
  ),
  { minLength: 1, maxLength: 8 },
)

export function rollupSuite(name: string, open: Open): void {
  describe(`${name} rolls up`, () => {
    const stores = storesOf(open)

    it('as plain counting would, whatever came late, twice or out of order, and whenever it was compacted', async () => {
      const { store } = await stores.fresh()
      let run = 0
      await fc.assert(
        fc.asyncProperty(history, async steps => {
          run += 1
          const tag = `a/run_${run}`
          const feed = feeder(store, `agent-${run}`)
          const all: Reading[] = []
          for (const step of steps) {
            if (step === 'compact') await store.compact()
            else {
              const readings = step.map(each => ({ ...each, tag }))
              all.push(...readings)
              await feed(readings)
            }
          }
          const points = kept(all)
          const [from, to] = [T0 + BEGIN + 20_000, T0 + BEGIN + 250_000]
          expect(await store.raw(tag, from, to)).toEqual(points.filter(point => point[0] >= from && point[0] <= to))
          for (const level of ['second', 'minute', 'hour'] as const) {
            const found = await store.aggregates(tag, from, to, level, T0 + BEGIN + 290_000)
            const wanted = bruteAggregates(points, from, to, WIDTHS[level], T0 + BEGIN + 290_000)
            expect(
              found.map(bucket => [bucket.t, bucket.n, bucket.min, bucket.max, bucket.last, bucket.quality]),
            ).toEqual(wanted.map(bucket => [bucket.t, bucket.n, bucket.min, bucket.max, bucket.last, bucket.quality]))
            for (const [index, bucket] of found.entries()) {
              expect(bucket.avg ?? 0).toBeCloseTo(wanted[index]?.avg ?? 0, 9)
              expect(bucket.timeWeighted ?? 0).toBeCloseTo(wanted[index]?.timeWeighted ?? 0, 9)
              expect(bucket.good).toBeCloseTo(wanted[index]?.good ?? 0, 9)
            }
          }
          for (const t of [T0 + BEGIN + 1, T0 + BEGIN + 99_000, T0 + BEGIN + 300_000])
            expect(await store.valueAt(tag, t)).toEqual(points.findLast(point => point[0] <= t))
          const decimated = await store.decimated(tag, from, to, 10)
          // Of a time that came twice either may show here.
          const stored = all.map(({ t, value, quality }): HistoryPoint => [t, value, quality])
          for (const point of decimated) expect(stored).toContainEqual(point)
        }),
        { numRuns: 12, endOnFailure: true },
      )
    })

    it('a mean by time weighs a value by how long it held, and leaves a gap out', async () => {
      const { store } = await stores.fresh()
      const minute = Math.ceil(T0 / 60_000) * 60_000 - T0
      await feeder(store)([at(minute, 10), at(minute + 45_000, 50), at(minute + 50_000, null, 'bad')])
      await store.compact()
      const [bucket] = await store.aggregates(TAG, T0 + minute, T0 + minute + 59_999, 'minute', T0 + minute + 60_000)
      expect(bucket).toMatchObject({ n: 3, min: 10, max: 50, avg: 30, last: null, quality: 'uncertain' })
      expect(bucket?.timeWeighted).toBeCloseTo((45 * 10 + 5 * 50) / 50)
      expect(bucket?.good).toBeCloseTo(50 / 60)
    })

    it('thirty days of a tag decimated keep every spike and every gap, before and after compaction', async () => {
      const { store } = await stores.fresh()
      const step = 30_000
      const count = (30 * 86_400_000) / step
      const spikes = [1234, 50_000, 80_001]
      const gaps = [20_000, 20_001, 61_234]
      const value = (i: number) => (spikes.includes(i) ? 500 + i : gaps.includes(i) ? null : 20 + Math.sin(i / 500))
      const readings = Array.from({ length: count }, (_, i) =>
        at(i * step, value(i), value(i) === null ? 'bad' : 'good'),
      )
      const feed = feeder(store)
      for (let i = 0; i < count; i += 20_000) await feed(readings.slice(i, i + 20_000))
      for (let round = 0; round < 2; round += 1) {
        const points = await store.decimated(TAG, T0, T0 + count * step, 2000)
        expect(points.length).toBeGreaterThan(1000)
        expect(points.length).toBeLessThanOrEqual(2000)
        for (const spike of spikes) expect(points).toContainEqual([T0 + spike * step, 500 + spike, 'good'])
        for (const gap of [20_000, 61_234]) expect(points).toContainEqual([T0 + gap * step, null, 'bad'])
        expect(points.map(point => point[0])).toEqual(points.map(point => point[0]).toSorted((a, b) => a - b))
        expect(await store.countIn(TAG, T0, T0 + count * step)).toBe(count)
        await store.compact()
      }
    })

    it('says nothing of a tag that was never stored', async () => {
      const { store } = await stores.fresh()
      expect(await store.aggregates('no/tag', T0, T0 + 1, 'minute', T0)).toEqual([])
      expect(await store.countIn('no/tag', T0, T0 + 1)).toBe(0)
      expect(await store.remove('no/tag', T0, T0 + 1)).toBe(0)
    })
  })
}
