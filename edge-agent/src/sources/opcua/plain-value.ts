/** OPC UA's built-in types (OPC 10000-6, 5.1.2) as plain JavaScript, pure. Decided in docs/adr/0041. */
import { DataType, StatusCode, Variant, VariantArrayType } from 'node-opcua'

export type Plain = number | boolean | string | null | readonly Plain[] | { readonly [field: string]: Plain }

/** Arrays and structures as they are built; 64-bit integers as numbers, times as ISO text, bytes as hex. */
export function plainOf({ dataType, arrayType, value, dimensions }: Variant): Plain {
  if (value === null || value === undefined || dataType === DataType.Null) return null
  if (arrayType === VariantArrayType.Scalar) return scalar(dataType, value)
  const flat = Array.from(value as ArrayLike<unknown>, each => scalar(dataType, each))
  return arrayType === VariantArrayType.Matrix && dimensions ? shaped(flat, dimensions) : flat
}

/** Row after row, as the dimensions say (OPC 10000-6, 5.2.2.16). */
function shaped(flat: readonly Plain[], dimensions: readonly number[]): readonly Plain[] {
  const [rows = 0, ...rest] = dimensions
  if (rest.length === 0) return flat
  const size = rest.reduce((product, each) => product * each, 1)
  return Array.from({ length: rows }, (_, row) => shaped(flat.slice(row * size, (row + 1) * size), rest))
}

function scalar(dataType: DataType, value: unknown): Plain {
  if (dataType === DataType.Int64 || dataType === DataType.UInt64) return wide(dataType, value)
  return anything(value)
}

/** 64-bit integers come as [high, low]; beyond 2^53 the nearest number. */
function wide(dataType: DataType, value: unknown): Plain {
  if (!Array.isArray(value)) return Number(value)
  const [high = 0, low = 0] = value as number[]
  return (dataType === DataType.Int64 ? high | 0 : high >>> 0) * 2 ** 32 + (low >>> 0)
}

function anything(value: unknown): Plain {
  if (value === null || value === undefined) return null
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Date) return value.toISOString()
  if (Buffer.isBuffer(value)) return value.toString('hex')
  if (value instanceof Variant) return plainOf(value)
  if (value instanceof StatusCode) return value.name
  if (Array.isArray(value) || ArrayBuffer.isView(value))
    return Array.from(value as unknown as ArrayLike<unknown>, anything)
  return object(value as object)
}

interface Field {
  readonly name: string
  readonly fieldType: string
  readonly isArray?: boolean
}
interface Described {
  readonly schema?: { readonly _possibleFields?: readonly string[]; readonly fields?: readonly Field[] }
}

function object(value: object): Plain {
  const { schema } = value as Described
  const name = value.constructor?.name
  if (name === 'LocalizedText' || name === 'QualifiedName') {
    const { text, name: own } = value as { text?: string | null; name?: string | null }
    return text ?? own ?? null
  }
  if (schema === undefined) return named(value)
  const names = Object.keys(value).filter(key => typeof (value as Record<string, unknown>)[key] !== 'function')
  const wideFields = new Map((schema.fields ?? []).map(field => [lowerFirst(field.name), field]))
  return Object.fromEntries(
    names.map(key => {
      const content = (value as Record<string, unknown>)[key]
      const field = wideFields.get(key)
      return [key, field && /^U?Int64$/.test(field.fieldType) ? wideField(field, content) : anything(content)]
    }),
  )
}

const wideField = ({ fieldType, isArray }: Field, content: unknown): Plain => {
  const dataType = fieldType === 'Int64' ? DataType.Int64 : DataType.UInt64
  return isArray === true && Array.isArray(content)
    ? content.map(each => wide(dataType, each))
    : wide(dataType, content)
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)

/** NodeIds and other things that name themselves; a plain object as it is. */
function named(value: object): Plain {
  if (Object.getPrototypeOf(value) === Object.prototype)
    return Object.fromEntries(Object.entries(value).map(([key, content]) => [key, anything(content)]))
  return String(value)
}

/** What a path `position/x` or `2` points to; null where there is nothing. */
export function fieldOf(value: Plain, path: readonly string[]): Plain {
  let at: Plain = value
  for (const step of path) {
    if (at === null || typeof at !== 'object') return null
    at = (at as Record<string, Plain>)[step] ?? null
  }
  return at
}
