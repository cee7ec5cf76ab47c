/** One request, one reply, on an open wire. */
import type { Clock } from '@millwright/contract'
import type { Asked, Framing } from './framing.ts'
import { decodePdu, type ModbusRequest, type Reply } from './pdu.ts'
import type { Wire } from './wire.ts'

export type Exchanged =
  | Reply
  | { readonly kind: 'silent' }
  /** What came is no Modbus: the wire is of no use any more. */
  | { readonly kind: 'broken'; readonly detail: string }

export interface Exchange {
  /** Never rejects. The caller asks one thing at a time. */
  ask(unit: number, request: ModbusRequest, timeoutMs: number): Promise<Exchanged>
  /** The wire is gone: whoever waits is told at once. */
  cancel(detail: string): void
}

export interface ExchangeDeps {
  readonly wire: Wire
  readonly framing: Framing
  readonly clock: Clock
  /** RTU: silence that parts two frames, ms (3.5 characters, Serial Line 1.02, 2.5.1.1). */
  readonly quietMs?: number
}

/** More than any frame, so that noise without end takes no memory. */
const MOST_BYTES = 1024
/** After a request without an answer on RTU: its reply may come late, and carries no number to know it by. */
const LATE_MS = 50

export function createExchange({ wire, framing, clock, quietMs = 2 }: ExchangeDeps): Exchange {
  let bytes: Uint8Array = new Uint8Array()
  let waiting: ((exchanged: Exchanged) => void) | undefined
  let asked: Asked | undefined
  let transaction = 0
  let heardAt = Number.NEGATIVE_INFINITY
  let doubtful = false

  wire.onBytes(more => {
    heardAt = clock.now()
    bytes = bytes.length === 0 ? more : join(bytes, more)
    // A late reply: on TCP it is numbered and stepped over with the next request, on RTU it is dropped before that.
    if (asked === undefined || waiting === undefined) return trim()
    for (;;) {
      const found = framing.find(bytes, asked)
      switch (found.kind) {
        case 'more':
          return trim()
        case 'other':
          bytes = bytes.slice(found.used)
          break
        case 'broken':
          return waiting({ kind: 'broken', detail: found.detail })
        case 'reply':
          bytes = bytes.slice(found.used)
          return waiting(decodePdu(asked.request, found.pdu))
      }
    }
  })

  const trim = () => {
    if (bytes.length > MOST_BYTES) bytes = bytes.slice(-MOST_BYTES / 2)
  }

  /** Until the line has been quiet for so long; a line that is never quiet is spoken into after `most` ms. */
  const quiet = async (ms: number, most: number) => {
    const end = clock.now() + most
    for (let left = ms - (clock.now() - heardAt); left > 0 && clock.now() < end; left = ms - (clock.now() - heardAt))
      await clock.sleep(left)
    bytes = new Uint8Array()
  }

  return {
    async ask(unit, request, timeoutMs) {
      transaction = (transaction + 1) & 0xffff
      if (framing.name === 'rtu') {
        if (doubtful) await clock.sleep(LATE_MS)
        await quiet(quietMs, timeoutMs)
      }
      const timer = new AbortController()
      const answer = new Promise<Exchanged>(resolve => {
        waiting = resolve
      })
      asked = { unit, transaction, request }
      wire.send(framing.encode(asked))
      const exchanged = await Promise.race([
        answer,
        clock.sleep(timeoutMs, timer.signal).then((): Exchanged => ({ kind: 'silent' })),
      ])
      timer.abort()
      waiting = undefined
      asked = undefined
      doubtful = exchanged.kind === 'silent' || exchanged.kind === 'garbled'
      return exchanged
    },
    cancel: detail => waiting?.({ kind: 'broken', detail }),
  }
}

function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length)
  joined.set(a)
  joined.set(b, a.length)
  return joined
}
