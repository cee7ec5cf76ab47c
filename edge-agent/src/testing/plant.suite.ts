/** The plant's side in process, for tests: a broker, a host that is online, and what it heard, confirmed or not. */

import type { AddressInfo } from 'node:net'
import { createServer, type Server } from 'node:net'
import {
  asType,
  type Confirmation,
  type DataType,
  type DecodedPayload,
  decodeSparkplug,
  type EventItem,
  encodeSparkplug,
  parseSparkplugTopic,
  type Reading,
  readingOf,
  tagOf,
  topics,
} from '@millwright/contract'
import { Aedes } from 'aedes'

export const GROUP = 'test'

export interface HeardMessage {
  readonly topic: string
  readonly type: string
  readonly device: string | undefined
  readonly seq: number | undefined
  readonly payload: DecodedPayload
  readonly qos: number
  readonly retain: boolean
  readonly item: number | undefined
  readonly readings: readonly Reading[]
  readonly historical: boolean
}

export interface TestPlant {
  readonly url: string
  readonly port: number
  readonly heard: HeardMessage[]
  readonly events: EventItem[]
  /** Whether items are confirmed as they come. */
  confirming: boolean
  confirm(confirmation: Confirmation): Promise<void>
  rebirth(): Promise<void>
  command(text: string): Promise<void>
  say(topic: string, payload: string): Promise<void>
  /** Connections open now. */
  clients(): number
  host(online: boolean, timestamp: number): Promise<void>
  /** Cuts all connections as a broken network does; the broker stays. */
  cut(): void
  stop(): Promise<void>
}

export async function startPlant(agent: string, port = 0, hostId = 'millwright'): Promise<TestPlant> {
  const broker = await Aedes.createBroker()
  const sockets = new Set<import('node:net').Socket>()
  const server: Server = createServer(socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    broker.handle(socket)
  })
  await new Promise<void>(resolve => server.listen(port, '127.0.0.1', resolve))
  const heard: HeardMessage[] = []
  const events: EventItem[] = []

  const publish = (topic: string, payload: string | Uint8Array, retain = false) =>
    new Promise<void>((resolve, reject) => {
      broker.publish(
        { cmd: 'publish', topic, payload: Buffer.from(payload), qos: 1, retain, dup: false },
        (error?: Error | null) => (error ? reject(error) : resolve()),
      )
    })
  const plant: TestPlant = {
    url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    port: (server.address() as AddressInfo).port,
    heard,
    events,
    confirming: true,
    confirm: confirmation => publish(topics.confirm(GROUP, agent), JSON.stringify(confirmation)),
    rebirth: () =>
      publish(
        topics.sparkplug({ group: GROUP, type: 'NCMD', node: agent }),
        encodeSparkplug({
          timestamp: Date.now(),
          metrics: [{ name: 'Node Control/Rebirth', type: 'Boolean', value: true, timestamp: Date.now() }],
        }),
      ),
    say: publish,
    clients: () => sockets.size,
    command: text => publish(topics.command(GROUP, agent), text),
    host: (online, timestamp) => publish(topics.state(hostId), JSON.stringify({ online, timestamp }), true),
    cut: () => {
      for (const socket of sockets) socket.destroy()
    },
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>(resolve => server.close(() => resolve()))
      await new Promise<void>(resolve => broker.close(() => resolve()))
    },
  }

  const born = new Map<number | bigint, { name: string; type: DataType }>()
  const readingsIn = ({ metrics, timestamp }: DecodedPayload): Reading[] =>
    metrics.map(metric => {
      const named = metric.name === undefined ? born.get(metric.alias ?? -1) : undefined
      const name = metric.name ?? named?.name ?? `alias ${metric.alias}`
      const type = metric.type ?? named?.type
      const value = type === undefined ? metric.value : asType(type, metric.value)
      return readingOf(tagOf(agent, name), { ...metric, value }, timestamp)
    })

  const store = (seq: number | undefined) => {
    if (seq !== undefined && plant.confirming) void plant.confirm({ stored: [[seq, seq]], rejected: [] })
  }
  broker.on('publish', (packet, client) => {
    // A will comes without a client.
    const topic = parseSparkplugTopic(packet.topic)
    if (topic !== undefined && !topic.type.endsWith('CMD')) {
      const payload = decodeSparkplug(packet.payload as Uint8Array)
      if (topic.type === 'NBIRTH') born.clear()
      for (const { alias, name, type } of payload.metrics)
        if (alias !== undefined && name !== undefined && type !== undefined) born.set(alias, { name, type })
      const item = payload.metrics[0]?.properties?.millwright_sequence?.value
      const seq = typeof item === 'number' ? item : undefined
      heard.push({
        topic: packet.topic,
        type: topic.type,
        device: topic.device,
        seq: payload.seq,
        payload,
        item: seq,
        qos: packet.qos,
        retain: packet.retain,
        readings: topic.type === 'DDATA' ? readingsIn(payload) : [],
        historical: payload.metrics.some(metric => metric.isHistorical === true),
      })
      store(seq)
    } else if (client && packet.topic === topics.event(GROUP, agent)) {
      const item = JSON.parse(packet.payload.toString()) as EventItem
      events.push(item)
      store(item.seq)
    }
  })
  await plant.host(true, Date.now())
  return plant
}
