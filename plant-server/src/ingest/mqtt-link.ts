/** The connection to the broker; the only importer of mqtt. Clean sessions: what matters is repeated by the outboxes. */
import { connect, type IClientOptions } from 'mqtt'

export interface Will {
  readonly topic: string
  readonly payload: string
}

export interface MqttLinkOptions {
  readonly url: string
  readonly user: string
  readonly password: string
  readonly clientId: string
  /** Certificates that vouch for the broker (PEM); absent: those of the system. */
  readonly ca?: string
  readonly subscriptions: readonly string[]
  /** Asked before each connect. Retained, QoS 1. */
  readonly will: () => Will
  /** After the subscriptions of a (re)connect are in force. */
  readonly onUp: () => void
  readonly onDown: () => void
  /** Must not throw. */
  readonly onMessage: (topic: string, payload: Buffer) => void
  readonly onFault: (detail: string) => void
}

export interface MqttLink {
  /** Resolves when the broker has it (QoS 1) or it is written (QoS 0); rejects when the link is down. */
  publish(topic: string, payload: string | Uint8Array, options?: { qos?: 0 | 1; retain?: boolean }): Promise<void>
  readonly up: boolean
  close(): Promise<void>
}

/** Small packets go at once: else each waits for the answer to the one before it. */
const noDelay = (stream: unknown) => (stream as { setNoDelay?: (on: boolean) => void }).setNoDelay?.(true)

/** Begins to connect, and connects again for ever. */
export function openMqttLink(options: MqttLinkOptions): MqttLink {
  const will = (): NonNullable<IClientOptions['will']> => {
    const { topic, payload } = options.will()
    return { topic, payload: Buffer.from(payload), qos: 1, retain: true }
  }
  const client = connect(options.url, {
    username: options.user,
    password: options.password,
    clientId: options.clientId,
    clean: true,
    reconnectPeriod: 1000,
    connectTimeout: 5000,
    keepalive: 15,
    resubscribe: false,
    queueQoSZero: false,
    will: will(),
    ...(options.ca === undefined ? {} : { ca: options.ca }),
  })
  let up = false
  client.on('connect', () => {
    noDelay(client.stream)
    client.subscribe([...options.subscriptions], { qos: 1 }, error => {
      if (error) return options.onFault(error.message)
      up = true
      options.onUp()
    })
  })
  client.on('close', () => {
    if (up) {
      up = false
      options.onDown()
    }
    client.options.will = will()
  })
  client.on('error', error => options.onFault(error.message))
  client.on('message', (topic, payload) => options.onMessage(topic, payload))
  return {
    async publish(topic, payload, { qos = 1, retain = false } = {}) {
      if (!client.connected) throw new Error('not connected to the broker')
      await client.publishAsync(topic, typeof payload === 'string' ? payload : Buffer.from(payload), { qos, retain })
    },
    get up() {
      return up
    },
    close: () => client.endAsync(true).then(() => undefined),
  }
}
