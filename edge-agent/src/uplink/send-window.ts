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
  /** Not before `until` again: it could not be sent, or takes its time. Does not count as a try. */
  defer(seq: number, until: number): void
  readonly inFlight: number
}

interface Flight {
  /** 0: overdue, waits to be sent again. */
  readonly dueAt: number
  readonly tries: number
}

/** Items read, and values handed out of what waited, in one go: a few hundredths of a second of work. */
const PAGE = 20
const MOST_OLD_VALUES = 10_000
/** An item that the server has not confirmed after so many tries holds no place any more, and is tried beside the others. */
const STUBBORN_TRIES = 4
/** Stubborn items tried at once. */
const MOST_STUBBORN = 20

export function createSendWindow(
  read: (after: number, most: number) => OutboxItem[],
  limits: WindowLimits = DEFAULT_LIMITS,
): SendWindow {
  const flights = new Map<number, Flight>()
  const stubborn = new Map<number, Flight>()
  let live: OutboxItem[] = []
  let flying = 0
  // Old items: those with cursor < seq <= end that are not in flight.
  let cursor = 0
  let end = 0

  const set = (seq: number, flight: Flight | undefined) => {
    if ((flights.get(seq)?.dueAt ?? 0) > 0) flying -= 1
    if (flight === undefined) flights.delete(seq)
    else flights.set(seq, flight)
    if ((flight?.dueAt ?? 0) > 0) flying += 1
  }
  const isFlying = (seq: number) => (flights.get(seq)?.dueAt ?? 0) > 0 || stubborn.has(seq)
  const dueAfter = (tries: number, now: number) => now + limits.resendMs * 2 ** Math.min(tries, 3)

  const fly = (seq: number, now: number) => {
    const tries = flights.get(seq)?.tries ?? 0
    set(seq, { dueAt: dueAfter(tries, now), tries: tries + 1 })
  }

  /** Overdue flights land among the old items again, those that are so time and again beside them. */
  const rewind = (now: number) => {
    for (const [seq, { dueAt, tries }] of flights) {
      if (dueAt === 0 || dueAt > now) continue
      if (tries >= STUBBORN_TRIES) {
        set(seq, undefined)
        stubborn.set(seq, { dueAt: 0, tries })
        continue
      }
      cursor = Math.min(cursor, seq - 1)
      end = Math.max(end, seq)
      set(seq, { dueAt: 0, tries })
    }
  }

  const tryStubborn = (now: number): ToSend[] => {
    const out: ToSend[] = []
    for (const [seq, { dueAt, tries }] of stubborn) {
      if (out.length >= MOST_STUBBORN) break
      if (dueAt > now) continue
      const [item] = read(seq - 1, 1)
      stubborn.delete(seq)
      if (item?.seq !== seq) continue
      // Behind the others for the next round.
      stubborn.set(seq, { dueAt: dueAfter(tries, now), tries })
      out.push({ item, historical: true })
    }
    return out
  }

  const sendOld = (most: number, now: number): ToSend[] => {
    const out: ToSend[] = []
    let values = 0
    while (out.length < most && values < MOST_OLD_VALUES && cursor < end) {
      const page = read(cursor, PAGE).filter(({ seq }) => seq <= end)
      if (page.length === 0) {
        cursor = end
        break
      }
      for (const item of page) {
        if (out.length >= most || values >= MOST_OLD_VALUES) break
        cursor = item.seq
        if (isFlying(item.seq)) continue
        fly(item.seq, now)
        values += item.kind === 'readings' ? item.body.length : 1
        out.push({ item, historical: true })
      }
    }
    return out
  }

  return {
    restart(lastSequence) {
      flights.clear()
      stubborn.clear()
      flying = 0
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
      for (const item of live.splice(0, Math.max(0, limits.most - flying))) {
        if (isFlying(item.seq)) continue
        fly(item.seq, now)
        out.push({ item, historical: false })
      }
      const old = Math.min(limits.most - flying, limits.mostOld - flying + out.length)
      return [...out, ...sendOld(old, now), ...tryStubborn(now)]
    },
    confirmed(ranges) {
      for (const [from, to] of ranges) {
        if (to - from > flights.size + stubborn.size) {
          for (const seq of [...flights.keys()]) if (from <= seq && seq <= to) set(seq, undefined)
          for (const seq of [...stubborn.keys()]) if (from <= seq && seq <= to) stubborn.delete(seq)
        } else
          for (let seq = from; seq <= to; seq += 1) {
            set(seq, undefined)
            stubborn.delete(seq)
          }
      }
    },
    defer(seq, until) {
      const flight = flights.get(seq)
      if (flight) set(seq, { dueAt: until, tries: Math.max(0, flight.tries - 1) })
    },
    get inFlight() {
      return flying
    },
  }
}
