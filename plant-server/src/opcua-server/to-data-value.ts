/** A live value in OPC UA's words: variant, status, source time. Pure. */
import type { LiveValue, TagDefinition } from '@millwright/contract'
import { coerceInt64, DataType, DataValue, type StatusCode, StatusCodes, Variant, VariantArrayType } from 'node-opcua'

export const dataTypeOf = (type: TagDefinition['type']): DataType => {
  switch (type) {
    case 'float':
      return DataType.Double
    case 'int':
      return DataType.Int64
    case 'boolean':
      return DataType.Boolean
    case 'string':
      return DataType.String
  }
}

/** Part 8, 6.3.4: a value that may be old is uncertain with the code that says so. */
export function statusOf({ quality, stale, value }: LiveValue): StatusCode {
  if (quality === 'bad' || value === null) return StatusCodes.Bad
  if (stale) return StatusCodes.UncertainLastUsableValue
  return quality === 'uncertain' ? StatusCodes.Uncertain : StatusCodes.Good
}

/** Undefined where the value is not of the tag's type. */
function variantOf(type: TagDefinition['type'], value: LiveValue['value']): Variant | undefined {
  const scalar = { dataType: dataTypeOf(type), arrayType: VariantArrayType.Scalar }
  if (value === null) return new Variant({ dataType: DataType.Null })
  switch (type) {
    case 'float':
      return typeof value === 'number' ? new Variant({ ...scalar, value }) : undefined
    case 'int':
      return Number.isSafeInteger(value) ? new Variant({ ...scalar, value: coerceInt64(Number(value)) }) : undefined
    case 'boolean':
      return typeof value === 'boolean' ? new Variant({ ...scalar, value }) : undefined
    case 'string':
      return typeof value === 'string' ? new Variant({ ...scalar, value }) : undefined
  }
}

/** A tag that nothing is known of waits for its first value. */
export function dataValueOf(
  { type }: Pick<TagDefinition, 'type'>,
  live: LiveValue | undefined,
  now: number,
): DataValue {
  if (live === undefined)
    return new DataValue({ statusCode: StatusCodes.BadWaitingForInitialData, serverTimestamp: new Date(now) })
  const value = variantOf(type, live.value)
  if (value === undefined)
    return new DataValue({ statusCode: StatusCodes.BadTypeMismatch, serverTimestamp: new Date(now) })
  return new DataValue({
    value,
    statusCode: statusOf(live),
    sourceTimestamp: new Date(live.t),
    serverTimestamp: new Date(now),
  })
}
