/** The other side of a conversation, by hand: an MQTT client that hears everything and says what it is told to. */
import { connect, type IClientOptions, type MqttClient } from 'mqtt'
import type { Packet } from 'mqtt-packet'
import { type RawPayload, readRaw, writeRaw } from './independent.ts'

export interface Heard {
  readonly topic: string
  readonly payload: Buffer
  readonly qos: number
  readonly retain: boolean
}

export interface Peer {
  readonly heard: readonly Heard[]
  of(topic: string): Heard[]
  say(topic: string, payload: string | Uint8Array, options?: { qos?: 0 | 1; retain?: boolean }): Promise<void>
  /** Resolves when all that was said before has gone through the broker, many times over. */
  settle(): Promise<void>
  /** Still connected? A broker may cut off who does what it may not. */
  readonly connected: boolean
  /** Gone without a word. */
  die(): void
  close(): Promise<void>
}

export interface PeerOptions {
  readonly port: number
  /** PEM text: by TLS. */
  readonly ca?: string
  readonly user?: string
  readonly password?: string
  readonly topics?: readonly string[]
  readonly will?: { readonly topic: string; readonly payload: Uint8Array; readonly retain?: boolean }
  readonly clientId?: string
}

let peers = 0

/** Rejects when the broker refuses, or closes without a word. */
const open = (url: string, options: IClientOptions): Promise<MqttClient> =>
  new Promise((resolve, reject) => {
    const client = connect(url, options)
    client.on('error', error => {
      client.end(true)
      reject(error)
    })
    client.once('close', () => reject(new Error('closed')))
    client.once('connect', () => resolve(client))
  })

export async function connectPeer(options: PeerOptions): Promise<Peer> {
  peers += 1
  const clientId = options.clientId ?? `peer-${process.pid}-${peers}`
  const client = await open(`${options.ca === undefined ? 'mqtt' : 'mqtts'}://127.0.0.1:${options.port}`, {
    ...(options.ca === undefined ? {} : { ca: options.ca }),
    connectTimeout: 10_000,
    clientId,
    reconnectPeriod: 0,
    ...(options.user === undefined ? {} : { username: options.user }),
    ...(options.password === undefined ? {} : { password: options.password }),
    ...(options.will === undefined
      ? {}
      : {
          will: {
            topic: options.will.topic,
            payload: Buffer.from(options.will.payload),
            qos: 1 as const,
            retain: options.will.retain ?? false,
          },
        }),
  })
  client.on('error', () => undefined)
  const gone = new Promise<void>(resolve => client.once('close', () => resolve()))
  const heard: Heard[] = []
  const echo = `echo/${clientId}`
  let echoed = () => {}
  client.on('message', (topic, payload, { qos, retain }) => {
    if (topic === echo) echoed()
    else heard.push({ topic, payload, qos, retain })
  })
  const topics = options.topics ?? ['spBv1.0/#', 'millwright/#']
  if (topics.length > 0) await client.subscribeAsync([...topics], { qos: 1 })
  let listening = false
  return {
    heard,
    of: topic => heard.filter(each => each.topic === topic),
    say: async (topic, payload, { qos = 0, retain = false } = {}) => {
      const said = client.publishAsync(topic, typeof payload === 'string' ? payload : Buffer.from(payload), {
        qos,
        retain,
      })
      // Cut off for it: no answer ever comes.
      await Promise.race([said, gone])
    },
    async settle() {
      if (!listening) await client.subscribeAsync(echo, { qos: 1 })
      listening = true
      for (let round = 0; round < 30; round += 1) {
        const back = new Promise<void>(resolve => {
          echoed = resolve
        })
        await client.publishAsync(echo, 'x', { qos: 1 })
        await back
      }
    },
    get connected() {
      return client.connected
    },
    die: () => void client.stream.destroy(),
    close: async () => {
      await client.endAsync(true)
    },
  }
}

/** A PUBLISH that a tap has seen, with its payload read by the independent decoder. */
export interface SparkplugMessage {
  readonly type: string
  readonly topic: string
  readonly device: string | undefined
  readonly qos: number
  readonly retain: boolean
  readonly payload: RawPayload
}

export function sparkplugIn(packet: Packet): SparkplugMessage | undefined {
  if (packet.cmd !== 'publish') return undefined
  const [head, group, type = '', , device] = packet.topic.split('/')
  if (head !== 'spBv1.0' || group === 'STATE') return undefined
  return {
    type,
    topic: packet.topic,
    device,
    qos: packet.qos,
    retain: packet.retain,
    payload: readRaw(packet.payload as Buffer),
  }
}

/** A metric of another vendor's node. */
export const vendorPayload = (payload: RawPayload): Uint8Array => writeRaw(payload)
