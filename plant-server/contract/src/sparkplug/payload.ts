/**
 * The Sparkplug B payload as plain objects (Sparkplug 3.0.0 section 6.4; field numbers are those of `sparkplug_b.proto`).
 * `encode.ts` and `decode.ts` are its two directions.
 */

/** Numbers of the data types, section 6.4.16. */
export const DATA_TYPES = {
  Int8: 1,
  Int16: 2,
  Int32: 3,
  Int64: 4,
  UInt8: 5,
  UInt16: 6,
  UInt32: 7,
  UInt64: 8,
  Float: 9,
  Double: 10,
  Boolean: 11,
  String: 12,
  DateTime: 13,
  Text: 14,
  UUID: 15,
  DataSet: 16,
  Bytes: 17,
  File: 18,
  Template: 19,
  PropertySet: 20,
  PropertySetList: 21,
} as const
export type DataType = keyof typeof DATA_TYPES

/** Data types by number; arrays (22 to 34) and later ones are unknown. */
export const DATA_TYPE_NAMES: readonly (DataType | undefined)[] = Object.entries(DATA_TYPES).reduce<
  (DataType | undefined)[]
>((names, [name, number]) => {
  names[number] = name as DataType
  return names
}, [])

export type Scalar = number | string | boolean
export interface SparkplugProperty {
  readonly type: DataType
  /** Sets of properties inside properties are passed over. */
  readonly value: Scalar | null
}

/** Fields may be there and undefined: one shape for all metrics is what makes decoding fast. */
export interface SparkplugMetric {
  /** Absent in data that names metrics by alias. */
  readonly name?: string | undefined
  readonly alias?: number | bigint | undefined
  /** ms since 1970 UTC. */
  readonly timestamp?: number | undefined
  /** Absent in data: the birth has said it. Needed to encode a value. */
  readonly type?: DataType | undefined
  readonly value: Scalar | Uint8Array | Template | DataSet | null
  readonly isHistorical?: boolean | undefined
  readonly isTransient?: boolean | undefined
  /** Property `Quality`: 0 bad, 192 good, 500 stale (section 6.4.14). */
  readonly quality?: number | undefined
  /** Further properties. */
  readonly properties?: Readonly<Record<string, SparkplugProperty>> | undefined
}

export interface SparkplugPayload {
  /** ms since 1970 UTC; 0 where there is none. */
  readonly timestamp: number
  /** 0..255; absent in NDEATH and commands. */
  readonly seq?: number
  readonly metrics: readonly SparkplugMetric[]
}

/** A user-defined type, or an instance of one (section 6.4.18). */
export interface Template {
  readonly kind: 'template'
  readonly version?: string
  readonly isDefinition: boolean
  /** Name of the definition; instances only. */
  readonly templateRef?: string
  readonly metrics: readonly SparkplugMetric[]
  readonly parameters: readonly TemplateParameter[]
}
export interface TemplateParameter {
  readonly name: string
  readonly type: DataType
  readonly value: Scalar | null
}

/** A table (section 6.4.15). */
export interface DataSet {
  readonly kind: 'dataset'
  readonly columns: readonly string[]
  readonly types: readonly DataType[]
  readonly rows: readonly (readonly (Scalar | null)[])[]
}

/**
 * What a number on the wire means in a type: integers of either sign share one field. Doing it twice changes nothing.
 * `value` is as `decode` gives it: 32-bit ones unsigned, 64-bit ones signed.
 */
export function asType(type: DataType, value: SparkplugMetric['value']): SparkplugMetric['value'] {
  if (typeof value !== 'number') return value
  switch (type) {
    case 'Int8':
      return (value << 24) >> 24
    case 'Int16':
      return (value << 16) >> 16
    case 'Int32':
      return value | 0
    case 'UInt32':
      return value >>> 0
    case 'UInt64':
    case 'DateTime':
      return value < 0 ? value + 2 ** 64 : value
    default:
      return value
  }
}
