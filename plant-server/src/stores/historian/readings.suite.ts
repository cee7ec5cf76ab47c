/** What every historian must keep; run against each implementation. */
import { describe, expect, it } from 'vitest'
import { at, type Open, storesOf, T0, TAG } from './rig.suite.ts'

export function readingStoreSuite(name: string, open: Open): void {
  describe(`${name} keeps the contract of a historian`, () => {
    const { fresh, again: reopen } = storesOf(open)

    it('gives back every value by time, of every type and quality', async () => {
      const { store } = await fresh()
      const readings = [
        at(30, 'running'),
        at(10, 12.5),
        at(20, null, 'bad'),
        at(0, true, 'uncertain'),
        at(40, 9_007_199_254_740_991),
      ]
      await store.append([{ agent: 'primary', sequence: 1, readings }])
      expect(await store.raw(TAG, T0, T0 + 40)).toEqual(
        [...readings].sort((a, b) => a.t - b.t).map(r => [r.t, r.value, r.quality]),
      )
      expect(await store.raw(TAG, T0 + 10, T0 + 20)).toHaveLength(2)
      expect(await store.raw('primary/unknown/tag', T0, T0 + 40)).toEqual([])
    })

    it('stores an item once, in one batch, in two and after a restart', async () => {
      const { store } = await fresh()
      const item = { agent: 'primary', sequence: 7, readings: [at(0, 1)] }
      await store.append([item, item])
      await store.append([item, { agent: 'packing', sequence: 7, readings: [at(0, 2, 'good', 'packing/cell/speed')] }])
      expect(store.isStored('primary', 7)).toBe(true)
      expect(store.isStored('primary', 8)).toBe(false)
      expect(await store.count()).toBe(2)
      const again = await reopen(store)
      expect(again.isStored('primary', 7)).toBe(true)
      await again.append([item])
      expect(await again.count()).toBe(2)
    })

    it('marks what is stored elsewhere, so that marks stay one range', async () => {
      const { store } = await fresh()
      await store.append([{ agent: 'a', sequence: 1, readings: [at(0, 1)] }], [{ agent: 'a', sequence: 2 }])
      expect(store.isStored('a', 2)).toBe(true)
      expect(await store.count()).toBe(1)
    })

    it('keeps marks through many batches out of order', async () => {
      const { store } = await fresh()
      for (let batch = 0; batch < 12; batch += 1) {
        const sequences = Array.from({ length: 100 }, (_, i) => batch * 200 + i * 2)
        await store.append(
          sequences.map(sequence => ({ agent: 'a', sequence, readings: [at(sequence, sequence, 'good', 'a/x')] })),
        )
      }
      const again = await reopen(store)
      expect(again.isStored('a', 2398)).toBe(true)
      expect(again.isStored('a', 2397)).toBe(false)
      expect(await again.count()).toBe(1200)
    })

    it('shows a (tag, time) once, the first that came', async () => {
      const { store } = await fresh()
      await store.append([{ agent: 'a', sequence: 1, readings: [at(0, 1), at(5, 2)] }])
      await store.append([{ agent: 'a', sequence: 2, readings: [at(5, 3), at(6, 4)] }])
      expect((await store.raw(TAG, T0, T0 + 10)).map(p => p[1])).toEqual([1, 2, 4])
    })

    it('decimates to at most the points asked for, keeping extremes and gaps', async () => {
      const { store } = await fresh()
      const readings = Array.from({ length: 10_000 }, (_, i) => {
        if (i === 7777) return at(i * 100, 900)
        if (i === 3333) return at(i * 100, -900)
        if (i >= 5000 && i < 5100) return at(i * 100, null, 'bad')
        return at(i * 100, Math.sin(i / 50))
      })
      await store.append([{ agent: 'a', sequence: 1, readings }])
      for (const points of [2, 3, 10, 100, 999]) {
        const found = await store.decimated(TAG, T0, T0 + 1_000_000, points)
        expect(found.length).toBeLessThanOrEqual(points)
        const times = found.map(p => p[0])
        expect(times).toEqual([...new Set(times)].sort((a, b) => a - b))
        if (points >= 10) {
          const values = found.map(p => p[1])
          expect(values).toContain(900)
          expect(values).toContain(-900)
          expect(found.some(p => p[1] === null && p[2] === 'bad')).toBe(true)
          for (const [t, value] of found) expect(readings[(t - T0) / 100]?.value).toBe(value)
        }
      }
      expect(await store.decimated(TAG, T0, T0 + 900, 100)).toHaveLength(10)
    })

    it('decimates texts and booleans to values that were stored', async () => {
      const { store } = await fresh()
      await store.append([
        { agent: 'a', sequence: 1, readings: Array.from({ length: 100 }, (_, i) => at(i, `s${i}`, 'good', 'a/text')) },
        { agent: 'a', sequence: 2, readings: Array.from({ length: 100 }, (_, i) => at(i, i > 50, 'good', 'a/flag')) },
      ])
      const texts = await store.decimated('a/text', T0, T0 + 100, 10)
      expect(texts.length).toBeLessThanOrEqual(10)
      expect(texts[0]).toEqual([T0, 's0', 'good'])
      const flags = await store.decimated('a/flag', T0, T0 + 100, 10)
      expect(new Set(flags.map(p => p[1]))).toEqual(new Set([true, false]))
    })

    it('finds the last value at or before a time, however long ago', async () => {
      const { store } = await fresh()
      await store.append([{ agent: 'a', sequence: 1, readings: [at(0, 1), at(1000, 2)] }])
      expect(await store.valueAt(TAG, T0 + 999)).toEqual([T0, 1, 'good'])
      expect(await store.valueAt(TAG, T0 + 400 * 86_400_000)).toEqual([T0 + 1000, 2, 'good'])
      expect(await store.valueAt(TAG, T0 - 1)).toBeUndefined()
    })

    it('gives the newest value of each tag', async () => {
      const { store } = await fresh()
      await store.append([
        { agent: 'a', sequence: 1, readings: [at(5, 2), at(0, 1), at(3, 9, 'good', 'a/x'), at(4, null, 'bad', 'a/x')] },
      ])
      expect(await store.latest(T0)).toEqual(
        new Map([
          [TAG, [T0 + 5, 2, 'good']],
          ['a/x', [T0 + 4, null, 'bad']],
        ]),
      )
    })

    it('reads while it writes, and takes 100,000 values', async () => {
      const { store } = await fresh()
      const writes = Array.from({ length: 20 }, (_, batch) =>
        store.append([
          {
            agent: 'a',
            sequence: batch,
            readings: Array.from({ length: 5000 }, (_, i) => at(batch * 5000 + i, i, 'good', `a/tag_${i % 10}`)),
          },
        ]),
      )
      const seen: number[] = []
      for (let read = 0; read < 5; read += 1) seen.push(await store.count())
      await Promise.all(writes)
      for (const count of seen) expect(count % 5000).toBe(0)
      expect(await store.count()).toBe(100_000)
      expect(await store.raw('a/tag_3', T0, T0 + 1e6)).toHaveLength(10_000)
      await store.checkpoint()
      expect(await store.count()).toBe(100_000)
    })
  })
}
