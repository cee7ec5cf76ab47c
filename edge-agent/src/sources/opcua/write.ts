/** Writes values in their nodes' own types and reads them back. */
import {
  AttributeIds,
  type ClientSession,
  DataType,
  type DataValue,
  resolveNodeId,
  StatusCodes,
  type Variant,
  VariantArrayType,
} from 'node-opcua'
import type { WriteAnswer } from '../source.ts'
import { plainValue } from './to-sample.ts'

/** A PLC takes a value over in its own scan: the read-back waits so long, ms. */
const READ_BACK_MS = [0, 100, 200, 400, 800]

export interface ToWrite {
  readonly nodeId: string
  readonly value: number | boolean | string
}

/** One Write service call for all (OPC 10000-4, 5.11.4), each with an answer of its own, in the order given. */
export async function writeNodes(
  session: ClientSession,
  wanted: readonly ToWrite[],
  sleep: (ms: number) => Promise<void>,
): Promise<WriteAnswer[]> {
  if (wanted.length === 0) return []
  const before = await readAll(session, wanted)
  const typed = await Promise.all(
    wanted.map(({ nodeId, value }, index) => typedFor(session, nodeId, value, before[index]!)),
  )
  const written = typed.flatMap((given, index) => ('refused' in given ? [] : [{ index, given, ...wanted[index]! }]))
  const statuses =
    written.length === 0
      ? []
      : await session.write(
          // Value only: most servers refuse a status or a time with it.
          written.map(({ nodeId, given: { dataType, value } }) => ({
            nodeId,
            attributeId: AttributeIds.Value,
            value: { value: { dataType, arrayType: VariantArrayType.Scalar, value } },
          })),
        )
  const answers = typed.map(
    (given): WriteAnswer => ({ kind: 'refused', detail: 'refused' in given ? given.refused : '' }),
  )
  for (const [at, { index }] of written.entries())
    answers[index] = { kind: 'refused', detail: statuses[at]?.name ?? 'no answer' }
  await readBack(
    session,
    written.filter((_, at) => statuses[at]?.isGood() === true),
    answers,
    sleep,
  )
  return answers
}

const readAll = (session: ClientSession, wanted: readonly ToWrite[]): Promise<DataValue[]> =>
  session.read(wanted.map(({ nodeId }) => ({ nodeId, attributeId: AttributeIds.Value })))

type Typed = { readonly dataType: DataType; readonly value: unknown } | { readonly refused: string }

/** The value in the type that the node holds, or that its declaration names where it holds nothing yet. */
async function typedFor(
  session: ClientSession,
  nodeId: string,
  value: ToWrite['value'],
  before: DataValue,
): Promise<Typed> {
  if (before.statusCode.equals(StatusCodes.BadNodeIdUnknown)) return { refused: 'BadNodeIdUnknown' }
  const held = before.value?.dataType ?? DataType.Null
  if (held !== DataType.Null && before.value.arrayType !== VariantArrayType.Scalar)
    return { refused: 'the node holds an array' }
  const dataType = held === DataType.Null ? await session.getBuiltInDataType(resolveNodeId(nodeId)) : held
  const typed = inType(dataType, value)
  return typed === undefined ? { refused: `${value} is no ${DataType[dataType]}` } : { dataType, value: typed }
}

/** Reads what was written until the device shows it, or for as long as a scan may take; what it shows then is the answer. */
async function readBack(
  session: ClientSession,
  written: readonly (ToWrite & { readonly index: number })[],
  answers: WriteAnswer[],
  sleep: (ms: number) => Promise<void>,
): Promise<void> {
  let open = written
  for (const delay of READ_BACK_MS) {
    if (open.length === 0) return
    await sleep(delay)
    const after = await readAll(session, open)
    const shown = open.map(({ index }, at) => {
      const value = plainValue(after[at]!.value as Variant) ?? ''
      answers[index] = { kind: 'written', readBack: value }
      return value
    })
    open = open.filter(({ value }, at) => !sameValue(shown[at], value))
  }
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
