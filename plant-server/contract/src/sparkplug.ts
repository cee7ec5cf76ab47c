/** Readings and tag definitions as Sparkplug B metrics and back. Quality codes after Sparkplug 3.0.0 section 6.4.14. */
import type { Reading } from './reading.ts'
import type { DataType, SparkplugMetric, SparkplugProperty } from './sparkplug/payload.ts'
import { metricOf, type Quality, type SourceKind, type TagDefinition, tagOf, type ValueType } from './tag.ts'

/** tck-id-payloads-propertyset-quality-value-value: 0, 192 or 500; an uncertain value is said to be stale. */
const QUALITY_CODE: Record<Quality, number> = { good: 192, uncertain: 500, bad: 0 }
/** Also of nodes that say OPC codes: 64 to 127 is uncertain there. None: good. */
export const qualityFromCode = (code: number | undefined): Quality =>
  code === undefined || (code >= 192 && code < 256)
    ? 'good'
    : code === 500 || (code >= 64 && code < 128)
      ? 'uncertain'
      : 'bad'

const METRIC_TYPE: Record<ValueType, DataType> = { float: 'Double', int: 'Int64', boolean: 'Boolean', string: 'String' }

/** What a metric of this data type is as a tag; undefined: no reading can hold it. */
export function valueTypeOf(type: DataType): ValueType | undefined {
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
      return 'int'
    case 'Float':
    case 'Double':
      return 'float'
    case 'Boolean':
      return 'boolean'
    case 'String':
    case 'Text':
    case 'UUID':
      return 'string'
    case 'DataSet':
    case 'Bytes':
    case 'File':
    case 'Template':
    case 'PropertySet':
    case 'PropertySetList':
      return undefined
  }
}

/** Metric property that carries the outbox sequence; on the first metric of a DDATA payload. */
export const SEQUENCE_PROPERTY = 'millwright_sequence'
/** Property of a birth metric: the tag's own definition is not known any more, only values that waited. */
export const LEFT_PROPERTY = 'millwright_left'
/** Metric of the NBIRTH that names what the node is; the value `VENDOR` says that it numbers what it sends. */
export const VENDOR_METRIC = 'Properties/Vendor'
export const VENDOR = 'Millwright'
export const REBIRTH_METRIC = 'Node Control/Rebirth'
export const BDSEQ_METRIC = 'bdSeq'

/**
 * Number that stands for a metric's name, the same at every birth: it is made of the name (53 bits), so that an alias can
 * never point to another metric, whatever births were lost. Two equal ones in a node: `next` gives another.
 */
export function aliasOf(name: string): number {
  // cyrb53, public domain.
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let index = 0; index < name.length; index += 1) {
    const code = name.charCodeAt(index)
    a = Math.imul(a ^ code, 2_654_435_761)
    b = Math.imul(b ^ code, 1_597_334_677)
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909)
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909)
  return 4_294_967_296 * (2_097_151 & b) + (a >>> 0)
}

export interface DataOptions {
  /** The values waited: they must not move live ones. */
  readonly historical: boolean
  /** Alias of a tag; absent: metrics are named and typed. */
  readonly aliasOf?: (tag: string) => number
}

/**
 * Readings of one outbox item as the metrics of one DDATA payload, in the order of time
 * (tck-id-operational-behavior-data-publish-dbirth-order). `types` gives each tag's value type.
 */
export function metricsOfReadings(
  readings: readonly Reading[],
  types: (tag: string) => ValueType,
  sequence: number,
  { historical, aliasOf: alias }: DataOptions,
): SparkplugMetric[] {
  return inOrderOfTime(readings, reading => reading.t).map((reading, index) => {
    const { tag, t, value, quality } = reading
    return {
      ...(alias === undefined ? { name: metricOf(tag) } : { alias: alias(tag) }),
      type: METRIC_TYPE[types(tag)],
      value,
      timestamp: t,
      ...(historical ? { isHistorical: true } : {}),
      quality: QUALITY_CODE[quality],
      ...(index === 0 ? { properties: { [SEQUENCE_PROPERTY]: { type: 'UInt64', value: sequence } } } : {}),
    }
  })
}

/** Mostly they are in order already. */
export function inOrderOfTime<T>(list: readonly T[], timeOf: (each: T) => number): readonly T[] {
  for (let index = 1; index < list.length; index += 1)
    if (timeOf(list[index]!) < timeOf(list[index - 1]!)) return [...list].sort((a, b) => timeOf(a) - timeOf(b))
  return list
}

/** A metric's value as a reading's; what no reading holds, and what is no number, is null. */
export const readingValueOf = ({ value }: SparkplugMetric): Reading['value'] =>
  typeof value === 'number'
    ? Number.isFinite(value)
      ? value
      : null
    : typeof value === 'boolean' || typeof value === 'string'
      ? value
      : null

/** Quality is good where a node sends none. */
export function readingOf(tag: string, metric: SparkplugMetric, payloadTime: number): Reading {
  const value = readingValueOf(metric)
  return {
    tag,
    t: metric.timestamp || payloadTime,
    value,
    quality: value === null ? 'bad' : qualityFromCode(metric.quality),
  }
}

const text = (value: string): SparkplugProperty => ({ type: 'String', value })
const number = (value: number): SparkplugProperty => ({ type: 'Double', value })

/** A tag's definition as the metric of a DBIRTH, with its newest reading where there is one. */
export function birthMetric(
  definition: TagDefinition,
  newest: Reading | undefined,
  now: number,
  alias?: number,
): SparkplugMetric {
  const { unit, range, limits, writable, description, source, equipment } = definition
  return {
    name: metricOf(definition.tag),
    ...(alias === undefined ? {} : { alias }),
    type: METRIC_TYPE[definition.type],
    value: newest?.value ?? null,
    timestamp: newest?.t ?? now,
    quality: QUALITY_CODE[newest?.quality ?? 'bad'],
    properties: {
      engUnit: text(unit),
      source: text(source),
      description_zh: text(description.zh),
      description_en: text(description.en),
      ...(range ? { engLow: number(range.low), engHigh: number(range.high) } : {}),
      ...(limits ? { limits: text(JSON.stringify(limits)) } : {}),
      ...(writable ? { writable: text(JSON.stringify(writable)) } : {}),
      ...(equipment ? { equipment: text(equipment) } : {}),
    },
  }
}

/** Birth of a metric whose definition is gone while values of it still wait. */
export const leftMetric = (tag: string, type: ValueType, now: number, alias?: number): SparkplugMetric => ({
  name: metricOf(tag),
  ...(alias === undefined ? {} : { alias }),
  type: METRIC_TYPE[type],
  value: null,
  timestamp: now,
  quality: QUALITY_CODE.bad,
  properties: { [LEFT_PROPERTY]: { type: 'Boolean', value: true } },
})

/** Back to a definition of this tag; of another vendor's metric it holds what that says. */
export function definitionOfMetric(tag: string, agent: string, device: string, metric: SparkplugMetric): TagDefinition {
  const property = (name: string) => metric.properties?.[name]?.value
  const get = (name: string): string => String(property(name) ?? '')
  const json = (name: string): unknown => {
    try {
      return get(name) === '' ? undefined : JSON.parse(get(name))
    } catch {
      return undefined
    }
  }
  const [low, high] = [property('engLow'), property('engHigh')]
  const limits = json('limits') as TagDefinition['limits']
  const writable = json('writable') as TagDefinition['writable']
  const name = metric.name ?? tag
  return {
    tag,
    agent,
    device,
    source: (get('source') || 'agent') as SourceKind,
    type: (metric.type === undefined ? undefined : valueTypeOf(metric.type)) ?? 'float',
    unit: get('engUnit'),
    description: { zh: get('description_zh') || name, en: get('description_en') || get('documentation') || name },
    ...(typeof low === 'number' && typeof high === 'number' ? { range: { low, high } } : {}),
    ...(limits ? { limits } : {}),
    ...(writable ? { writable } : {}),
    ...(get('equipment') ? { equipment: get('equipment') } : {}),
  }
}

/**
 * Name of a tag of another vendor's node: node, device and metric in our letters. What our names have no letter for stands
 * as `u` and its number, so that two names stay two.
 */
export function foreignTagOf(node: string, device: string | undefined, metric: string): string {
  const word = (text: string) =>
    text
      .toLowerCase()
      .replaceAll(/[^\x20-\x7e]/gu, character => `u${character.codePointAt(0)!.toString(16)}`)
      .replaceAll(/[^a-z0-9_-]+/g, '_') || '_'
  const first = word(node).replace(/^[_-]+/, '') || 'node'
  const parts = [...(device === undefined ? [] : [device]), ...metric.split('/').filter(part => part !== '')]
  return tagOf(first, parts.map(word).join('/') || '_')
}
