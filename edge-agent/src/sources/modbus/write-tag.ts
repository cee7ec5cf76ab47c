/** Writes one address and reads it back. A write is never repeated by itself: without an answer its outcome is unknown. */
import type { WriteAnswer } from '../source.ts'
import { type ModbusAddress, widthOf } from './address.ts'
import { decodeRegisters, encodeRegisters } from './decode.ts'
import type { Answer } from './line.ts'
import { exceptionText, type ModbusRequest } from './pdu.ts'

export type Ask = (request: ModbusRequest) => Promise<Answer>

export async function writeTag(
  address: ModbusAddress,
  value: number | boolean | string,
  writeWith: 'single' | 'multiple',
  ask: Ask,
): Promise<WriteAnswer> {
  const { table, number, encoding } = address
  if (table === 'input' || table === 'discrete') return { kind: 'refused', detail: `a ${table} cannot be written` }
  const read: ModbusRequest = { kind: 'read', table, from: number, count: widthOf(address) }
  let current: readonly number[] = []
  if (typeof encoding === 'object' && 'bit' in encoding) {
    const now = await ask(read)
    if (now.kind !== 'registers') return noAnswer(now)
    current = now.values
  }
  const request = requestFor(address, value, writeWith, current)
  if (request === undefined) return { kind: 'refused', detail: `${value} does not fit the register` }
  const written = await ask(request)
  if (written.kind !== 'written') return noAnswer(written)
  const back = await ask(read)
  if (back.kind === 'bits') return { kind: 'written', readBack: back.values[0] === true }
  if (back.kind !== 'registers') return noAnswer(back)
  return { kind: 'written', readBack: decodeRegisters(address, back.values) ?? '' }
}

function requestFor(
  address: ModbusAddress,
  value: number | boolean | string,
  writeWith: 'single' | 'multiple',
  current: readonly number[],
): ModbusRequest | undefined {
  const at = address.number
  const single = writeWith === 'single'
  if (address.table === 'coil') {
    const on = Boolean(value)
    return single ? { kind: 'write_coil', at, value: on } : { kind: 'write_coils', at, values: [on] }
  }
  const values = encodeRegisters(address, value, current)
  if (values === undefined) return undefined
  const [first] = values
  return single && values.length === 1 && first !== undefined
    ? { kind: 'write_register', at, value: first }
    : { kind: 'write_registers', at, values }
}

export function noAnswer(answer: Answer): WriteAnswer {
  switch (answer.kind) {
    case 'exception':
      return { kind: 'refused', detail: exceptionText(answer.code) }
    case 'silent':
      return { kind: 'failed', detail: 'no answer' }
    case 'garbled':
    case 'down':
      return { kind: 'failed', detail: answer.detail }
    case 'registers':
    case 'bits':
    case 'written':
      return { kind: 'failed', detail: 'an answer to another request' }
  }
}
