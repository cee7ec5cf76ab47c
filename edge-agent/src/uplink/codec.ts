/** Sparkplug B payloads: protobuf on the outside, the contract's plain metrics inside. */
import type { SparkplugMetric } from '@millwright/contract'
import sparkplug from 'sparkplug-payload'

const codec = sparkplug.get('spBv1.0')!

export interface Payload {
  readonly timestamp: number
  /** 0..255; absent in NDEATH only. */
  readonly seq?: number
  readonly metrics: readonly SparkplugMetric[]
}

export function encode({ timestamp, seq, metrics }: Payload): Uint8Array {
  const payload = { timestamp, ...(seq === undefined ? {} : { seq }), metrics: metrics.map(m => ({ ...m })) }
  return codec.encodePayload(payload as Parameters<typeof codec.encodePayload>[0])
}

/** 64-bit integers come as Long objects. */
const plain = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'toNumber' in value && typeof value.toNumber === 'function'
    ? value.toNumber()
    : value

/** Throws on bytes that are no payload. */
export function decode(bytes: Uint8Array): Payload {
  const payload = codec.decodePayload(bytes)
  const seq = plain(payload.seq)
  return {
    timestamp: Number(plain(payload.timestamp) ?? 0),
    ...(typeof seq === 'number' ? { seq } : {}),
    metrics: (payload.metrics ?? []).map(metric => ({
      name: metric.name ?? '',
      type: metric.type as SparkplugMetric['type'],
      value: plain(metric.value) as SparkplugMetric['value'],
      timestamp: Number(plain(metric.timestamp) ?? 0),
      ...(metric.value === null ? { isNull: true } : {}),
      ...(metric.isHistorical ? { isHistorical: true } : {}),
      ...(metric.properties
        ? {
            properties: Object.fromEntries(
              Object.entries(metric.properties).map(([name, property]) => [
                name,
                { type: property.type, value: plain(property.value) },
              ]),
            ) as NonNullable<SparkplugMetric['properties']>,
          }
        : {}),
    })),
  }
}
