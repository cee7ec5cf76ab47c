/**
 * Live push to every browser. Values: each connection gets the newest of its subscribed tags, at most ten times a second
 * and only while it keeps up; a slow one skips values, never the newest. Everything else goes out in order.
 */
import type { ClientMessage, Clock, LiveValue, ServerMessage } from '@millwright/contract'
import type { Hub } from '../ports.ts'
import type { LiveValues } from './live-values.ts'

/** What the hub needs of a socket. */
export interface Outlet {
  send(text: string): void
  /** Bytes accepted but not yet on the wire. */
  readonly bufferedAmount: number
  close(code: number, reason: string): void
}

export interface Connection {
  receive(message: ClientMessage): void
  closed(): void
}

export interface LiveHub extends Hub {
  attach(outlet: Outlet): Connection
  publishValues(values: readonly LiveValue[]): void
  readonly connections: number
  stop(): void
}

/** At most ten frames of values a second. */
const TICK_MS = 100
/** A client with more than this on the way gets no values until it has caught up. */
const BUSY_BYTES = 256 * 1024
/** A client with more than this is let go; it loads everything anew when it comes back. */
const LOST_BYTES = 8 * 1024 * 1024

interface Client {
  readonly outlet: Outlet
  readonly tags: Set<string>
  readonly prefixes: Set<string>
  /** Newest value of each tag that changed since the last frame. */
  readonly pending: Map<string, LiveValue>
  seq: number
}

export function createHub({ clock, live }: { clock: Clock; live: LiveValues }): LiveHub {
  const clients = new Set<Client>()

  const send = (client: Client, message: object) => {
    if (client.outlet.bufferedAmount > LOST_BYTES) {
      clients.delete(client)
      client.outlet.close(1013, 'too slow')
      return
    }
    client.outlet.send(JSON.stringify({ seq: client.seq, ...message }))
    client.seq += 1
  }
  const wants = (client: Client, tag: string) => {
    if (client.tags.has(tag)) return true
    for (const prefix of client.prefixes) if (tag.startsWith(prefix)) return true
    return false
  }
  const publishValues = (values: readonly LiveValue[]) => {
    for (const client of clients)
      for (const value of values) if (wants(client, value.tag)) client.pending.set(value.tag, value)
  }
  const flush = () => {
    for (const client of clients) {
      if (client.pending.size === 0 || client.outlet.bufferedAmount > BUSY_BYTES) continue
      const values = [...client.pending.values()]
      client.pending.clear()
      send(client, { type: 'values', values })
    }
  }
  const stopTicking = clock.every(TICK_MS, flush)

  return {
    publish(message) {
      if (message.type === 'values') return publishValues(message.values)
      for (const client of clients) send(client, message satisfies Omit<ServerMessage, 'seq'>)
    },
    publishValues,
    attach(outlet) {
      const client: Client = { outlet, tags: new Set(), prefixes: new Set(), pending: new Map(), seq: 0 }
      clients.add(client)
      send(client, { type: 'hello', serverTime: clock.now() })
      return {
        receive(message) {
          for (const tag of message.tags) {
            const set = tag.endsWith('*') ? client.prefixes : client.tags
            const name = tag.endsWith('*') ? tag.slice(0, -1) : tag
            if (message.type === 'subscribe') set.add(name)
            else set.delete(name)
          }
          if (message.type === 'subscribe')
            for (const value of live.all()) if (wants(client, value.tag)) client.pending.set(value.tag, value)
        },
        closed: () => void clients.delete(client),
      }
    },
    get connections() {
      return clients.size
    },
    stop() {
      stopTicking()
      for (const client of clients) client.outlet.close(1001, 'server stops')
      clients.clear()
    },
  }
}
