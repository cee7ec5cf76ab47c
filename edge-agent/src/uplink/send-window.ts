/**
 * Which items are sent next, pure but for its own state: new ones first, then what waited, a bounded number unconfirmed;
 * what is not confirmed in time is sent again. Items that waited are historical: they must not move live values.
 */
import type { OutboxItem } from '../outbox/outbox.ts'

export interface WindowLimits {
  /** Most items sent and not confirmed. */
  readonly most: number
  /** Most of them that may be old ones: the rest is kept free for live values. */
  readonly mostOld: number
  /** Not confirmed for so long: sent again, ms. Doubles per try, up to eight times. */
  readonly resendMs: number
  /** More live items than this waiting to be sent become old ones. */
  readonly mostLive: number
}

export const DEFAULT_LIMITS: WindowLimits = { most: 1000, mostOld: 600, resendMs: 10_000, mostLive: 2000 }

export interface ToSend {
  readonly item: OutboxItem
  readonly historical: boolean
}

export interface SendWindow {
  /** A new connection: everything up to `lastSequence` waits as old, nothing is in flight. */
  restart(lastSequence: number): void
  appended(items: readonly OutboxItem[]): void
  /** What to send now; counts as in flight from here. */
  next(now: number): ToSend[]
  confirmed(ranges: readonly (readonly [number, number])[]): void
  /** It could not be sent (an image upload failed, say): try again after `until`. */
  failed(seq: number, until: number): void
  readonly inFlight: number
}

interface Flight {
  readonly dueAt: number
  readonly tries: number
}

const PAGE = 200

export function createSendWindow(
  read: (after: number, most: number) => OutboxItem[],
  limits: WindowLimits = DEFAULT_LIMITS,
): SendWindow {
  const flights = new Map<number, Flight>()
  let live: OutboxItem[] = []
  // Old items: those with cursor < seq <= end that are not in flight.
  let cursor = 0
  let end = 0

  const fly = (seq: number, now: number) => {
    const tries = flights.get(seq)?.tries ?? 0
    flights.set(seq, { dueAt: now + limits.resendMs * 2 ** Math.min(tries, 3), tries: tries + 1 })
  }

  /** Overdue flights land among the old items again. */
  const rewind = (now: number) => {
    for (const [seq, { dueAt, tries }] of flights) {
      if (dueAt > now) continue
      cursor = Math.min(cursor, seq - 1)
      end = Math.max(end, seq)
      flights.set(seq, { dueAt: 0, tries })
    }
  }
  const flying = (seq: number) => (flights.get(seq)?.dueAt ?? 0) > 0
  const count = () => [...flights.values()].filter(({ dueAt }) => dueAt > 0).length

  return {
    restart(lastSequence) {
      flights.clear()
      live = []
      cursor = 0
      end = lastSequence
    },
    appended(items) {
      live.push(...items)
      if (live.length <= limits.mostLive) return
      // Older live items that are still unsent come back from the disk with these.
      end = Math.max(end, live.at(-1)!.seq)
      cursor = Math.min(cursor, live[0]!.seq - 1)
      live = []
    },
    next(now) {
      rewind(now)
      const out: ToSend[] = []
      let room = limits.most - count()
      for (const item of live.splice(0, Math.max(0, room))) {
        fly(item.seq, now)
        out.push({ item, historical: false })
        room -= 1
      }
      let old = Math.min(room, limits.mostOld - count() + out.length)
      while (old > 0 && cursor < end) {
        const page = read(cursor, PAGE).filter(({ seq }) => seq <= end)
        if (page.length === 0) {
          cursor = end
          break
        }
        for (const item of page) {
          if (old <= 0) break
          cursor = item.seq
          if (flying(item.seq)) continue
          fly(item.seq, now)
          out.push({ item, historical: true })
          old -= 1
        }
      }
      return out
    },
    confirmed(ranges) {
      for (const [from, to] of ranges) {
        if (to - from > flights.size) {
          for (const seq of flights.keys()) if (from <= seq && seq <= to) flights.delete(seq)
        } else for (let seq = from; seq <= to; seq += 1) flights.delete(seq)
      }
    },
    failed(seq, until) {
      const flight = flights.get(seq)
      if (flight) flights.set(seq, { ...flight, dueAt: until })
    },
    get inFlight() {
      return count()
    },
  }
}
