/** From OPC UA's values, status and times to ours, pure. */
import type { Quality } from '@millwright/contract'
import { DataType, type DataValue, type Variant, VariantArrayType } from 'node-opcua'
import type { Sample } from '../source.ts'
import { fieldOf, type Plain, plainOf } from './plain-value.ts'

/** How a tag wants the value of its node. */
export interface ValueForm {
  readonly name: string
  /** A field of a structure or an element of an array. */
  readonly field?: readonly string[]
  /** Texts of an enumeration, for a tag that wants them. */
  readonly texts?: ReadonlyMap<number, string>
}

/** Severity in the top two bits (OPC 10000-4, 7.39.1): 00 good, 01 uncertain, else bad. */
export function qualityOf(statusCode: number): Quality {
  const severity = statusCode >>> 30
  return severity === 0 ? 'good' : severity === 1 ? 'uncertain' : 'bad'
}

/** The queue of the item ran over: values before this one were dropped (OPC 10000-4, 7.39.2: info type 01, overflow bit). */
export const hasOverflowed = (statusCode: number): boolean => (statusCode & 0x0480) === 0x0480

/** A structure whose type is not known yet. */
export function hasOpaque({ value }: DataValue): boolean {
  if (value?.dataType !== DataType.ExtensionObject) return false
  const first = value.arrayType === VariantArrayType.Scalar ? value.value : value.value?.[0]
  return first?.constructor?.name === 'OpaqueStructure'
}

/** Scalars as they are; arrays and structures as JSON text. */
export function plainValue(variant: Variant): Sample['value'] {
  const { value, arrayType } = variant
  if (arrayType === VariantArrayType.Scalar && (typeof value === 'number' || typeof value === 'boolean')) return value
  return asScalar(plainOf(variant))
}

const asScalar = (plain: Plain): Sample['value'] =>
  plain !== null && typeof plain === 'object' ? JSON.stringify(plain) : plain

function formed({ field, texts }: ValueForm, variant: Variant): Sample['value'] {
  if (field === undefined && texts === undefined) return plainValue(variant)
  const plain = field === undefined ? plainOf(variant) : fieldOf(plainOf(variant), field)
  const text = typeof plain === 'number' ? texts?.get(plain) : undefined
  return text ?? asScalar(plain)
}

export function toSample(form: ValueForm, data: DataValue): Sample {
  const code = data.statusCode.value
  const quality = qualityOf(code)
  const t = data.sourceTimestamp ?? data.serverTimestamp
  const sample = {
    name: form.name,
    quality,
    // What the server itself calls bad has no value to trust.
    value: quality === 'bad' ? null : formed(form, data.value),
    t: t?.getTime(),
  }
  return hasOverflowed(code) ? { ...sample, lost: true } : sample
}
