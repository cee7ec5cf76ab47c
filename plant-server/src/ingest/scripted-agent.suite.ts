/** A scripted agent for tests: speaks to the broker as an edge agent does, one message at a time, and hears everything. */
import {
  birthMetric,
  type Confirmation,
  type EventItem,
  encodeSparkplug,
  metricsOfReadings,
  type Reading,
  type SparkplugMetric,
  type SparkplugType,
  type TagDefinition,
  topics,
  VENDOR,
  VENDOR_METRIC,
} from '@millwright/contract'
import { connectAsync } from 'mqtt'

export interface AgentOptions {
  readonly url: string
  readonly agent: string
  readonly secret: string
  readonly group: string
  readonly hostId?: string
  readonly bdSeq?: number
}

export async function connectScriptedAgent(options: AgentOptions) {
  const { url, agent, secret, group, hostId = 'millwright', bdSeq = 0 } = options
  const death = (of: number) =>
    Buffer.from(
      encodeSparkplug({ timestamp: Date.now(), metrics: [{ name: 'bdSeq', type: 'Int64', value: of, timestamp: 1 }] }),
    )
  const client = await connectAsync(url, {
    username: agent,
    password: secret,
    clientId: `${group}-${agent}`,
    reconnectPeriod: 0,
    will: {
      topic: topics.sparkplug({ group, type: 'NDEATH', node: agent }),
      payload: death(bdSeq),
      qos: 1,
      retain: false,
    },
  })
  const heard: { topic: string; payload: Buffer }[] = []
  client.on('message', (topic, payload) => heard.push({ topic, payload }))
  client.on('error', () => undefined)
  await client.subscribeAsync(topics.agentSubscriptions(group, agent, hostId))
  let seq = 255
  const nextSeq = () => {
    seq = (seq + 1) % 256
    return seq
  }
  const say = (type: SparkplugType, device: string | undefined, metrics: readonly SparkplugMetric[], number?: number) =>
    client.publishAsync(
      topics.sparkplug({ group, type, node: agent, ...(device === undefined ? {} : { device }) }),
      Buffer.from(encodeSparkplug({ timestamp: Date.now(), seq: number ?? nextSeq(), metrics })),
      { qos: 1 },
    )
  const confirmations = () =>
    heard
      .filter(message => message.topic === topics.confirm(group, agent))
      .map(message => JSON.parse(message.payload.toString()) as Confirmation)
  return {
    client,
    heard,
    say,
    /** Skips numbers, so that the host sees a gap. */
    loseSeq: () => void nextSeq(),
    async birth(device: string, definitions: readonly TagDefinition[], newest: readonly Reading[] = []) {
      seq = 255
      await say('NBIRTH', undefined, [
        { name: 'bdSeq', type: 'Int64', value: bdSeq, timestamp: Date.now() },
        { name: 'Node Control/Rebirth', type: 'Boolean', value: false, timestamp: Date.now() },
        { name: VENDOR_METRIC, type: 'String', value: VENDOR, timestamp: Date.now() },
      ])
      await say(
        'DBIRTH',
        device,
        definitions.map(each =>
          birthMetric(
            each,
            newest.find(reading => reading.tag === each.tag),
            Date.now(),
          ),
        ),
      )
    },
    data: (device: string, readings: readonly Reading[], sequence: number, historical = false) =>
      say(
        'DDATA',
        device,
        metricsOfReadings(readings, () => 'float', sequence, { historical }),
      ),
    event: (item: EventItem | object) =>
      client.publishAsync(topics.event(group, agent), JSON.stringify(item), { qos: 1 }),
    raw: (topic: string, payload: string | Buffer) => client.publishAsync(topic, payload, { qos: 1 }),
    confirmations,
    /** Is this sequence in a confirmation that was heard? */
    isConfirmed: (sequence: number) =>
      confirmations().some(({ stored }) => stored.some(([first, last]) => first <= sequence && sequence <= last)),
    rejection: (sequence: number) =>
      confirmations()
        .flatMap(({ rejected }) => rejected)
        .find(each => each.seq === sequence),
    commands: () => heard.filter(message => message.topic === topics.command(group, agent)),
    rebirthsAsked: () => heard.filter(({ topic }) => topic.includes('/NCMD/')).length,
    /** Gone without a word: the broker publishes the will. */
    die: () => client.stream.destroy(),
    close: () => client.endAsync(true),
  }
}

/** Waits for a condition by looking again and again; fails after half a minute. */
export async function until(condition: () => boolean | Promise<boolean>, what = 'condition'): Promise<void> {
  const end = Date.now() + 30_000
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`waited in vain for: ${what}`)
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}
