/** Contract of every outbox: what `outbox.ts` guarantees, as tests. */
import { type ManualClock, manualClock } from '@millwright/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NewItem, NewReadings, Outbox } from './outbox.ts'

export interface OutboxLimits {
  readonly maxBytes: number
  readonly maxAgeMs: number
}

export interface OutboxUnderTest {
  /** Opens the outbox in its place; opening again finds what was left. */
  open(clock: ManualClock, limits: OutboxLimits): Outbox
  /** Throws the place away. */
  destroy(): void
}

export const ROOMY: OutboxLimits = { maxBytes: 2 ** 30, maxAgeMs: 3_600_000_000 }

export const readings = (from: number, count = 3): NewReadings => ({
  kind: 'readings',
  device: 'plc',
  body: Array.from({ length: count }, (_, index) => ({
    tag: 'a/x/y',
    t: from + index,
    value: from + index / 2,
    quality: 'good' as const,
  })),
})

const alarm = (name: string): NewItem => ({
  kind: 'alarm',
  body: { alarm: name, priority: 'low', active: true, acknowledged: false, t: 1, message: { zh: '甲', en: 'a' } },
})

export function outboxSuite(name: string, prepare: () => OutboxUnderTest): void {
  describe(name, () => {
    let place: OutboxUnderTest
    let clock: ManualClock
    let outbox: Outbox
    const opened: Outbox[] = []
    const open = (limits = ROOMY) => {
      outbox = place.open(clock, limits)
      opened.push(outbox)
      return outbox
    }
    const add = async (...items: NewItem[]): Promise<number[]> => {
      const appended = items.map(item => outbox.append(item))
      await outbox.flush()
      return Promise.all(appended)
    }
    beforeEach(() => {
      place = prepare()
      clock = manualClock()
      open()
    })
    afterEach(async () => {
      for (const one of opened.splice(0)) await one.close()
      place.destroy()
    })

    it('gives back what was appended, in order, equal', async () => {
      const items = [readings(1), alarm('a'), readings(10)]
      const seqs = await add(...items)
      expect(outbox.read(0, 10)).toEqual(items.map((item, index) => ({ ...item, seq: seqs[index] })))
      expect(outbox.read(seqs[0]!, 1)).toHaveLength(1)
      expect(outbox.stats().pending).toBe(3)
    })

    it('numbers rise by one from the present time in microseconds', async () => {
      const seqs = await add(readings(1), readings(2))
      expect(seqs[0]).toBe(clock.now() * 1000 + 1)
      expect(seqs[1]).toBe(seqs[0]! + 1)
    })

    it('appends wait for a common commit, which comes by itself', async () => {
      const appended = Promise.all([outbox.append(readings(1)), outbox.append(readings(2))])
      expect(outbox.read(0, 10)).toEqual([])
      await clock.advance(500)
      expect(await appended).toHaveLength(2)
      expect(outbox.read(0, 10)).toHaveLength(2)
    })

    it('says what became durable, once', async () => {
      const heard: number[] = []
      outbox.onAppended(items => void heard.push(...items.map(({ seq }) => seq)))
      const seqs = await add(readings(1), alarm('b'))
      await outbox.flush()
      expect(heard).toEqual(seqs)
    })

    it('what is confirmed is not given again, not even before the next commit', async () => {
      const [first, second, third] = await add(readings(1), readings(2), readings(3))
      outbox.confirm([[first!, second!]], [])
      expect(outbox.read(0, 10).map(({ seq }) => seq)).toEqual([third])
      await outbox.flush()
      expect(outbox.stats().pending).toBe(1)
    })

    it('confirming what is unknown or confirmed already is harmless', async () => {
      const [first] = await add(readings(1))
      outbox.confirm(
        [
          [0, 5],
          [first!, first! + 1000],
        ],
        [{ seq: 3, code: 'x', message: 'y' }],
      )
      await outbox.flush()
      outbox.confirm([[first!, first!]], [])
      await outbox.flush()
      expect(outbox.stats()).toMatchObject({ pending: 0, quarantined: 0, dropped: 0 })
    })

    it('what is rejected is set aside and counted, not sent again', async () => {
      const [first, second] = await add(readings(1), readings(2))
      outbox.confirm([], [{ seq: first!, code: 'MW-2006', message: 'no' }])
      await outbox.flush()
      expect(outbox.read(0, 10).map(({ seq }) => seq)).toEqual([second])
      expect(outbox.stats().quarantined).toBe(1)
    })

    it('survives closing and opening: items, numbers, counts', async () => {
      const [first, second] = await add(readings(1), readings(2))
      outbox.confirm([[first!, first!]], [])
      await outbox.close()
      open()
      expect(outbox.read(0, 10)).toEqual([{ ...readings(2), seq: second }])
      expect(outbox.lastSequence()).toBe(second)
      expect(await add(readings(3))).toEqual([second! + 1])
    })

    it('numbers do not repeat when everything was confirmed before the restart', async () => {
      const [first] = await add(readings(1))
      outbox.confirm([[first!, first!]], [])
      await outbox.close()
      open()
      expect(await add(readings(2))).toEqual([first! + 1])
    })

    it('when full the oldest go first, counted by value', async () => {
      await outbox.close()
      open({ ...ROOMY, maxBytes: 6000 })
      const dropped: number[] = []
      outbox.onDropped(count => void dropped.push(count))
      const seqs: number[] = []
      for (let index = 0; index < 30; index += 1) seqs.push(...(await add(readings(index * 10, 5))))
      const left = outbox.read(0, 100).map(({ seq }) => seq)
      expect(left.length).toBeGreaterThan(3)
      expect(left).toEqual(seqs.slice(-left.length))
      const { dropped: total, bytes } = outbox.stats()
      expect(total).toBe((30 - left.length) * 5)
      expect(dropped.reduce((a, b) => a + b, 0)).toBe(total)
      expect(bytes).toBeLessThanOrEqual(6000)
    })

    it('what is too old goes, counted', async () => {
      await outbox.close()
      open({ ...ROOMY, maxAgeMs: 10_000 })
      await add(readings(1, 4))
      await clock.advance(6000)
      const [second] = await add(readings(2))
      await clock.advance(6000)
      expect(outbox.read(0, 10).map(({ seq }) => seq)).toEqual([second])
      expect(outbox.stats()).toMatchObject({ dropped: 4, pending: 1 })
    })
  })
}
