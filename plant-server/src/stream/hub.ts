/**
 * Live push to every browser. Values: each connection gets the newest of its subscribed tags, at most twenty times a second
 * and only while it keeps up; a slow one skips values, never the newest. Events go out in order, and a connection that was cut
 * gets those it missed.
 */
import { randomUUID } from 'node:crypto'
import type { ClientMessage, Clock, LiveValue, TagDefinition } from '@millwright/contract'
import type { Hub } from '../ports.ts'
import { createInterest, type Interest } from './interest.ts'
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
  /** Called with every change of a value, whoever subscribes; until the returned function is called. */
  onValues(listener: (values: readonly LiveValue[]) => void): () => void
  /** Called with every event; until the returned function is called. */
  onEvent(listener: (message: Parameters<Hub['publish']>[0]) => void): () => void
  readonly connections: number
  stop(): void
}

/** At most twenty frames of values a second. */
const TICK_MS = 50
/** A client with more than this on the way gets no values until it has caught up. */
const BUSY_BYTES = 256 * 1024
/** A client with more than this is let go; it loads everything anew when it comes back. */
const LOST_BYTES = 8 * 1024 * 1024
/** Frames of values that a client which says what it has seen may be behind. */
const MOST_UNSEEN = 2
/** Events kept for those who were cut off. */
const KEPT_EVENTS = 2000

interface Client {
  readonly outlet: Outlet
  readonly interest: Interest
  /** Newest value of each tag that changed since the last frame. */
  readonly pending: Map<string, LiveValue>
  seq: number
  /** Numbers of frames of values that the client has not seen; undefined for one that never says. */
  unseen: number[] | undefined
  flushedAt: number
  /** A frame is about to go. */
  soon: boolean
  gone: boolean
}

export interface HubDeps {
  readonly clock: Clock
  readonly live: LiveValues
  readonly definition?: (tag: string) => TagDefinition | undefined
}

export function createHub({ clock, live, definition = () => undefined }: HubDeps): LiveHub {
  const clients = new Set<Client>()
  const listeners = new Set<(values: readonly LiveValue[]) => void>()
  const eventListeners = new Set<(message: Parameters<Hub['publish']>[0]) => void>()
  const stream = randomUUID()
  /** Events `newest - kept.length + 1 .. newest`, as JSON without its opening brace. */
  const kept: string[] = []
  let newest = 0
  /** A value that goes to many is written once. */
  const written = new WeakMap<LiveValue, string>()
  const textOf = (value: LiveValue) => {
    const known = written.get(value)
    if (known !== undefined) return known
    const text = JSON.stringify(value)
    written.set(value, text)
    return text
  }

  /** @param rest JSON of the message without its opening brace */
  const send = (client: Client, rest: string) => {
    if (client.gone) return
    if (client.outlet.bufferedAmount > LOST_BYTES) {
      client.gone = true
      clients.delete(client)
      client.outlet.close(1013, 'too slow')
      return
    }
    client.outlet.send(`{"seq":${client.seq},${rest}`)
    client.seq += 1
  }
  const restOf = (message: object) => JSON.stringify(message).slice(1)
  const publishValues = (values: readonly LiveValue[]) => {
    for (const listener of listeners) listener(values)
    for (const client of clients) {
      for (const value of values) if (client.interest.wants(value.tag)) client.pending.set(value.tag, value)
      // After a pause the first goes at once, with what else comes in this turn.
      if (client.pending.size > 0 && !client.soon && clock.now() - client.flushedAt >= TICK_MS) {
        client.soon = true
        queueMicrotask(() => {
          client.soon = false
          flush(client)
        })
      }
    }
  }
  const keepsUp = (client: Client) =>
    client.outlet.bufferedAmount <= BUSY_BYTES && (client.unseen?.length ?? 0) < MOST_UNSEEN
  const flush = (client: Client) => {
    if (client.gone || client.pending.size === 0 || !keepsUp(client)) return
    const values: string[] = []
    for (const value of client.pending.values()) values.push(textOf(value))
    client.pending.clear()
    client.unseen?.push(client.seq)
    client.flushedAt = clock.now()
    send(client, `"type":"values","values":[${values.join(',')}]}`)
  }
  const stopTicking = clock.every(TICK_MS, () => {
    for (const client of clients) flush(client)
  })

  function resume(client: Client, message: { stream: string; event: number }): void {
    const missed = newest - message.event
    const known = message.stream === stream && missed >= 0 && missed <= kept.length
    send(client, restOf({ type: 'resumed', missed: known ? missed : null }))
    if (known && missed > 0) for (const rest of kept.slice(-missed)) send(client, rest)
  }

  return {
    publish(message) {
      if (message.type === 'values') return publishValues(message.values)
      newest += 1
      const rest = restOf({ event: newest, ...message })
      kept.push(rest)
      if (kept.length > KEPT_EVENTS) kept.shift()
      for (const client of clients) send(client, rest)
      for (const listener of eventListeners) listener(message)
    },
    publishValues,
    onValues(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    onEvent(listener) {
      eventListeners.add(listener)
      return () => void eventListeners.delete(listener)
    },
    attach(outlet) {
      const client: Client = {
        outlet,
        interest: createInterest(definition),
        pending: new Map(),
        seq: 0,
        unseen: undefined,
        flushedAt: Number.NEGATIVE_INFINITY,
        soon: false,
        gone: false,
      }
      clients.add(client)
      send(client, restOf({ type: 'hello', serverTime: clock.now(), stream, event: newest }))
      return {
        receive(message) {
          switch (message.type) {
            case 'subscribe':
              client.interest.add(message.tags, message.pages)
              for (const value of live.all()) if (client.interest.wants(value.tag)) client.pending.set(value.tag, value)
              flush(client)
              return
            case 'unsubscribe':
              client.interest.remove(message.tags, message.pages)
              for (const tag of client.pending.keys()) if (!client.interest.wants(tag)) client.pending.delete(tag)
              return
            case 'resume':
              resume(client, message)
              return
            case 'seen':
              client.unseen = (client.unseen ?? []).filter(seq => seq > message.seq)
          }
        },
        closed() {
          client.gone = true
          clients.delete(client)
        },
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
