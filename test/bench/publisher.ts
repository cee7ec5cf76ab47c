/**
 * An edge agent that has nothing else to do, as a process of its own: births, then data as fast as a window of
 * unconfirmed payloads lets it, until the time is over and everything sent is confirmed. Its task and result go by IPC.
 */
import {
  birthMetric,
  type Confirmation,
  metricsOfReadings,
  type Reading,
  type SparkplugMetric,
  type SparkplugType,
  topics,
} from '@millwright/contract'
import { connectAsync } from 'mqtt'
import sparkplug from 'sparkplug-payload'

export interface PublisherTask {
  readonly url: string
  readonly agent: string
  readonly secret: string
  readonly group: string
  /** Full names; a payload holds one value of each. */
  readonly tags: readonly string[]
  /** Source time of the first payload, ms; each next one is a ms later, so that no (tag, time) comes twice. */
  readonly from: number
  /** New payloads are sent for so long. */
  readonly seconds: number
  /** Most payloads sent and not confirmed. */
  readonly window: number
  /** Payloads a second; as many as the window lets where absent. */
  readonly rate?: number
}

export interface PublisherResult {
  /** Payloads. */
  readonly confirmed: number
  readonly rejected: number
  /** From the first payload to the last confirmation. */
  readonly seconds: number
  /** Payloads confirmed in each whole second of sending. */
  readonly perSecond: readonly number[]
}

const codec = sparkplug.get('spBv1.0')!
const DEVICE = 'load'
/** Sequences start far above 0, as those of an outbox do. */
const FIRST_SEQUENCE = Date.now() * 1000

async function run(task: PublisherTask): Promise<PublisherResult> {
  const { agent, group, tags } = task
  const death = [{ name: 'bdSeq', type: 'Int64', value: 0, timestamp: task.from }] as const
  const client = await connectAsync(task.url, {
    username: agent,
    password: task.secret,
    clientId: `${group}-${agent}`,
    reconnectPeriod: 0,
    will: {
      topic: topics.sparkplug({ group, type: 'NDEATH', node: agent }),
      payload: Buffer.from(encode(death, undefined)),
      qos: 1,
      retain: false,
    },
  })
  const confirmTopic = topics.confirm(group, agent)
  await client.subscribeAsync(confirmTopic, { qos: 1 })

  let seq = 255
  const publish = (type: SparkplugType, device: string | undefined, metrics: readonly SparkplugMetric[]) => {
    seq = (seq + 1) % 256
    const topic = topics.sparkplug({ group, type, node: agent, ...(device === undefined ? {} : { device }) })
    return client.publishAsync(topic, Buffer.from(encode(metrics, seq)), { qos: 1 })
  }
  await publish('NBIRTH', undefined, [...death])
  await publish('DBIRTH', DEVICE, tags.map(definition))

  return new Promise((resolve, reject) => {
    const waiting = new Set<number>()
    const perSecond = new Array<number>(Math.floor(task.seconds)).fill(0)
    const begin = performance.now()
    const elapsed = () => (performance.now() - begin) / 1000
    let [sent, confirmed, rejected] = [0, 0, 0]

    const due = () => (task.rate === undefined ? Number.POSITIVE_INFINITY : elapsed() * task.rate)
    const fill = () => {
      while (waiting.size < task.window && elapsed() < task.seconds && sent < due()) {
        const sequence = FIRST_SEQUENCE + sent
        waiting.add(sequence)
        const metrics = metricsOfReadings(readingsAt(sent), () => 'float', sequence, { historical: false })
        publish('DDATA', DEVICE, metrics).catch(reject)
        sent += 1
      }
    }
    const readingsAt = (index: number): Reading[] =>
      tags.map((tag, place) => ({ tag, t: task.from + index, value: index / 7 + place, quality: 'good' }))

    client.on('error', reject)
    client.on('close', () => reject(new Error('the connection is gone')))
    client.on('message', (topic, payload) => {
      if (topic !== confirmTopic) return
      const { stored, rejected: refused } = JSON.parse(payload.toString()) as Confirmation
      const second = Math.floor(elapsed())
      for (const [first, last] of stored)
        for (let sequence = first; sequence <= last; sequence += 1) {
          if (!waiting.delete(sequence)) continue
          confirmed += 1
          if (second < perSecond.length) perSecond[second]! += 1
        }
      for (const { seq: sequence } of refused) if (waiting.delete(sequence)) rejected += 1
      fill()
      if (waiting.size > 0 || elapsed() < task.seconds) return
      clearInterval(pacing)
      client.removeAllListeners('close')
      const result = { confirmed, rejected, seconds: elapsed(), perSecond }
      client.endAsync(true).then(() => resolve(result), reject)
    })
    const pacing = setInterval(fill, 10)
    fill()
  })
}

const definition = (tag: string): SparkplugMetric =>
  birthMetric(
    {
      tag,
      agent: tag.slice(0, tag.indexOf('/')),
      device: DEVICE,
      source: 'opcua',
      type: 'float',
      unit: '%',
      description: { zh: tag, en: tag },
    },
    undefined,
    Date.now(),
  )

function encode(metrics: readonly SparkplugMetric[], seq: number | undefined): Uint8Array {
  const payload = { timestamp: Date.now(), ...(seq === undefined ? {} : { seq }), metrics }
  return codec.encodePayload(payload as unknown as Parameters<typeof codec.encodePayload>[0])
}

// Started by the bench; ends with it.
process.on('disconnect', () => process.exit(1))
process.once('message', task => {
  run(task as PublisherTask).then(
    result => process.send?.(result, () => process.exit(0)),
    error => {
      process.stderr.write(`publisher: ${error instanceof Error ? error.message : String(error)}\n`)
      process.exit(1)
    },
  )
})
