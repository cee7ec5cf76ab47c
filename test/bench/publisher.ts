/**
 * An edge agent that has nothing else to do, as a process of its own: births, then data as fast as a window of unconfirmed
 * payloads lets it, until the time is over and everything sent is confirmed. Its task and result go by IPC.
 */
import {
  aliasOf,
  BDSEQ_METRIC,
  birthMetric,
  type Confirmation,
  encodeSparkplug,
  metricOf,
  metricsOfReadings,
  REBIRTH_METRIC,
  type Reading,
  type SparkplugMetric,
  type SparkplugType,
  topics,
  VENDOR,
  VENDOR_METRIC,
} from '@millwright/contract'
import { connectAsync } from 'mqtt'

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
  /** Says `ready` after its births and begins when it is told to. */
  readonly held?: boolean
}

export interface PublisherResult {
  readonly agent: string
  /** Payloads. */
  readonly confirmed: number
  readonly rejected: number
  /** Sent more than once, since no confirmation came for long. */
  readonly repeated: number
  /** From the first payload to the last confirmation. */
  readonly seconds: number
  /** Payloads confirmed in each whole second of sending. */
  readonly perSecond: readonly number[]
}

const DEVICE = 'load'
/** Sequences start far above 0, as those of an outbox do. */
const FIRST_SEQUENCE = Date.now() * 1000
/** As the edge agent's own. */
const RESEND_MS = 10_000

async function run(task: PublisherTask): Promise<PublisherResult> {
  const { agent, group, tags } = task
  const bdSeq = { name: BDSEQ_METRIC, type: 'Int64', value: 0, timestamp: task.from } as const
  const client = await connectAsync(task.url, {
    username: agent,
    password: task.secret,
    clientId: `${group}-${agent}`,
    reconnectPeriod: 0,
    will: {
      topic: topics.sparkplug({ group, type: 'NDEATH', node: agent }),
      payload: Buffer.from(encodeSparkplug({ timestamp: Date.now(), metrics: [bdSeq] })),
      qos: 1,
      retain: false,
    },
  })
  const confirmTopic = topics.confirm(group, agent)
  await client.subscribeAsync(confirmTopic, { qos: 1 })

  const aliases = new Map(tags.map(tag => [tag, aliasOf(metricOf(tag))]))
  let seq = 255
  const publish = (type: SparkplugType, device: string | undefined, metrics: readonly SparkplugMetric[]) => {
    seq = (seq + 1) % 256
    const topic = topics.sparkplug({ group, type, node: agent, ...(device === undefined ? {} : { device }) })
    const payload = encodeSparkplug({ timestamp: Date.now(), seq, metrics }, { withoutTypes: type === 'DDATA' })
    // As the standard has it: QoS 0.
    return client.publishAsync(topic, Buffer.from(payload), { qos: 0 })
  }
  await publish('NBIRTH', undefined, [
    { ...bdSeq, alias: aliasOf(BDSEQ_METRIC) },
    { name: REBIRTH_METRIC, type: 'Boolean', value: false, timestamp: task.from },
    { name: VENDOR_METRIC, alias: aliasOf(VENDOR_METRIC), type: 'String', value: VENDOR, timestamp: task.from },
  ])
  await publish(
    'DBIRTH',
    DEVICE,
    tags.map(tag => definition(tag, aliases.get(tag))),
  )
  if (task.held === true) await told()

  return new Promise((resolve, reject) => {
    const waiting = new Map<number, number>()
    const perSecond = new Array<number>(Math.floor(task.seconds)).fill(0)
    const begin = performance.now()
    const elapsed = () => (performance.now() - begin) / 1000
    let [sent, confirmed, rejected, repeated] = [0, 0, 0, 0]

    const send = (index: number) => {
      const sequence = FIRST_SEQUENCE + index
      waiting.set(sequence, performance.now())
      const metrics = metricsOfReadings(readingsAt(index), () => 'float', sequence, {
        historical: false,
        aliasOf: tag => aliases.get(tag) ?? 0,
      })
      publish('DDATA', DEVICE, metrics).catch(reject)
    }
    const due = () => (task.rate === undefined ? Number.POSITIVE_INFINITY : elapsed() * task.rate)
    const fill = () => {
      while (waiting.size < task.window && elapsed() < task.seconds && sent < due()) {
        send(sent)
        sent += 1
      }
    }
    const resend = setInterval(() => {
      const late = performance.now() - RESEND_MS
      for (const [sequence, at] of waiting) {
        if (at > late) continue
        repeated += 1
        send(sequence - FIRST_SEQUENCE)
      }
    }, 1000)
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
      clearInterval(resend)
      clearInterval(pacing)
      client.removeAllListeners('close')
      const result = { agent, confirmed, rejected, repeated, seconds: elapsed(), perSecond }
      client.endAsync(true).then(() => resolve(result), reject)
    })
    // Also where nothing is confirmed for a while.
    const pacing = setInterval(fill, 10)
    fill()
  })
}

/** Until the bench lets all begin at once. */
const told = () =>
  new Promise<void>(resolve => {
    process.once('message', () => resolve())
    process.send?.('ready')
  })

const definition = (tag: string, alias: number | undefined): SparkplugMetric =>
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
    alias,
  )

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
