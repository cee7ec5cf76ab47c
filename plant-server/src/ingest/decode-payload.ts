/** Sparkplug B protobuf to plain objects and back; the only importer of sparkplug-payload. */
import type { SparkplugMetric, SparkplugProperty } from '@millwright/contract'
import sparkplug from 'sparkplug-payload'

const codec = sparkplug.get('spBv1.0')

/** A metric as it came: a data message of another vendor may carry an alias instead of the name. */
export interface DecodedMetric extends Omit<SparkplugMetric, 'name'> {
  readonly name: string | undefined
  readonly alias: number | undefined
}

export interface DecodedPayload {
  /** ms; 0 where the payload names none. */
  readonly timestamp: number
  /** 0..255. */
  readonly seq: number | undefined
  readonly metrics: readonly DecodedMetric[]
  /** Metrics of types that a reading cannot hold (data sets, templates, bytes). */
  readonly unsupported: number
}

type LongLike = { toNumber(): number }
const numberOf = (value: unknown): number =>
  typeof value === 'number' ? value : typeof value === 'object' && value !== null ? (value as LongLike).toNumber() : 0

/** Throws where the bytes are no payload. */
export function decodePayload(bytes: Uint8Array): DecodedPayload {
  if (codec === null) throw new Error('no codec for spBv1.0')
  const payload = codec.decodePayload(bytes)
  const metrics: DecodedMetric[] = []
  let unsupported = 0
  for (const metric of payload.metrics ?? []) {
    const type = typeOf(metric.type)
    if (type === undefined) {
      unsupported += 1
      continue
    }
    const value = plainValue(type, metric.value)
    metrics.push({
      name: metric.name === null || metric.name === '' ? undefined : metric.name,
      alias: metric.alias === undefined || metric.alias === null ? undefined : numberOf(metric.alias),
      type,
      value,
      timestamp: numberOf(metric.timestamp),
      ...(value === null ? { isNull: true } : {}),
      ...(metric.isHistorical === true ? { isHistorical: true } : {}),
      ...(metric.properties ? { properties: propertiesOf(metric.properties) } : {}),
    })
  }
  return {
    timestamp: numberOf(payload.timestamp),
    seq: payload.seq === undefined || payload.seq === null ? undefined : numberOf(payload.seq),
    metrics,
    unsupported,
  }
}

/** For commands to nodes (rebirth), and for tests that play an agent. */
export function encodePayload(payload: {
  timestamp: number
  seq?: number
  metrics: readonly SparkplugMetric[]
}): Uint8Array {
  if (codec === null) throw new Error('no codec for spBv1.0')
  return codec.encodePayload({ ...payload, metrics: payload.metrics.map(metric => ({ ...metric })) } as Parameters<
    typeof codec.encodePayload
  >[0])
}

function typeOf(type: string): SparkplugMetric['type'] | undefined {
  switch (type) {
    case 'Int8':
    case 'Int16':
    case 'Int32':
    case 'Int64':
    case 'UInt8':
    case 'UInt16':
    case 'UInt32':
    case 'UInt64':
    case 'DateTime':
      return 'Int64'
    case 'Float':
    case 'Double':
      return 'Double'
    case 'Boolean':
      return 'Boolean'
    case 'String':
    case 'Text':
    case 'UUID':
      return 'String'
    default:
      return undefined
  }
}

function plainValue(type: SparkplugMetric['type'], value: unknown): SparkplugMetric['value'] {
  if (value === null || value === undefined) return null
  switch (type) {
    case 'Boolean':
      return value === true
    case 'String':
      return String(value)
    case 'Double':
    case 'Int64': {
      const number = numberOf(value)
      return Number.isFinite(number) ? number : null
    }
  }
}

function propertiesOf(properties: Record<string, { type: string; value: unknown }>): Record<string, SparkplugProperty> {
  const plain: Record<string, SparkplugProperty> = {}
  for (const [name, { type, value }] of Object.entries(properties)) {
    const kind = typeOf(type)
    if (kind === undefined || value === null || value === undefined) continue
    const as = ({ Int64: 'Int32', Double: 'Double', Boolean: 'Boolean', String: 'String' } as const)[kind]
    plain[name] = { type: as, value: plainValue(kind, value) ?? '' }
  }
  return plain
}
