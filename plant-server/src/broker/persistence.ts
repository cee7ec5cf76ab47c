/**
 * What the broker keeps over a restart: retained messages, and the subscriptions and undelivered messages of clients with a
 * session of their own (clean session false). In memory, written to one file a moment after each change and at the end.
 * Agents need none of it: their outbox is what nothing is lost by. Other vendors' hosts and tools may.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import type { Clock } from '@millwright/contract'
import Memory, { type KeptPacket, type KeptSubscription } from 'aedes-persistence/asyncPersistence.js'

interface Snapshot {
  readonly retained: readonly KeptPacket[]
  readonly sessions: readonly {
    readonly client: string
    readonly subscriptions: readonly KeptSubscription[]
    readonly waiting: readonly KeptPacket[]
  }[]
}

export interface BrokerPersistence {
  /** For aedes. */
  readonly persistence: Memory
  /** Writes what is not written yet. */
  close(): Promise<void>
}

const WRITE_MS = 1000
/** Of one client that is away: the oldest go first, as an outbox of its own is what a client needs for more. */
const MOST_WAITING = 10_000

/** @param onFault told where the file cannot be read or written: the broker works on without it */
export async function openPersistence(
  file: string,
  clock: Clock,
  onFault: (error: unknown) => void,
): Promise<BrokerPersistence> {
  const memory = new Memory()
  const sessions = new Set<string>()
  const retained = new Map<string, KeptPacket>()
  let dirty = false

  await restore()
  const store = memory.storeRetained.bind(memory)
  memory.storeRetained = packet => {
    if (packet.payload.length === 0) retained.delete(packet.topic)
    else retained.set(packet.topic, plain(packet))
    dirty = true
    return store(packet)
  }
  const add = memory.addSubscriptions.bind(memory)
  memory.addSubscriptions = (client, subscriptions) => {
    sessions.add(client.id)
    dirty = true
    return add(client, subscriptions)
  }
  const clean = memory.cleanSubscriptions.bind(memory)
  memory.cleanSubscriptions = client => {
    if (sessions.delete(client.id)) dirty = true
    return clean(client)
  }
  const remove = memory.removeSubscriptions.bind(memory)
  memory.removeSubscriptions = (client, topics) => {
    dirty = true
    return remove(client, topics)
  }
  const clear = memory.outgoingClearMessageId.bind(memory)
  memory.outgoingClearMessageId = (client, packet) => {
    if (sessions.has(client.id)) dirty = true
    return clear(client, packet)
  }
  const enqueue = memory.outgoingEnqueueCombi.bind(memory)
  memory.outgoingEnqueueCombi = async (subscriptions, packet) => {
    // Most messages are for nobody who is away: no change.
    if (subscriptions.length === 0) return
    dirty = true
    return enqueue(subscriptions, packet)
  }

  async function snapshot(): Promise<Snapshot> {
    const list = []
    for (const client of sessions) {
      const waiting: KeptPacket[] = []
      for await (const packet of memory.outgoingStream({ id: client })) waiting.push(plain(packet))
      const subscriptions = await memory.subscriptionsByClient({ id: client })
      list.push({ client, subscriptions, waiting: waiting.slice(-MOST_WAITING) })
    }
    return { retained: [...retained.values()], sessions: list }
  }

  async function write(): Promise<void> {
    if (!dirty) return
    dirty = false
    try {
      const bytes = serialize(await snapshot())
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
      writeFileSync(`${file}.new`, bytes, { mode: 0o600 })
      renameSync(`${file}.new`, file)
    } catch (error) {
      onFault(error)
    }
  }

  async function restore(): Promise<void> {
    let saved: Snapshot
    try {
      saved = deserialize(readFileSync(file)) as Snapshot
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') onFault(error)
      return
    }
    for (const packet of saved.retained) {
      retained.set(packet.topic, packet)
      await memory.storeRetained(packet)
    }
    for (const { client, subscriptions, waiting } of saved.sessions) {
      sessions.add(client)
      await memory.addSubscriptions({ id: client }, subscriptions)
      for (const packet of waiting) await memory.outgoingEnqueue({ clientId: client }, packet)
    }
  }

  let writing = Promise.resolve()
  const stop = clock.every(WRITE_MS, () => {
    writing = writing.then(write)
  })
  return {
    persistence: memory,
    async close() {
      stop()
      await writing
      await write()
    },
  }
}

const plain = (packet: KeptPacket): KeptPacket => ({ ...packet, payload: Buffer.from(packet.payload) })
