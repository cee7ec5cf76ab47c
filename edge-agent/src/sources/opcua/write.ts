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
  if (held !== DataType.Null && before.value.arrayType !== VariantArrayType.Scalar)
    return { kind: 'refused', detail: 'the node holds an array' }
  const dataType = held === DataType.Null ? await session.getBuiltInDataType(resolveNodeId(nodeId)) : held
  const typed = inType(dataType, value)
  if (typed === undefined) return { kind: 'refused', detail: `${value} is no ${DataType[dataType]}` }
  // Value only: most servers refuse a status or a time with it.
  const statusCode = await session.write({
    nodeId,
    attributeId: AttributeIds.Value,
    value: { value: { dataType, arrayType: VariantArrayType.Scalar, value: typed } },
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

const WHOLE: Readonly<Partial<Record<DataType, readonly [number, number]>>> = {
  [DataType.SByte]: [-128, 127],
  [DataType.Byte]: [0, 255],
  [DataType.Int16]: [-(2 ** 15), 2 ** 15 - 1],
  [DataType.UInt16]: [0, 2 ** 16 - 1],
  [DataType.Int32]: [-(2 ** 31), 2 ** 31 - 1],
  [DataType.UInt32]: [0, 2 ** 32 - 1],
  [DataType.Int64]: [-(2 ** 53), 2 ** 53],
  [DataType.UInt64]: [0, 2 ** 53],
}
/** Arithmetic of a tag's scale leaves so much on a whole number. */
const NEARLY_WHOLE = 1e-6

/** The value in the node's type; undefined where it does not fit: nothing is cut or wrapped on its way to a machine. */
function inType(dataType: DataType, value: number | boolean | string): unknown {
  switch (dataType) {
    case DataType.Boolean:
      return typeof value === 'boolean' ? value : value === 0 || value === 1 ? value === 1 : undefined
    case DataType.String:
      return String(value)
    case DataType.Float:
    case DataType.Double: {
      const number = Number(value)
      const fits =
        typeof value !== 'string' && Number.isFinite(dataType === DataType.Float ? Math.fround(number) : number)
      return fits ? number : undefined
    }
    default: {
      const range = WHOLE[dataType]
      if (range === undefined || typeof value === 'string') return undefined
      const whole = Math.round(Number(value))
      if (!(whole >= range[0] && whole <= range[1]) || Math.abs(whole - Number(value)) > NEARLY_WHOLE) return undefined
      return dataType === DataType.Int64 || dataType === DataType.UInt64 ? wide(BigInt(whole)) : whole
    }
  }
}

const wide = (whole: bigint): [number, number] => [Number((whole >> 32n) & 0xffff_ffffn), Number(whole & 0xffff_ffffn)]
