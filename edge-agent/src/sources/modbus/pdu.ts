/** Protocol data units of the Modbus Application Protocol 1.1b3, pure: requests out, replies in, nothing trusted. */
import type { Table } from './address.ts'

export type ModbusRequest =
  /** Function codes 1 to 4. */
  | { readonly kind: 'read'; readonly table: Table; readonly from: number; readonly count: number }
  /** 5. */
  | { readonly kind: 'write_coil'; readonly at: number; readonly value: boolean }
  /** 6. */
  | { readonly kind: 'write_register'; readonly at: number; readonly value: number }
  /** 15. */
  | { readonly kind: 'write_coils'; readonly at: number; readonly values: readonly boolean[] }
  /** 16. */
  | { readonly kind: 'write_registers'; readonly at: number; readonly values: readonly number[] }

export type Reply =
  | { readonly kind: 'registers'; readonly values: readonly number[] }
  | { readonly kind: 'bits'; readonly values: readonly boolean[] }
  | { readonly kind: 'written' }
  /** The device answered, and said no (section 7). */
  | { readonly kind: 'exception'; readonly code: number }
  /** An answer to this request that does not fit it. */
  | { readonly kind: 'garbled'; readonly detail: string }

const READ_CODES = { coil: 1, discrete: 2, holding: 3, input: 4 } as const satisfies Record<Table, number>

export function functionCodeOf(request: ModbusRequest): number {
  switch (request.kind) {
    case 'read':
      return READ_CODES[request.table]
    case 'write_coil':
      return 5
    case 'write_register':
      return 6
    case 'write_coils':
      return 15
    case 'write_registers':
      return 16
  }
}

const isBits = (table: Table): boolean => table === 'coil' || table === 'discrete'

/** Data bytes of the reply to a read. */
const bytesOfRead = ({ table, count }: { readonly table: Table; readonly count: number }): number =>
  isBits(table) ? Math.ceil(count / 8) : count * 2

export function encodePdu(request: ModbusRequest): Uint8Array {
  const code = functionCodeOf(request)
  switch (request.kind) {
    case 'read':
      return Uint8Array.of(code, ...word(request.from), ...word(request.count))
    case 'write_coil':
      return Uint8Array.of(code, ...word(request.at), ...word(request.value ? 0xff00 : 0))
    case 'write_register':
      return Uint8Array.of(code, ...word(request.at), ...word(request.value))
    case 'write_coils': {
      const { at, values } = request
      const bytes = new Uint8Array(Math.ceil(values.length / 8))
      for (const [index, value] of values.entries()) if (value) bytes[index >> 3]! |= 1 << (index & 7)
      return Uint8Array.of(code, ...word(at), ...word(values.length), bytes.length, ...bytes)
    }
    case 'write_registers': {
      const { at, values } = request
      return Uint8Array.of(code, ...word(at), ...word(values.length), values.length * 2, ...values.flatMap(word))
    }
  }
}

const word = (value: number): [number, number] => [(value >> 8) & 0xff, value & 0xff]

/** Length of the reply that begins with these bytes; undefined: too few bytes to say, or not a reply to this request. */
export function replyLength(request: ModbusRequest, code: number, second: number | undefined): number | undefined {
  const own = functionCodeOf(request)
  if (code === (own | 0x80)) return 2
  if (code !== own) return undefined
  if (request.kind !== 'read') return 5
  return second === undefined ? undefined : 2 + second
}

/** What a reply says; every deviation from the request is named, nothing is guessed. */
export function decodePdu(request: ModbusRequest, pdu: Uint8Array): Reply {
  const garbled = (detail: string): Reply => ({ kind: 'garbled', detail })
  const own = functionCodeOf(request)
  const [code, second] = pdu
  if (code === (own | 0x80))
    return pdu.length === 2 ? { kind: 'exception', code: second! } : garbled(`an exception of ${pdu.length} bytes`)
  if (code !== own) return garbled(`function ${code} for ${own}`)
  if (request.kind !== 'read') {
    const asked = encodePdu(request)
    return pdu.length === 5 && pdu.every((byte, index) => byte === asked[index])
      ? { kind: 'written' }
      : garbled('the confirmation names another write')
  }
  const bytes = bytesOfRead(request)
  if (second !== bytes || pdu.length !== 2 + bytes)
    return garbled(`${Math.max(0, pdu.length - 2)} data bytes for ${bytes}`)
  if (isBits(request.table)) {
    const values = Array.from({ length: request.count }, (_, i) => ((pdu[2 + (i >> 3)]! >> (i & 7)) & 1) === 1)
    return { kind: 'bits', values }
  }
  const values = Array.from({ length: request.count }, (_, i) => (pdu[2 + 2 * i]! << 8) | pdu[3 + 2 * i]!)
  return { kind: 'registers', values }
}

/** Exceptions of section 7, in words for the log. */
const EXCEPTIONS: Readonly<Record<number, string>> = {
  1: 'illegal function',
  2: 'illegal data address',
  3: 'illegal data value',
  4: 'device failure',
  5: 'acknowledge, not yet done',
  6: 'device busy',
  8: 'memory parity error',
  10: 'gateway path unavailable',
  11: 'gateway: the unit does not respond',
}
export const exceptionText = (code: number): string => `exception ${code}: ${EXCEPTIONS[code] ?? 'unknown'}`

/** A gateway's word that the unit behind it is silent. */
export const isGatewaySilence = (code: number): boolean => code === 10 || code === 11
/** The device does not have this address, value or function: asking again as it stands is of no use. */
export const isAddressFault = (code: number): boolean => code >= 1 && code <= 3
/** The device asks for patience. */
export const isBusy = (code: number): boolean => code === 5 || code === 6
