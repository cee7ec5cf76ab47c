/** The messages of a Sparkplug B 3.0 edge node: what is said, in which topic, with which number. No connection here. */
import {
  birthMetric,
  metricsOfReadings,
  type Reading,
  type SparkplugMetric,
  type TagDefinition,
  topics,
  type ValueType,
} from '@millwright/contract'
import type { NewReadings } from '../outbox/outbox.ts'
import { encode } from './codec.ts'

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
}

export interface EdgeNode {
  /** Will and farewell; `bdSeq` matches the birth of the same connection. */
  death(bdSeq: number): Message
  /** NBIRTH with seq 0, then DBIRTH of each device that `online` names. */
  births(bdSeq: number, online: (device: string) => boolean): Message[]
  deviceBirth(device: string): Message
  deviceDeath(device: string): Message
  data(item: NewReadings & { readonly seq: number }, historical: boolean): Message
}

export const REBIRTH = 'Node Control/Rebirth'

export function createEdgeNode(deps: EdgeNodeDeps): EdgeNode {
  const { group, agent, now } = deps
  let last = 255
  // tck-id-payloads-sequence-num-incrementing: 0..255, one more in every message but NDEATH.
  const seq = () => {
    last = (last + 1) % 256
    return last
  }
  const node = (type: 'NBIRTH' | 'NDEATH') => topics.sparkplug({ group, type, node: agent })
  const device = (type: 'DBIRTH' | 'DDEATH' | 'DDATA', name: string) =>
    topics.sparkplug({ group, type, node: agent, device: name })
  const bdSeqMetric = (value: number): SparkplugMetric => ({ name: 'bdSeq', type: 'Int64', value, timestamp: now() })

  const deviceBirth = (name: string): Message => ({
    topic: device('DBIRTH', name),
    payload: encode({
      timestamp: now(),
      seq: seq(),
      metrics: deps.definitions(name).map(definition => birthMetric(definition, deps.newest(definition.tag), now())),
    }),
  })

  // A tag that the file no longer names may still wait in the outbox: its values tell the type.
  const typeOf =
    (readings: readonly Reading[]) =>
    (tag: string): ValueType => {
      const known = deps.typeOf(tag)
      if (known !== undefined) return known
      const value = readings.find(reading => reading.tag === tag && reading.value !== null)?.value
      return typeof value === 'boolean' ? 'boolean' : typeof value === 'string' ? 'string' : 'float'
    }

  return {
    death: bdSeq => ({
      topic: node('NDEATH'),
      payload: encode({ timestamp: now(), metrics: [bdSeqMetric(bdSeq)] }),
    }),
    births(bdSeq, online) {
      // tck-id-payloads-nbirth-seq: an NBIRTH starts the count anew.
      last = 255
      const rebirth: SparkplugMetric = { name: REBIRTH, type: 'Boolean', value: false, timestamp: now() }
      const birth: Message = {
        topic: node('NBIRTH'),
        payload: encode({ timestamp: now(), seq: seq(), metrics: [bdSeqMetric(bdSeq), rebirth] }),
      }
      return [birth, ...deps.devices.filter(online).map(deviceBirth)]
    },
    deviceBirth,
    deviceDeath: name => ({
      topic: device('DDEATH', name),
      payload: encode({ timestamp: now(), seq: seq(), metrics: [] }),
    }),
    data: (item, historical) => ({
      topic: device('DDATA', item.device),
      payload: encode({
        timestamp: now(),
        seq: seq(),
        metrics: metricsOfReadings(item.body, typeOf(item.body), item.seq, historical),
      }),
    }),
  }
}
