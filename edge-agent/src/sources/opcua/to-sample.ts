/** From OPC UA's values, status and times to ours, pure. */
import type { Quality } from '@millwright/contract'
import { DataType, type DataValue, type Variant, VariantArrayType } from 'node-opcua'
import type { Sample } from '../source.ts'

/** Severity in the top two bits (OPC 10000-4, 7.39.1): 00 good, 01 uncertain, else bad. */
export function qualityOf(statusCode: number): Quality {
  const severity = statusCode >>> 30
  return severity === 0 ? 'good' : severity === 1 ? 'uncertain' : 'bad'
}

const WIDE = new Set([DataType.Int64, DataType.UInt64])

/** Scalars as they are, 64-bit as number, times as ISO text; arrays and structures as JSON text. */
export function plainValue(variant: Variant): Sample['value'] {
  const { dataType, arrayType, value } = variant
  if (value === null || value === undefined || dataType === DataType.Null) return null
  if (arrayType !== VariantArrayType.Scalar) return JSON.stringify(Array.from(value as ArrayLike<unknown>))
  if (WIDE.has(dataType)) return wide(dataType, value as [number, number])
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') return value
  if (value instanceof Date) return value.toISOString()
  if (Buffer.isBuffer(value)) return value.toString('hex')
  if (dataType === DataType.LocalizedText || dataType === DataType.QualifiedName)
    return String(value.text ?? value.name ?? '')
  return typeof value.toJSON === 'function' ? JSON.stringify(value) : String(value)
}

const wide = (dataType: DataType, [high, low]: readonly [number, number]): number =>
  (dataType === DataType.Int64 ? high | 0 : high >>> 0) * 2 ** 32 + (low >>> 0)

export function toSample(name: string, data: DataValue): Sample {
  const quality = qualityOf(data.statusCode.value)
  const t = data.sourceTimestamp ?? data.serverTimestamp
  return {
    name,
    quality,
    // What the server itself calls bad has no value to trust.
    value: quality === 'bad' ? null : plainValue(data.value),
    t: t?.getTime(),
  }
}
