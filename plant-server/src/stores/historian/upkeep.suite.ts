/** What keeps a historian small and right over years: compaction, retention, deletes, export. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Retention } from '../readings.ts'
import { at, feeder, type Open, storesOf, T0, TAG } from './rig.suite.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const ever = Number.POSITIVE_INFINITY
const keep = (part: Partial<Retention>): Retention => ({ raw: ever, second: 0, minute: ever, hour: ever, ...part })
const BEGIN = Math.ceil(T0 / DAY) * DAY - T0

export interface UpkeepHelp {
  /** Rows of a Parquet file as objects, read by other means than the store's. */
  readonly readParquet: (path: string) => Promise<Record<string, unknown>[]>
}

export function upkeepSuite(name: string, open: Open, { readParquet }: UpkeepHelp): void {
  describe(`${name} is kept in order`, () => {
    const stores = storesOf(open)

    it('takes values and answers while it compacts, and holds the same afterwards and after a restart', async () => {
      const { store } = await stores.fresh()
      const feed = feeder(store)
      for (let batch = 0; batch < 20; batch += 1)
        await feed(Array.from({ length: 5000 }, (_, i) => at(batch * 5000 + i, i, 'good', `a/tag_${i % 10}`)))
      let done = false
      const compaction = store.compact().finally(() => {
        done = true
      })
      let during = 0
      for (let batch = 20; !done || batch < 24; batch += 1) {
        await feed([at(batch * 5000, batch, 'good', 'a/tag_1')])
        const counted = await store.count()
        expect(counted).toBe(100_000 + batch - 19)
        if (!done) during += 1
      }
      await compaction
      expect(during).toBeGreaterThan(0)
      const before = await store.raw('a/tag_1', T0, T0 + DAY)
      const again = await stores.again(store)
      expect(await again.raw('a/tag_1', T0, T0 + DAY)).toEqual(before)
      await again.compact()
      expect(await again.raw('a/tag_1', T0, T0 + DAY)).toEqual(before)
    })

    it('retention takes readings by tag and whole hours, and their roll-ups go on answering', async () => {
      const { store } = await stores.fresh()
      const feed = feeder(store)
      const times = Array.from({ length: 48 * 60 }, (_, i) => BEGIN + i * 60_000)
      await feed(times.flatMap((t, i) => [at(t, i), at(t, i, 'good', 'a/kept'), at(t, i, 'good', 'a/seconds')]))
      await store.compact()
      const now = T0 + BEGIN + 2 * DAY + 30 * 60_000
      const rules: Record<string, Retention> = {
        [TAG]: keep({ raw: DAY, minute: 0 }),
        'a/kept': keep({}),
        'a/seconds': keep({ raw: DAY, second: 2 * DAY }),
      }
      const whole = [T0 + BEGIN, T0 + BEGIN + 2 * DAY - 1] as const
      const minutesBefore = await store.aggregates('a/seconds', ...whole, 'minute', now)
      const hoursBefore = await store.aggregates(TAG, ...whole, 'hour', now)
      const gone = await store.retain(tag => rules[tag]!, now)
      expect(gone.raw).toBe(2 * 24 * 60)
      expect(await store.raw(TAG, ...whole)).toHaveLength(24 * 60)
      expect((await store.raw(TAG, ...whole))[0]?.[0]).toBe(T0 + BEGIN + DAY)
      expect(await store.raw('a/kept', ...whole)).toHaveLength(48 * 60)
      // A roll-up never goes before the readings it is made of.
      expect((await store.aggregates(TAG, ...whole, 'minute', now)).filter(bucket => bucket.n > 0)).toHaveLength(
        24 * 60,
      )
      expect(await store.aggregates(TAG, ...whole, 'hour', now)).toEqual(hoursBefore)
      expect(await store.aggregates('a/seconds', ...whole, 'minute', now)).toEqual(minutesBefore)
      const seconds = await store.aggregates('a/seconds', T0 + BEGIN, T0 + BEGIN + HOUR - 1, 'second', now)
      expect(seconds.filter(bucket => bucket.n === 1)).toHaveLength(60)
      const old = await store.decimated('a/seconds', T0 + BEGIN, T0 + BEGIN + DAY - 1, 100)
      expect(old.length).toBeGreaterThan(40)
      expect(old.map(point => point[1])).toContain(0)
      expect(old.map(point => point[1])).toContain(24 * 60 - 1)
      expect(await store.valueAt('a/seconds', T0 + BEGIN + HOUR + 30_500)).toEqual([T0 + BEGIN + HOUR, 60, 'good'])
      const none = { raw: 0, second: 0, minute: 0, hour: 0 }
      expect(await store.retain(tag => rules[tag]!, now)).toEqual(none)
    })

    it('a value that comes later than its readings are kept still counts in the roll-ups', async () => {
      const { store } = await stores.fresh()
      const feed = feeder(store)
      await feed([at(BEGIN, 10), at(BEGIN + 30_000, 20)])
      await store.compact()
      await store.retain(() => keep({ raw: DAY }), T0 + BEGIN + 3 * DAY)
      await feed([at(BEGIN + 10_000, 99)])
      await store.compact()
      const [bucket] = await store.aggregates(TAG, T0 + BEGIN, T0 + BEGIN + 59_999, 'minute', T0 + BEGIN + 60_000)
      expect(bucket).toMatchObject({ n: 3, min: 10, max: 99, avg: 43, last: 20 })
    })

    it('a delete leaves no trace in readings and roll-ups, keeps what is beside it, and what comes again stays out', async () => {
      const { store } = await stores.fresh()
      const items = [0, 1].map(half => ({
        agent: 'a',
        sequence: half,
        readings: Array.from({ length: 60 }, (_, i) => at(BEGIN + (half * 60 + i) * 60_000, half * 60 + i)),
      }))
      await store.append(items.slice(0, 1))
      await store.compact()
      await store.append(items.slice(1))
      // From the middle of hour 0 (compacted) to the middle of hour 1 (not yet).
      const [from, to] = [T0 + BEGIN + 30 * 60_000, T0 + BEGIN + 89 * 60_000]
      expect(await store.remove(TAG, from, to)).toBe(60)
      await store.append(items)
      const whole = [T0 + BEGIN, T0 + BEGIN + 2 * HOUR - 1] as const
      const check = async () => {
        expect((await store.raw(TAG, ...whole)).map(point => point[1])).toEqual(
          Array.from({ length: 120 }, (_, i) => i).filter(i => i < 30 || i > 89),
        )
        const hours = await store.aggregates(TAG, ...whole, 'hour', whole[1] + 1)
        expect(hours.map(({ n, min, max }) => [n, min, max])).toEqual([
          [30, 0, 29],
          [30, 90, 119],
        ])
        const minutes = await store.aggregates(TAG, ...whole, 'minute', whole[1] + 1)
        expect(minutes.filter(bucket => bucket.n > 0)).toHaveLength(60)
      }
      await check()
      await store.compact()
      await check()
      expect(store.isStored('a', 1)).toBe(true)
    })

    it('exports what is stored, each time once, as Parquet and as CSV', async () => {
      const { store } = await stores.fresh()
      const feed = feeder(store)
      await feed([at(0, 1.5), at(5, true), at(10, 'a "quoted", word'), at(20, null, 'bad'), at(0, 9, 'good', 'a/b')])
      await store.compact()
      await feed([at(0, 77), at(30, 2.25, 'uncertain')])
      const request = { tags: [TAG, 'a/b', 'no/tag'], from: T0, to: T0 + 25 }
      const parquet = await store.exportFile({ ...request, format: 'parquet' })
      expect(parquet.rows).toBe(5)
      const rows = await readParquet(parquet.path)
      expect(rows.map(row => [row.tag, Number(row.time_ms), row.type, row.number, row.text, row.quality])).toEqual([
        ['a/b', T0, 'number', 9, null, 'good'],
        [TAG, T0, 'number', 1.5, null, 'good'],
        [TAG, T0 + 5, 'boolean', 1, null, 'good'],
        [TAG, T0 + 10, 'string', null, 'a "quoted", word', 'good'],
        [TAG, T0 + 20, 'none', null, null, 'bad'],
      ])
      const csv = await store.exportFile({ ...request, to: T0 + 30, format: 'csv' })
      expect(readFileSync(csv.path, 'utf8').trimEnd().split('\n')).toEqual([
        'tag,time,type,value,quality',
        `a/b,${new Date(T0).toISOString()},number,9.0,good`,
        `${TAG},${new Date(T0).toISOString()},number,1.5,good`,
        `${TAG},${new Date(T0 + 5).toISOString()},boolean,true,good`,
        `${TAG},${new Date(T0 + 10).toISOString()},string,"a ""quoted"", word",good`,
        `${TAG},${new Date(T0 + 20).toISOString()},none,,bad`,
        `${TAG},${new Date(T0 + 30).toISOString()},number,2.25,uncertain`,
      ])
      await parquet.remove()
      await csv.remove()
      const empty = await store.exportFile({ ...request, tags: ['no/tag'], format: 'csv' })
      expect(empty.rows).toBe(0)
    })

    it('a long read holds up neither writing nor another read', async () => {
      const { store } = await stores.fresh()
      const feed = feeder(store)
      for (let batch = 0; batch < 10; batch += 1)
        await feed(Array.from({ length: 20_000 }, (_, i) => at(batch * 20_000 + i, i)))
      let finished = false
      const long = store.exportFile({ tags: [TAG], from: T0, to: T0 + DAY, format: 'csv' }).then(file => {
        finished = true
        return file
      })
      await feed([at(300_000, 1, 'good', 'a/other')])
      expect(await store.raw('a/other', T0, T0 + DAY)).toHaveLength(1)
      expect(finished).toBe(false)
      expect((await long).rows).toBe(200_000)
    })
  })
}
