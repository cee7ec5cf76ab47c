/**
 * Readings and tag definitions as Sparkplug B metrics and back, in plain objects: the protobuf codec stays with the rooms
 * that use it. Quality codes and property names after Sparkplug B 3.0 section 6.4.
 */
import type { Reading } from './reading.ts'
import { metricOf, type Quality, type SourceKind, type TagDefinition, tagOf, type ValueType } from './tag.ts'

export interface SparkplugProperty {
  readonly type: 'Int32' | 'UInt64' | 'Double' | 'String' | 'Boolean'
  readonly value: number | string | boolean
}

export interface SparkplugMetric {
  readonly name: string
  readonly type: 'Double' | 'Int64' | 'Boolean' | 'String'
  /** null when `isNull`. */
  readonly value: number | string | boolean | null
  readonly timestamp: number
  readonly isNull?: boolean
  readonly isHistorical?: boolean
  readonly properties?: Readonly<Record<string, SparkplugProperty>>
}

const QUALITY_CODE: Record<Quality, number> = { good: 192, uncertain: 64, bad: 0 }
export const qualityFromCode = (code: number): Quality =>
  code >= 192 && code < 256 ? 'good' : code >= 64 && code < 128 ? 'uncertain' : 'bad'

const METRIC_TYPE: Record<ValueType, SparkplugMetric['type']> = {
  float: 'Double',
  int: 'Int64',
  boolean: 'Boolean',
  string: 'String',
}
const VALUE_TYPE: Record<string, ValueType> = { Double: 'float', Float: 'float', Boolean: 'boolean', String: 'string' }

/** Metric property that carries the outbox sequence; on the first metric of a DDATA payload. */
export const SEQUENCE_PROPERTY = 'millwright_sequence'

/** Readings of one outbox item as the metrics of one DDATA payload. `types` gives each tag's value type. */
export function metricsOfReadings(
  readings: readonly Reading[],
  types: (tag: string) => ValueType,
  sequence: number,
  historical: boolean,
): SparkplugMetric[] {
  return readings.map((reading, index) => ({
    name: metricOf(reading.tag),
    type: METRIC_TYPE[types(reading.tag)],
    value: reading.value,
    timestamp: reading.t,
    ...(reading.value === null ? { isNull: true } : {}),
    ...(historical ? { isHistorical: true } : {}),
    properties: {
      Quality: { type: 'Int32', value: QUALITY_CODE[reading.quality] },
      ...(index === 0 ? { [SEQUENCE_PROPERTY]: { type: 'UInt64', value: sequence } as const } : {}),
    },
  }))
}

/** Back to readings; quality defaults to good where a foreign node sends none. */
export function readingsOfMetrics(agent: string, metrics: readonly SparkplugMetric[], payloadTime: number): Reading[] {
  return metrics.map(metric => {
    const code = metric.properties?.Quality?.value
    const value = metric.isNull === true ? null : metric.value
    const quality = typeof code === 'number' ? qualityFromCode(code) : 'good'
    return {
      tag: tagOf(agent, metric.name),
      t: metric.timestamp || payloadTime,
      value,
      quality: value === null ? 'bad' : quality,
    }
  })
}

/** A tag's definition as the metric of a DBIRTH, with its newest reading where there is one. */
export function birthMetric(definition: TagDefinition, newest: Reading | undefined, now: number): SparkplugMetric {
  const { unit, range, limits, writable, description, source, equipment } = definition
  const text = (value: string): SparkplugProperty => ({ type: 'String', value })
  return {
    name: metricOf(definition.tag),
    type: METRIC_TYPE[definition.type],
    value: newest?.value ?? null,
    ...(newest === undefined || newest.value === null ? { isNull: true } : {}),
    timestamp: newest?.t ?? now,
    properties: {
      Quality: { type: 'Int32', value: QUALITY_CODE[newest?.quality ?? 'bad'] },
      engUnit: text(unit),
      source: text(source),
      description_zh: text(description.zh),
      description_en: text(description.en),
      ...(range
        ? { engLow: { type: 'Double', value: range.low }, engHigh: { type: 'Double', value: range.high } }
        : {}),
      ...(limits ? { limits: text(JSON.stringify(limits)) } : {}),
      ...(writable ? { writable: text(JSON.stringify(writable)) } : {}),
      ...(equipment ? { equipment: text(equipment) } : {}),
    },
  }
}

/** Back to a definition; a foreign node's metric becomes one with what it says. */
export function definitionOfMetric(agent: string, device: string, metric: SparkplugMetric): TagDefinition {
  const get = (name: string): string => String(metric.properties?.[name]?.value ?? '')
  const number = (name: string): number | undefined => {
    const value = metric.properties?.[name]?.value
    return typeof value === 'number' ? value : undefined
  }
  const json = (name: string): unknown => {
    try {
      return get(name) === '' ? undefined : JSON.parse(get(name))
    } catch {
      return undefined
    }
  }
  const low = number('engLow')
  const high = number('engHigh')
  const limits = json('limits') as TagDefinition['limits']
  const writable = json('writable') as TagDefinition['writable']
  return {
    tag: tagOf(agent, metric.name),
    agent,
    device,
    source: (get('source') || 'agent') as SourceKind,
    type: VALUE_TYPE[metric.type] ?? 'int',
    unit: get('engUnit'),
    description: { zh: get('description_zh') || metric.name, en: get('description_en') || metric.name },
    ...(low !== undefined && high !== undefined ? { range: { low, high } } : {}),
    ...(limits ? { limits } : {}),
    ...(writable ? { writable } : {}),
    ...(get('equipment') ? { equipment: get('equipment') } : {}),
  }
}
