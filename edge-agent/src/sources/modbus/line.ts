/**
 * A line: one connection, and the units behind it (a device, a gateway's or a serial line's many). One request at a time,
 * first come first served, writes before reads. Units that are silent may use a fifth of it, so that one dead device
 * never slows the others.
 */
import type { Clock } from '@millwright/contract'
import { createSessionRunner, type Link } from '../../base/session-runner.ts'
import { createExchange, type Exchanged } from './exchange.ts'
import type { Framing } from './framing.ts'
import { isGatewaySilence, type ModbusRequest } from './pdu.ts'
import type { OpenWire } from './wire.ts'

export type Answer =
  | Exclude<Exchanged, { kind: 'broken' }>
  /** Not connected, or the connection broke. */
  | { readonly kind: 'down'; readonly detail: string }

export interface LineListener {
  up(): void
  down(detail: string): void
}

export type Urgency =
  /** Before everything that waits. */
  | 'write'
  | 'read'
  /** Of a silent unit: within its share of the line. */
  | 'probe'

export interface Seat {
  /** Never rejects. */
  ask(request: ModbusRequest, timeoutMs: number, urgency: Urgency): Promise<Answer>
  /** Said after each try: this unit is silent, or answers. When all are silent the connection is opened anew. */
  silent(is: boolean): void
  leave(): Promise<void>
}

export interface Line {
  /** Takes a seat for a unit; the line opens with the first and closes with the last. */
  join(unit: number, listener: LineListener): Seat
}

export interface LineDeps {
  readonly open: OpenWire
  readonly framing: Framing
  readonly clock: Clock
  readonly random: () => number
  readonly quietMs?: number
}

interface Turn {
  readonly urgency: Urgency
  readonly run: () => Promise<void>
}

/** Silent units may use one part in so many of the line. */
const PROBE_SHARE = 5

export function createLine({ open, framing, clock, random, quietMs }: LineDeps): Line {
  const seats = new Map<object, { listener: LineListener; silent: boolean; tried: boolean }>()
  const turns: Turn[] = []
  let working = false
  let waking: AbortController | undefined
  let probeFrom = 0
  let down = 'not connected'

  interface Connection extends Link {
    readonly ask: (unit: number, request: ModbusRequest, timeoutMs: number) => Promise<Exchanged>
  }
  const runner = createSessionRunner<Connection>({
    clock,
    random,
    async open(lost, signal) {
      let gone: (detail: string) => void = () => {}
      const wire = await open(detail => {
        lost(detail)
        gone(detail)
      }, signal)
      const { ask, cancel } = createExchange({ wire, framing, clock, ...(quietMs === undefined ? {} : { quietMs }) })
      gone = cancel
      return {
        ask,
        close() {
          cancel('closed')
          return wire.close()
        },
      }
    },
    online: () => {
      probeFrom = 0
      for (const seat of seats.values()) seat.tried = false
      for (const { listener } of [...seats.values()]) listener.up()
    },
    offline: detail => {
      down = detail
      for (const { listener } of [...seats.values()]) listener.down(detail)
    },
  })

  /** The next to speak: writes, then reads, then probes where their share allows; undefined: none yet. */
  const next = (): Turn | undefined => {
    const pick = (urgency: Urgency) => turns.findIndex(turn => turn.urgency === urgency)
    const living = [...seats.values()].some(seat => !seat.silent)
    const mayProbe = !living || clock.now() >= probeFrom
    for (const urgency of ['write', 'read', 'probe'] as const) {
      const at = urgency === 'probe' && !mayProbe ? -1 : pick(urgency)
      if (at >= 0) return turns.splice(at, 1)[0]
    }
    return undefined
  }

  const work = async () => {
    if (working) return waking?.abort()
    working = true
    while (turns.length > 0) {
      const turn = next()
      if (turn === undefined) {
        waking = new AbortController()
        await clock.sleep(Math.max(1, probeFrom - clock.now()), waking.signal)
        waking = undefined
        continue
      }
      const began = clock.now()
      await turn.run()
      if (turn.urgency === 'probe') probeFrom = clock.now() + (PROBE_SHARE - 1) * (clock.now() - began)
    }
    working = false
  }

  const speak = async (unit: number, request: ModbusRequest, timeoutMs: number): Promise<Answer> => {
    const connection = runner.link()
    if (connection === undefined) return { kind: 'down', detail: down }
    const exchanged = await connection.ask(unit, request, timeoutMs)
    if (exchanged.kind === 'exception' && isGatewaySilence(exchanged.code)) return { kind: 'silent' }
    if (exchanged.kind === 'broken') {
      if (runner.link() === connection) runner.reset(exchanged.detail)
      return { kind: 'down', detail: exchanged.detail }
    }
    if (exchanged.kind === 'silent' && runner.link() !== connection) return { kind: 'down', detail: down }
    return exchanged
  }

  return {
    join(unit, listener) {
      const key = {}
      const own = { listener, silent: false, tried: false }
      const first = seats.size === 0
      seats.set(key, own)
      if (first) runner.start()
      else queueMicrotask(() => void (runner.link() !== undefined && seats.has(key) && listener.up()))
      return {
        ask: (request, timeoutMs, urgency) =>
          new Promise(resolve => {
            turns.push({ urgency, run: async () => resolve(await speak(unit, request, timeoutMs)) })
            void work()
          }),
        silent(is) {
          own.silent = is
          own.tried = true
          // A connection on which nobody answers may be half open: a device that was unplugged says no goodbye.
          const all = [...seats.values()]
          if (is && all.every(seat => seat.silent && seat.tried)) runner.reset('no answer')
        },
        async leave() {
          seats.delete(key)
          if (seats.size === 0) await runner.stop()
        },
      }
    },
  }
}
