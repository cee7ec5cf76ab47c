/** Writes a value in the node's own type and reads it back. */
import {
  AttributeIds,
  type ClientSession,
  DataType,
  resolveNodeId,
  StatusCodes,
  type Variant,
  VariantArrayType,
} from 'node-opcua'
import type { WriteAnswer } from '../source.ts'
import { plainValue } from './to-sample.ts'

/** A PLC takes a value over in its own scan: the read-back waits so long, ms. */
const READ_BACK_MS = [0, 100, 200, 400, 800]

export async function writeNode(
  session: ClientSession,
  nodeId: string,
  value: number | boolean | string,
  sleep: (ms: number) => Promise<void>,
): Promise<WriteAnswer> {
  const before = await session.read({ nodeId, attributeId: AttributeIds.Value })
  if (before.statusCode.equals(StatusCodes.BadNodeIdUnknown)) return { kind: 'refused', detail: 'BadNodeIdUnknown' }
  const held = before.value?.dataType ?? DataType.Null
  const dataType = held === DataType.Null ? await session.getBuiltInDataType(resolveNodeId(nodeId)) : held
  // Value only: most servers refuse a status or a time with it.
  const statusCode = await session.write({
    nodeId,
    attributeId: AttributeIds.Value,
    value: { value: { dataType, arrayType: VariantArrayType.Scalar, value: inType(dataType, value) } },
  })
  if (statusCode.isNotGood()) return { kind: 'refused', detail: statusCode.name }
  let readBack: number | boolean | string = ''
  for (const delay of READ_BACK_MS) {
    await sleep(delay)
    const after = await session.read({ nodeId, attributeId: AttributeIds.Value })
    readBack = plainValue(after.value as Variant) ?? ''
    if (sameValue(readBack, value)) break
  }
  return { kind: 'written', readBack }
}

/** Equal within the precision of a 32-bit float. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number')
    return Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a), Math.abs(b))
  return a === b
}

function inType(dataType: DataType, value: number | boolean | string): unknown {
  switch (dataType) {
    case DataType.Boolean:
      return Boolean(value)
    case DataType.String:
      return String(value)
    case DataType.Float:
    case DataType.Double:
      return Number(value)
    case DataType.Int64:
    case DataType.UInt64: {
      const whole = BigInt(Math.round(Number(value)))
      return [Number((whole >> 32n) & 0xffff_ffffn), Number(whole & 0xffff_ffffn)]
    }
    default:
      return Math.round(Number(value))
  }
}
