/** Plain objects to the bytes of a Sparkplug B payload. */
import {
  DATA_TYPES,
  type DataSet,
  type DataType,
  type SparkplugMetric,
  type SparkplugPayload,
  type Template,
} from './payload.ts'
import {
  type Writer,
  writeBytes,
  writeDouble,
  writeFloat,
  writeInt64,
  writeMessage,
  writerOf,
  writeString,
  writeUint,
} from './wire.ts'

export interface EncodeOptions {
  /**
   * Leave the data type out (tck-id-payloads-metric-datatype-not-req): for data and commands whose metrics a birth has
   * described. Default: it is written.
   */
  readonly withoutTypes?: boolean
}

// Grows to the largest payload seen; what is handed out is a copy.
const shared = writerOf(4096)

export function encodeSparkplug(payload: SparkplugPayload, options: EncodeOptions = {}): Uint8Array {
  const writer = shared
  writer.at = 0
  writeInt64(writer, 1, payload.timestamp)
  const types = options.withoutTypes !== true
  for (const metric of payload.metrics) writeMessage(writer, 2, () => writeMetric(writer, metric, types))
  if (payload.seq !== undefined) writeUint(writer, 3, payload.seq)
  return writer.bytes.slice(0, writer.at)
}

function writeMetric(writer: Writer, metric: SparkplugMetric, types: boolean): void {
  const { name, alias, timestamp, type, value, properties, quality } = metric
  if (name !== undefined) writeString(writer, 1, name)
  if (alias !== undefined) writeInt64(writer, 2, alias)
  if (timestamp !== undefined) writeInt64(writer, 3, timestamp)
  if (types && type !== undefined) writeUint(writer, 4, DATA_TYPES[type])
  if (metric.isHistorical === true) writeUint(writer, 5, 1)
  if (metric.isTransient === true) writeUint(writer, 6, 1)
  // tck-id-operational-behavior-data-publish-dbirth-values: is_null, and no value then.
  if (value === null) writeUint(writer, 7, 1)
  if (quality !== undefined || properties !== undefined)
    writeMessage(writer, 9, () => writeProperties(writer, quality, properties))
  if (value === null) return
  if (value instanceof Uint8Array) writeBytes(writer, 16, value)
  else if (typeof value !== 'object') writeScalar(writer, type ?? kindOf(value), value, METRIC_FIELDS)
  else if (value.kind === 'template') writeMessage(writer, 18, () => writeTemplate(writer, value, types))
  else writeMessage(writer, 17, () => writeDataSet(writer, value))
}

const kindOf = (value: number | string | boolean): DataType =>
  typeof value === 'number' ? 'Double' : typeof value === 'boolean' ? 'Boolean' : 'String'

function writeProperties(
  writer: Writer,
  quality: number | undefined,
  properties: SparkplugMetric['properties'] = {},
): void {
  const entries = Object.entries(properties)
  if (quality !== undefined) writeString(writer, 1, 'Quality')
  for (const [key] of entries) writeString(writer, 1, key)
  if (quality !== undefined)
    writeMessage(writer, 2, () => {
      writeUint(writer, 1, DATA_TYPES.Int32)
      writeUint(writer, 3, quality)
    })
  for (const [, { type, value }] of entries)
    writeMessage(writer, 2, () => {
      writeUint(writer, 1, DATA_TYPES[type])
      if (value === null) writeUint(writer, 2, 1)
      else writeScalar(writer, type, value, PROPERTY_FIELDS)
    })
}

/** Numbers of int, long, float, double, boolean and string in each message that holds a value. */
type Fields = readonly [int: number, long: number, float: number, double: number, boolean: number, string: number]
const METRIC_FIELDS: Fields = [10, 11, 12, 13, 14, 15]
const PROPERTY_FIELDS: Fields = [3, 4, 5, 6, 7, 8]
const CELL_FIELDS: Fields = [1, 2, 3, 4, 5, 6]

function writeScalar(writer: Writer, type: DataType, value: number | string | boolean, fields: Fields): void {
  switch (type) {
    case 'Int8':
    case 'Int16':
    case 'Int32':
    case 'UInt8':
    case 'UInt16':
      writeUint(writer, fields[0], Math.trunc(Number(value)) >>> 0)
      break
    case 'UInt32':
    case 'Int64':
    case 'UInt64':
    case 'DateTime':
      writeInt64(writer, fields[1], whole(Number(value)))
      break
    case 'Float':
      writeFloat(writer, fields[2], Number(value))
      break
    case 'Double':
      writeDouble(writer, fields[3], Number(value))
      break
    case 'Boolean':
      writeUint(writer, fields[4], value === true ? 1 : 0)
      break
    case 'String':
    case 'Text':
    case 'UUID':
      writeString(writer, fields[5], String(value))
      break
    case 'DataSet':
    case 'Bytes':
    case 'File':
    case 'Template':
    case 'PropertySet':
    case 'PropertySetList':
      throw new Error(`${type} is no scalar`)
  }
}

/** A value of an integer type that is none on its source is cut; what no integer is becomes 0. */
const whole = (value: number): number | bigint => {
  const integer = Number.isFinite(value) ? Math.trunc(value) : 0
  return Math.abs(integer) > Number.MAX_SAFE_INTEGER ? BigInt(integer) : integer
}

function writeTemplate(writer: Writer, template: Template, types: boolean): void {
  if (template.version !== undefined) writeString(writer, 1, template.version)
  for (const metric of template.metrics) writeMessage(writer, 2, () => writeMetric(writer, metric, types))
  for (const { name, type, value } of template.parameters)
    writeMessage(writer, 3, () => {
      writeString(writer, 1, name)
      writeUint(writer, 2, DATA_TYPES[type])
      if (value !== null) writeScalar(writer, type, value, PROPERTY_FIELDS)
    })
  // tck-id-payloads-template-definition-ref, -template-instance-ref: instances name their definition, definitions none.
  if (!template.isDefinition && template.templateRef !== undefined) writeString(writer, 4, template.templateRef)
  writeUint(writer, 5, template.isDefinition ? 1 : 0)
}

function writeDataSet(writer: Writer, { columns, types, rows }: DataSet): void {
  writeUint(writer, 1, columns.length)
  for (const column of columns) writeString(writer, 2, column)
  for (const type of types) writeUint(writer, 3, DATA_TYPES[type])
  for (const row of rows)
    writeMessage(writer, 4, () => {
      for (const [index, cell] of row.entries())
        writeMessage(writer, 1, () => {
          if (cell !== null) writeScalar(writer, types[index] ?? kindOf(cell), cell, CELL_FIELDS)
        })
    })
}
