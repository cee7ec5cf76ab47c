/** One MQTT connection, opened once: no reconnecting inside, since each Sparkplug connection needs a will of its own. */
import mqtt from 'mqtt'

export interface MqttOptions {
  readonly url: string
  readonly clientId: string
  readonly user?: string
  readonly password?: string
  /** Certificates that vouch for the broker (PEM); absent: those of the system. */
  readonly ca?: string
  readonly will: { readonly topic: string; readonly payload: Uint8Array }
}

export interface MqttLink {
  publish(topic: string, payload: Uint8Array | string, qos: 0 | 1): Promise<void>
  subscribe(filters: readonly string[]): Promise<void>
  /** Closes in order (no will is sent); never rejects. */
  close(): Promise<void>
  /** Closes without a word: the broker sends the will. Never rejects. */
  drop(): Promise<void>
}

export interface MqttEvents {
  message(topic: string, payload: Uint8Array): void
  /** The connection is gone; said once, not after `close`. */
  lost(detail: string): void
}

export type OpenMqtt = (options: MqttOptions, events: MqttEvents, signal: AbortSignal) => Promise<MqttLink>

const CONNECT_TIMEOUT_MS = 5000
const CLOSE_TIMEOUT_MS = 1000

export const openMqtt: OpenMqtt = ({ url, clientId, user, password, ca, will }, events, signal) =>
  new Promise((resolve, reject) => {
    const client = mqtt.connect(url, {
      clientId,
      clean: true,
      reconnectPeriod: 0,
      connectTimeout: CONNECT_TIMEOUT_MS,
      keepalive: 10,
      queueQoSZero: false,
      ...(user === undefined ? {} : { username: user }),
      ...(password === undefined ? {} : { password }),
      ...(ca === undefined ? {} : { ca }),
      // QoS 1, not retained: tck-id-payloads-ndeath-will-message-qos, -retain.
      will: { topic: will.topic, payload: Buffer.from(will.payload), qos: 1, retain: false },
    })
    let opened = false
    let over = false
    let reason = 'connection closed'
    // The library forgets whom it promised an answer when the connection breaks: nobody may wait for ever.
    const waiting = new Set<(error: Error) => void>()
    const whileOpen = <T>(work: () => Promise<T>): Promise<T> =>
      new Promise((done, fail) => {
        if (over) return fail(new Error(reason))
        waiting.add(fail)
        work()
          .then(done, fail)
          .finally(() => waiting.delete(fail))
      })
    const letGo = () => {
      for (const fail of waiting) fail(new Error(reason))
      waiting.clear()
    }
    const end = (detail: string) => {
      if (over) return
      over = true
      letGo()
      signal.removeEventListener('abort', aborted)
      if (!opened) {
        client.end(true)
        reject(new Error(detail))
      } else events.lost(detail)
    }
    const aborted = () => end('stopped')
    signal.addEventListener('abort', aborted)
    if (signal.aborted) return aborted()
    client.on('error', error => {
      reason = error.message || (error as { code?: string }).code || String(error)
      if (!opened) end(reason)
    })
    client.on('close', () => end(reason))
    client.on('message', (topic, payload) => events.message(topic, payload))
    client.on('connect', () => {
      opened = true
      // Small packets go at once: else each waits for the answer to the one before it.
      ;(client.stream as { setNoDelay?: (on: boolean) => void }).setNoDelay?.(true)
      // Once open, the owner closes it.
      signal.removeEventListener('abort', aborted)
      resolve({
        publish: async (topic, payload, qos) => {
          const bytes = typeof payload === 'string' ? payload : Buffer.from(payload)
          await whileOpen(() => client.publishAsync(topic, bytes, { qos, retain: false }))
        },
        subscribe: async filters => {
          const granted = await whileOpen(() => client.subscribeAsync([...filters], { qos: 1 })).catch(
            (error: Error) => {
              throw new Error(`the broker refuses ${filters[0]} … (same group on both sides?): ${error.message}`)
            },
          )
          const refused = granted.filter(({ qos }) => qos > 2).map(({ topic }) => topic)
          if (refused.length > 0) throw new Error(`the broker refuses ${refused.join(', ')}`)
        },
        drop: () =>
          new Promise(done => {
            over = true
            letGo()
            client.end(true, () => done())
          }),
        close: () =>
          new Promise(done => {
            over = true
            letGo()
            // A half-open connection never says that it ended.
            const timer = setTimeout(() => client.end(true, () => done()), CLOSE_TIMEOUT_MS)
            client.end(false, () => {
              clearTimeout(timer)
              done()
            })
          }),
      })
    })
  })
