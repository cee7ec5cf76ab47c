/** The bytes of a Sparkplug B payload to plain objects. Unknown fields are passed over; what is no payload throws WireError. */
import {
  asType,
  DATA_TYPE_NAMES,
  type DataSet,
  type DataType,
  type Scalar,
  type SparkplugMetric,
  type SparkplugPayload,
  type SparkplugProperty,
  type Template,
  type TemplateParameter,
} from './payload.ts'
import {
  bool,
  bytes,
  double,
  expectType,
  float,
  inner,
  int64,
  type Reader,
  readerOf,
  skip,
  string,
  uint32,
  uint64,
  WireError,
} from './wire.ts'

/** Templates may hold templates; deeper than this is an attack. */
const MOST_DEPTH = 16

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/**
 * `datatype` of a number that is unknown (arrays) leaves `type` out and the value null with `unsupported`.
 */
export interface DecodedMetric extends SparkplugMetric {
  /** The value is of a type that is not understood. */
  readonly unsupported?: boolean | undefined
}
export interface DecodedPayload extends SparkplugPayload {
  readonly metrics: readonly DecodedMetric[]
}

export function decodeSparkplug(data: Uint8Array): DecodedPayload {
  const reader = readerOf(data)
  const metrics: DecodedMetric[] = []
  const payload: Mutable<DecodedPayload> = { timestamp: 0, metrics }
  while (reader.at < reader.end) {
    const tag = uint32(reader)
    switch (tag) {
      case 0x08:
        payload.timestamp = Number(uint64(reader))
        break
      case 0x12:
        metrics.push(readMetric(inner(reader), 0))
        break
      case 0x18:
        payload.seq = Number(uint64(reader))
        break
      default:
        unknown(reader, tag, 5)
    }
  }
  return payload
}

function unknown(reader: Reader, tag: number, known: number): void {
  const [field, wireType] = [tag >>> 3, tag & 7]
  if (field === 0) throw new WireError('field 0')
  // A field that we know by number, with another wire type, is no payload of this kind.
  if (field <= known && wireType !== 2) expectType(field, wireType, -1)
  skip(reader, wireType)
}

function readMetric(reader: Reader, depth: number): DecodedMetric {
  if (depth > MOST_DEPTH) throw new WireError('templates inside templates, too deep')
  const metric: Mutable<DecodedMetric> = {
    name: undefined,
    alias: undefined,
    timestamp: undefined,
    type: undefined,
    value: null,
    isHistorical: undefined,
    isTransient: undefined,
    quality: undefined,
    properties: undefined,
    unsupported: undefined,
  }
  let datatype = 0
  let isNull = false
  while (reader.at < reader.end) {
    const tag = uint32(reader)
    switch (tag) {
      case 0x0a:
        metric.name = string(reader)
        break
      case 0x10:
        metric.alias = uint64(reader)
        break
      case 0x18:
        metric.timestamp = Number(uint64(reader))
        break
      case 0x20:
        datatype = uint32(reader)
        break
      case 0x28:
        if (bool(reader)) metric.isHistorical = true
        break
      case 0x30:
        if (bool(reader)) metric.isTransient = true
        break
      case 0x38:
        isNull = bool(reader)
        break
      case 0x4a:
        readProperties(inner(reader), metric)
        break
      case 0x50:
        metric.value = uint32(reader)
        break
      case 0x58:
        metric.value = int64(reader)
        break
      case 0x65:
        metric.value = float(reader)
        break
      case 0x69:
        metric.value = double(reader)
        break
      case 0x70:
        metric.value = bool(reader)
        break
      case 0x7a:
        metric.value = string(reader)
        break
      case 0x82:
        metric.value = bytes(reader)
        break
      case 0x8a:
        metric.value = readDataSet(inner(reader))
        break
      case 0x92:
        metric.value = readTemplate(inner(reader), depth + 1)
        break
      default:
        // 8 metadata, 19 extensions: of no use to a reading.
        unknown(reader, tag, 7)
    }
  }
  if (datatype !== 0) {
    const type = DATA_TYPE_NAMES[datatype]
    if (type === undefined) {
      metric.unsupported = true
      metric.value = null
    } else {
      metric.type = type
      metric.value = asType(type, metric.value)
    }
  }
  if (isNull) metric.value = null
  return metric
}

function isQuality({ bytes, at, end }: Reader): boolean {
  return (
    end - at === 7 &&
    bytes[at] === 0x51 &&
    bytes[at + 1] === 0x75 &&
    bytes[at + 2] === 0x61 &&
    bytes[at + 3] === 0x6c &&
    bytes[at + 4] === 0x69 &&
    bytes[at + 5] === 0x74 &&
    bytes[at + 6] === 0x79
  )
}

function readProperties(reader: Reader, metric: Mutable<DecodedMetric>): void {
  const keys: string[] = []
  const values: SparkplugProperty[] = []
  while (reader.at < reader.end) {
    const tag = uint32(reader)
    if (tag === 0x0a) {
      const start = reader.at
      if (isQuality(inner(reader))) keys.push('Quality')
      else {
        reader.at = start
        keys.push(string(reader))
      }
    } else if (tag === 0x12) values.push(readProperty(inner(reader)))
    else unknown(reader, tag, 2)
  }
  // tck-id-payloads-propertyset-keys-array-size
  if (keys.length !== values.length) throw new WireError('a property set with keys and values that do not match')
  let others: Record<string, SparkplugProperty> | undefined
  for (const [index, key] of keys.entries()) {
    const property = values[index]!
    if (key === 'Quality' && typeof property.value === 'number') metric.quality = property.value
    else {
      others ??= Object.create(null) as Record<string, SparkplugProperty>
      others[key] = property
    }
  }
  if (others !== undefined) metric.properties = others
}

function readProperty(reader: Reader): SparkplugProperty {
  let type: DataType | undefined
  let value: Scalar | null = null
  let isNull = false
  while (reader.at < reader.end) {
    const tag = uint32(reader)
    if (tag === 0x08) type = DATA_TYPE_NAMES[uint32(reader)]
    else if (tag === 0x10) isNull = bool(reader)
    else value = readScalar(reader, tag, 2) ?? value
  }
  const kind = type ?? (typeof value === 'boolean' ? 'Boolean' : typeof value === 'string' ? 'String' : 'Double')
  return { type: kind, value: isNull ? null : (asType(kind, value) as Scalar | null) }
}

/** One of int, long, float, double, boolean, string, which stand at `before` + 1 to `before` + 6. */
function readScalar(reader: Reader, tag: number, before: number): Scalar | undefined {
  switch (tag - (before << 3)) {
    case 0x08:
      return uint32(reader)
    case 0x10:
      return int64(reader)
    case 0x1d:
      return float(reader)
    case 0x21:
      return double(reader)
    case 0x28:
      return bool(reader)
    case 0x32:
      return string(reader)
    default:
      unknown(reader, tag, before)
      return undefined
  }
}

function readTemplate(reader: Reader, depth: number): Template {
  const metrics: DecodedMetric[] = []
  const parameters: TemplateParameter[] = []
  const template: Mutable<Template> = { kind: 'template', isDefinition: false, metrics, parameters }
  while (reader.at < reader.end) {
    const tag = uint32(reader)
    switch (tag) {
      case 0x0a:
        template.version = string(reader)
        break
      case 0x12:
        metrics.push(readMetric(inner(reader), depth))
        break
      case 0x1a:
        parameters.push(readParameter(inner(reader)))
        break
      case 0x22:
        template.templateRef = string(reader)
        break
      case 0x28:
        template.isDefinition = bool(reader)
        break
      default:
        unknown(reader, tag, 5)
    }
  }
  return template
}

function readParameter(reader: Reader): TemplateParameter {
  let name = ''
  let type: DataType = 'Double'
  let value: Scalar | null = null
  while (reader.at < reader.end) {
    const tag = uint32(reader)
    if (tag === 0x0a) name = string(reader)
    else if (tag === 0x10) type = DATA_TYPE_NAMES[uint32(reader)] ?? type
    else value = readScalar(reader, tag, 2) ?? value
  }
  return { name, type, value: asType(type, value) as Scalar | null }
}

function readDataSet(reader: Reader): DataSet {
  const columns: string[] = []
  const types: DataType[] = []
  const rows: (Scalar | null)[][] = []
  while (reader.at < reader.end) {
    const tag = uint32(reader)
    switch (tag) {
      case 0x08:
        // The number of columns: the columns say it themselves.
        uint64(reader)
        break
      case 0x12:
        columns.push(string(reader))
        break
      case 0x18:
        types.push(DATA_TYPE_NAMES[uint32(reader)] ?? 'String')
        break
      case 0x1a: {
        // Packed: readers of proto2 take both.
        const packed = inner(reader)
        while (packed.at < packed.end) types.push(DATA_TYPE_NAMES[uint32(packed)] ?? 'String')
        break
      }
      case 0x22:
        rows.push(readRow(inner(reader)))
        break
      default:
        unknown(reader, tag, 4)
    }
  }
  const typed = rows.map(row => row.map((cell, index) => asType(types[index] ?? 'String', cell) as Scalar | null))
  return { kind: 'dataset', columns, types, rows: typed }
}

function readRow(reader: Reader): (Scalar | null)[] {
  const cells: (Scalar | null)[] = []
  while (reader.at < reader.end) {
    const tag = uint32(reader)
    if (tag !== 0x0a) {
      unknown(reader, tag, 1)
      continue
    }
    const cell = inner(reader)
    let value: Scalar | null = null
    while (cell.at < cell.end) value = readScalar(cell, uint32(cell), 0) ?? value
    cells.push(value)
  }
  return cells
}
