/** Registers to values and back, pure: every width, sign, word and byte order, bits, strings. */
import type { ModbusAddress, WordOrder } from './address.ts'
import { widthOf } from './address.ts'

/** Bytes in big-endian order of the value, whatever order the device uses. */
function toBytes(registers: readonly number[], order: WordOrder): DataView {
  const words = order === 'cdab' || order === 'dcba' ? registers.toReversed() : registers
  const swap = order === 'badc' || order === 'dcba'
  const view = new DataView(new ArrayBuffer(words.length * 2))
  for (const [index, word] of words.entries()) view.setUint16(index * 2, word & 0xffff, swap)
  return view
}

function fromBytes(view: DataView, order: WordOrder): number[] {
  const swap = order === 'badc' || order === 'dcba'
  const words = Array.from({ length: view.byteLength / 2 }, (_, index) => view.getUint16(index * 2, swap))
  return order === 'cdab' || order === 'dcba' ? words.reverse() : words
}

/** The value of the registers an address covers; `null` for a float that is not a number. 64-bit integers as number. */
export function decodeRegisters(
  address: ModbusAddress,
  registers: readonly number[],
): number | boolean | string | null {
  const { encoding, order } = address
  if (typeof encoding === 'object' && 'bytes' in encoding) {
    // Text has no words to swap, only the two characters of a register.
    const swap = order === 'badc' || order === 'dcba'
    const bytes = registers.flatMap(word => (swap ? [word & 0xff, word >> 8] : [word >> 8, word & 0xff]))
    const text = new TextDecoder('utf-8').decode(Uint8Array.from(bytes.slice(0, encoding.bytes)))
    const end = text.indexOf('\0')
    return (end < 0 ? text : text.slice(0, end)).trimEnd()
  }
  const view = toBytes(registers, order)
  if (typeof encoding === 'object') return ((view.getUint16(0) >> encoding.bit) & 1) === 1
  const value = (() => {
    switch (encoding) {
      case 'uint16':
        return view.getUint16(0)
      case 'int16':
        return view.getInt16(0)
      case 'uint32':
        return view.getUint32(0)
      case 'int32':
        return view.getInt32(0)
      case 'float32':
        return view.getFloat32(0)
      case 'float64':
        return view.getFloat64(0)
      case 'uint64':
        return Number(view.getBigUint64(0))
      case 'int64':
        return Number(view.getBigInt64(0))
      case 'bcd16':
        return fromBcd(view.getUint16(0))
      case 'bcd32':
        return fromBcd(view.getUint32(0))
      case 'boolean':
        return view.getUint16(0)
    }
  })()
  if (encoding === 'boolean') return value !== 0
  return Number.isFinite(value) ? value : null
}

/** NaN where a half byte is no decimal digit. */
const fromBcd = (word: number): number => {
  const digits = word.toString(16)
  return /^\d+$/.test(digits) ? Number(digits) : Number.NaN
}

const INTEGER_RANGE = {
  uint16: [0n, 0xffffn],
  int16: [-0x8000n, 0x7fffn],
  uint32: [0n, 0xffff_ffffn],
  int32: [-0x8000_0000n, 0x7fff_ffffn],
  uint64: [0n, 0xffff_ffff_ffff_ffffn],
  int64: [-0x8000_0000_0000_0000n, 0x7fff_ffff_ffff_ffffn],
} as const

/**
 * Registers for a value; undefined where the value does not fit. `current` is what a bit's register holds now: its other
 * bits stay.
 */
export function encodeRegisters(
  address: ModbusAddress,
  value: number | boolean | string,
  current: readonly number[] = [],
): number[] | undefined {
  const { encoding, order } = address
  const view = new DataView(new ArrayBuffer(widthOf(address) * 2))
  if (typeof encoding === 'object') {
    if ('bytes' in encoding) return encodeText(String(value), encoding.bytes, order)
    const held = toBytes([current[0] ?? 0], order).getUint16(0)
    view.setUint16(0, value ? held | (1 << encoding.bit) : held & ~(1 << encoding.bit))
    return fromBytes(view, order)
  }
  const number = Number(value)
  if (encoding === 'boolean' || !Number.isFinite(number)) return undefined
  if (encoding === 'bcd16' || encoding === 'bcd32') {
    const digits = String(Math.round(number))
    if (!/^\d+$/.test(digits) || digits.length > view.byteLength * 2) return undefined
    if (encoding === 'bcd16') view.setUint16(0, Number.parseInt(digits, 16))
    else view.setUint32(0, Number.parseInt(digits, 16))
  } else if (encoding === 'float32') view.setFloat32(0, number)
  else if (encoding === 'float64') view.setFloat64(0, number)
  else {
    const whole = BigInt(Math.round(number))
    const [low, high] = INTEGER_RANGE[encoding]
    if (whole < low || whole > high) return undefined
    if (view.byteLength === 2) view.setUint16(0, Number(BigInt.asUintN(16, whole)))
    else if (view.byteLength === 4) view.setUint32(0, Number(BigInt.asUintN(32, whole)))
    else view.setBigUint64(0, BigInt.asUintN(64, whole))
  }
  return fromBytes(view, order)
}

function encodeText(text: string, bytes: number, order: WordOrder): number[] | undefined {
  const encoded = new TextEncoder().encode(text)
  if (encoded.length > bytes) return undefined
  const padded = new Uint8Array(Math.ceil(bytes / 2) * 2)
  padded.set(encoded)
  const swap = order === 'badc' || order === 'dcba'
  return Array.from({ length: padded.length / 2 }, (_, index) => {
    const [a, b] = [padded[index * 2]!, padded[index * 2 + 1]!]
    return swap ? (b << 8) | a : (a << 8) | b
  })
}
