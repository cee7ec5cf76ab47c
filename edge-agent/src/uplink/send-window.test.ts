import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OutboxItem } from '../outbox/outbox.ts'
import { createSendWindow, type WindowLimits } from './send-window.ts'

const LIMITS: WindowLimits = { most: 10, mostOld: 6, resendMs: 1000, mostLive: 20 }
const item = (seq: number): OutboxItem => ({ kind: 'readings', device: 'd', body: [], seq })

function stored(limits = LIMITS) {
  const items = new Map<number, OutboxItem>()
  const window = createSendWindow(
    (after, most) =>
      [...items.values()]
        .filter(({ seq }) => seq > after)
        .sort((a, b) => a.seq - b.seq)
        .slice(0, most),
    limits,
  )
  return {
    window,
    add: (...seqs: number[]) => {
      for (const seq of seqs) items.set(seq, item(seq))
      return seqs.map(item)
    },
    confirm: (...seqs: number[]) => {
      for (const seq of seqs) items.delete(seq)
      window.confirmed(seqs.map(seq => [seq, seq]))
    },
    next: (now = 0) => window.next(now).map(({ item, historical }) => `${item.seq}${historical ? 'h' : ''}`),
  }
}

describe('send window', () => {
  it('what waited goes as historical, in order, a bounded number at once', () => {
    const { window, add, next, confirm } = stored()
    add(1, 2, 3, 4, 5, 6, 7, 8)
    window.restart(8)
    expect(next()).toEqual(['1h', '2h', '3h', '4h', '5h', '6h'])
    expect(next()).toEqual([])
    confirm(1, 2)
    expect(next()).toEqual(['7h', '8h'])
  })
  it('live items go first while old ones wait', () => {
    const { window, add, next, confirm } = stored()
    add(1, 2, 3, 4, 5, 6, 7)
    window.restart(7)
    next()
    window.appended(add(8, 9))
    expect(next()).toEqual(['8', '9'])
    confirm(1, 2, 3)
    window.appended(add(10))
    expect(next()).toEqual(['10', '7h'])
  })
  it('what is not confirmed in time goes again, as historical, and waits longer each time', () => {
    const { window, add, next } = stored()
    window.restart(0)
    window.appended(add(1))
    expect(next(0)).toEqual(['1'])
    expect(next(999)).toEqual([])
    expect(next(1000)).toEqual(['1h'])
    expect(next(2999)).toEqual([])
    expect(next(3000)).toEqual(['1h'])
  })
  it('a new connection sends everything unconfirmed again, nothing confirmed', () => {
    const { window, add, next, confirm } = stored()
    window.restart(0)
    window.appended(add(1, 2, 3))
    next()
    confirm(2)
    window.restart(3)
    expect(next()).toEqual(['1h', '3h'])
  })
  it('live items that pile up are read back from the disk as old ones', () => {
    const { window, add, next, confirm } = stored({ ...LIMITS, most: 2, mostOld: 2 })
    window.restart(0)
    window.appended(add(...Array.from({ length: 25 }, (_, index) => index + 1)))
    const sent: string[] = []
    for (let round = 0; round < 20; round += 1) {
      const some = next()
      sent.push(...some)
      confirm(...some.map(seq => Number.parseInt(seq, 10)))
    }
    expect(sent.map(seq => Number.parseInt(seq, 10))).toEqual(Array.from({ length: 25 }, (_, index) => index + 1))
  })
  it('an item that could not be sent is tried again later', () => {
    const { window, add, next } = stored()
    window.restart(0)
    window.appended(add(1))
    next(0)
    window.defer(1, 50)
    expect(next(49)).toEqual([])
    expect(next(50)).toEqual(['1h'])
  })
  it('nothing stays unsent, nothing confirmed is sent again, the bound holds, whatever the order', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('append' as const), count: fc.integer({ min: 1, max: 12 }) }),
      fc.record({ kind: fc.constant('confirm' as const), pick: fc.integer({ min: 0, max: 9 }) }),
      fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 3000 }) }),
      fc.record({ kind: fc.constant('reconnect' as const) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), steps => {
        const { window, add, confirm } = stored()
        window.restart(0)
        let last = 0
        let now = 0
        const confirmed = new Set<number>()
        const flying = new Set<number>()
        const pump = () => {
          for (const { item } of window.next(now)) {
            expect(confirmed.has(item.seq)).toBe(false)
            flying.add(item.seq)
          }
          expect(window.inFlight).toBeLessThanOrEqual(LIMITS.most)
        }
        for (const one of steps) {
          if (one.kind === 'append') window.appended(add(...Array.from({ length: one.count }, () => ++last)))
          else if (one.kind === 'wait') now += one.ms
          else if (one.kind === 'reconnect') window.restart(last)
          else {
            const seq = [...flying][one.pick]
            if (seq !== undefined) {
              flying.delete(seq)
              confirmed.add(seq)
              confirm(seq)
            }
          }
          pump()
        }
        for (let round = 0; round < 400 && confirmed.size < last; round += 1) {
          for (const seq of flying) {
            confirmed.add(seq)
            confirm(seq)
          }
          flying.clear()
          now += 9000
          pump()
        }
        expect(confirmed.size).toBe(last)
      }),
    )
  })

  it('items that are never confirmed hold up no other, and are tried on beside them', () => {
    const { window, add, next, confirm } = stored()
    const all = Array.from({ length: 40 }, (_, index) => index + 1)
    add(...all)
    window.restart(40)
    const poison = new Set([1, 2, 3, 4, 5, 6])
    const seen = new Set<string>()
    let later = 0
    for (let now = 0; now < 200_000; now += 500) {
      const sent = next(now).map(name => Number.parseInt(name, 10))
      for (const seq of sent) {
        if (!poison.has(seq)) confirm(seq)
        else if (now > 60_000) later += 1
        seen.add(String(seq))
      }
    }
    expect(seen.size).toBe(40)
    expect(later).toBeGreaterThan(5)
    confirm(...poison)
    expect(next(1e9)).toEqual([])
  })
})
