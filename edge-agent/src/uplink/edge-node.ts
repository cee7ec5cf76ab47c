/** The messages of a Sparkplug B 3.0 edge node: what is said, in which topic, with which number. No connection here. */
import {
  aliasOf,
  BDSEQ_METRIC,
  birthMetric,
  encodeSparkplug,
  inOrderOfTime,
  leftMetric,
  metricOf,
  metricsOfReadings,
  REBIRTH_METRIC,
  type Reading,
  type SparkplugMetric,
  type TagDefinition,
  topics,
  type ValueType,
  VENDOR,
  VENDOR_METRIC,
} from '@millwright/contract'
import type { NewReadings } from '../outbox/outbox.ts'

export interface Message {
  readonly topic: string
  readonly payload: Uint8Array
}

export interface EdgeNodeDeps {
  readonly group: string
  readonly agent: string
  /** All devices, in the order of their births. */
  readonly devices: readonly string[]
  readonly definitions: (device: string) => readonly TagDefinition[]
  readonly newest: (tag: string) => Reading | undefined
  readonly typeOf: (tag: string) => ValueType | undefined
  readonly now: () => number
  /**
   * Data names metrics by alias and leaves the types to the births, as the standard has it (default). Without: names and
   * types in every message, for hosts that know no aliases.
   */
  readonly aliases?: boolean
}

export interface EdgeNode {
  /** Will and farewell; `bdSeq` matches the birth of the same connection. */
  death(bdSeq: number): Message
  /** NBIRTH with seq 0, then DBIRTH of each device that `online` names. */
  births(bdSeq: number, online: (device: string) => boolean): Message[]
  deviceBirth(device: string): Message
  deviceDeath(device: string): Message
  /**
   * An item's data. Where it holds tags that the device's birth has not named (the file names them no more, their values
   * have waited), a new birth of the device comes first.
   */
  data(item: NewReadings & { readonly seq: number }, historical: boolean): Message[]
}

export function createEdgeNode(deps: EdgeNodeDeps): EdgeNode {
  const { group, agent, now } = deps
  let last = 255
  // tck-id-payloads-sequence-num-incrementing: 0..255, one more in every message but NDEATH.
  const seq = () => {
    last = (last + 1) % 256
    return last
  }
  /** Tags without a definition, by device, that a birth of this agent has named. */
  const left = new Map<string, Map<string, ValueType>>()
  const node = (type: 'NBIRTH' | 'NDEATH') => topics.sparkplug({ group, type, node: agent })
  const device = (type: 'DBIRTH' | 'DDEATH' | 'DDATA', name: string) =>
    topics.sparkplug({ group, type, node: agent, device: name })

  /** tck-id-payloads-alias-uniqueness: by name; two names with one number are as good as impossible, and kept apart. */
  const aliases = new Map<string, number>()
  const taken = new Set<number>()
  const alias = (name: string): number => {
    const known = aliases.get(name)
    if (known !== undefined) return known
    let number = aliasOf(name)
    while (taken.has(number)) number += 1
    taken.add(number)
    aliases.set(name, number)
    return number
  }
  const byAlias = deps.aliases !== false
  const defined = new Map<string, ReadonlySet<string>>()
  /** Does the file give this device this tag? */
  const has = (device: string, tag: string): boolean => {
    const tags = defined.get(device) ?? new Set(deps.definitions(device).map(each => each.tag))
    defined.set(device, tags)
    return tags.has(tag)
  }
  // A tag that moved to another source has two metrics, one in each device.
  const aliasIn = (device: string) => (tag: string) =>
    alias(has(device, tag) ? metricOf(tag) : `${device}\n${metricOf(tag)}`)
  const withAlias = (name: string) => (byAlias ? { alias: alias(name) } : {})

  const bdSeqMetric = (value: number, timestamp: number): SparkplugMetric => ({
    name: BDSEQ_METRIC,
    type: 'Int64',
    value,
    timestamp,
  })

  const deviceBirth = (name: string): Message => {
    const t = now()
    const number = (tag: string) => (byAlias ? aliasIn(name)(tag) : undefined)
    const metrics = [
      ...deps.definitions(name).map(each => birthMetric(each, deps.newest(each.tag), t, number(each.tag))),
      ...[...(left.get(name) ?? [])].map(([tag, type]) => leftMetric(tag, type, t, number(tag))),
    ]
    return {
      topic: device('DBIRTH', name),
      payload: encodeSparkplug({
        timestamp: t,
        seq: seq(),
        metrics: inOrderOfTime(metrics, metric => metric.timestamp ?? t),
      }),
    }
  }

  // A tag that the file no longer names may still wait in the outbox: its values tell the type.
  const typeOf = (name: string, readings: readonly Reading[]) => {
    const before = left.get(name)
    return (tag: string): ValueType => {
      const known = deps.typeOf(tag) ?? before?.get(tag)
      if (known !== undefined) return known
      const value = readings.find(reading => reading.tag === tag && reading.value !== null)?.value
      return typeof value === 'boolean' ? 'boolean' : typeof value === 'string' ? 'string' : 'float'
    }
  }

  /** tck-id-operational-behavior-data-publish-dbirth: every metric of the data has been in the birth. */
  const newlyLeft = ({ device: name, body }: NewReadings, types: (tag: string) => ValueType): boolean => {
    let news = false
    for (const { tag } of body) {
      if (has(name, tag) || left.get(name)?.has(tag) === true) continue
      left.set(name, (left.get(name) ?? new Map<string, ValueType>()).set(tag, types(tag)))
      news = true
    }
    return news
  }

  return {
    death(bdSeq) {
      const timestamp = now()
      return {
        topic: node('NDEATH'),
        payload: encodeSparkplug({ timestamp, metrics: [bdSeqMetric(bdSeq, timestamp)] }),
      }
    },
    births(bdSeq, online) {
      // tck-id-payloads-nbirth-seq: an NBIRTH starts the count anew.
      last = 255
      const timestamp = now()
      const metrics: SparkplugMetric[] = [
        { ...bdSeqMetric(bdSeq, timestamp), ...withAlias(BDSEQ_METRIC) },
        // tck-id-operational-behavior-data-commands-rebirth-name-aliases: this one has no alias.
        { name: REBIRTH_METRIC, type: 'Boolean', value: false, timestamp },
        { name: VENDOR_METRIC, ...withAlias(VENDOR_METRIC), type: 'String', value: VENDOR, timestamp },
      ]
      const birth: Message = {
        topic: node('NBIRTH'),
        payload: encodeSparkplug({ timestamp, seq: seq(), metrics }),
      }
      return [birth, ...deps.devices.filter(online).map(deviceBirth)]
    },
    deviceBirth,
    deviceDeath: name => ({
      topic: device('DDEATH', name),
      payload: encodeSparkplug({ timestamp: now(), seq: seq(), metrics: [] }),
    }),
    data(item, historical) {
      const types = typeOf(item.device, item.body)
      const births = newlyLeft(item, types) ? [deviceBirth(item.device)] : []
      const metrics = metricsOfReadings(item.body, types, item.seq, {
        historical,
        ...(byAlias ? { aliasOf: aliasIn(item.device) } : {}),
      })
      const payload = encodeSparkplug({ timestamp: now(), seq: seq(), metrics }, { withoutTypes: byAlias })
      return [...births, { topic: device('DDATA', item.device), payload }]
    },
  }
}
