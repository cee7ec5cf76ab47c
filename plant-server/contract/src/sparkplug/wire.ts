/**
 * Protocol Buffers on the wire (proto2), as much as Sparkplug B needs: varints, fixed 32 and 64, length-delimited.
 * 64-bit integers come as numbers where they are exact, else as bigint. Written for speed: every value of a plant passes here.
 */

const utf8 = new TextDecoder('utf-8', { fatal: false })
const toUtf8 = new TextEncoder()

/** Bytes that are no message. */
export class WireError extends Error {}

export interface Reader {
  readonly bytes: Uint8Array
  readonly view: DataView
  at: number
  readonly end: number
}

export const readerOf = (bytes: Uint8Array): Reader => ({
  bytes,
  view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  at: 0,
  end: bytes.byteLength,
})

/** The message inside a length-delimited field; the outer reader goes on behind it. */
export function inner(reader: Reader): Reader {
  const length = uint32(reader)
  const start = reader.at
  if (start + length > reader.end) throw new WireError('a field ends beyond its message')
  reader.at = start + length
  return { bytes: reader.bytes, view: reader.view, at: start, end: start + length }
}

let low = 0
let high = 0
/** Reads a varint of up to ten bytes into `low` and `high`, 32 bits each. */
function varint(reader: Reader): void {
  const { bytes, end } = reader
  let { at } = reader
  let value = 0
  let byte = 0x80
  for (let shift = 0; shift < 28 && byte >= 0x80; shift += 7) {
    if (at >= end) throw new WireError('a number ends beyond its message')
    byte = bytes[at]!
    at += 1
    value |= (byte & 0x7f) << shift
  }
  let above = 0
  if (byte >= 0x80) {
    if (at >= end) throw new WireError('a number ends beyond its message')
    byte = bytes[at]!
    at += 1
    value |= (byte & 0x7f) << 28
    above = (byte & 0x7f) >> 4
    for (let shift = 3; shift < 38 && byte >= 0x80; shift += 7) {
      if (at >= end) throw new WireError('a number ends beyond its message')
      byte = bytes[at]!
      at += 1
      if (shift < 32) above |= (byte & 0x7f) << shift
    }
    if (byte >= 0x80) throw new WireError('a number is longer than ten bytes')
  }
  reader.at = at
  low = value >>> 0
  high = above >>> 0
}

export function uint32(reader: Reader): number {
  const byte = reader.bytes[reader.at]
  if (byte !== undefined && byte < 0x80 && reader.at < reader.end) {
    reader.at += 1
    return byte
  }
  varint(reader)
  return low
}

const TWO_32 = 4_294_967_296
/** Unsigned; bigint above 2^53. */
export function uint64(reader: Reader): number | bigint {
  varint(reader)
  return high < 0x20_0000 ? high * TWO_32 + low : (BigInt(high) << 32n) | BigInt(low)
}
/** Two's complement; rounded to the nearest double beyond 2^53. */
export function int64(reader: Reader): number {
  varint(reader)
  return high < 0x8000_0000 ? high * TWO_32 + low : -((~high >>> 0) * TWO_32 + (~low >>> 0) + 1)
}
export function bool(reader: Reader): boolean {
  varint(reader)
  return low !== 0 || high !== 0
}
export function float(reader: Reader): number {
  if (reader.at + 4 > reader.end) throw new WireError('a float ends beyond its message')
  const value = reader.view.getFloat32(reader.at, true)
  reader.at += 4
  return value
}
export function double(reader: Reader): number {
  if (reader.at + 8 > reader.end) throw new WireError('a double ends beyond its message')
  const value = reader.view.getFloat64(reader.at, true)
  reader.at += 8
  return value
}
export function bytes(reader: Reader): Uint8Array {
  const part = inner(reader)
  return part.bytes.slice(part.at, part.end)
}
export function string(reader: Reader): string {
  const part = inner(reader)
  const { bytes, end } = part
  // Short and ASCII, as names mostly are: a loop is faster than the decoder.
  if (end - part.at < 40) {
    let text = ''
    for (let at = part.at; ; at += 1) {
      if (at === end) return text
      const byte = bytes[at]!
      if (byte >= 0x80) break
      text += String.fromCharCode(byte)
    }
  }
  return utf8.decode(bytes.subarray(part.at, end))
}

/** Passes over a field of a number we do not know. */
export function skip(reader: Reader, wireType: number): void {
  switch (wireType) {
    case 0:
      varint(reader)
      return
    case 1:
      reader.at += 8
      break
    case 2:
      inner(reader)
      return
    case 5:
      reader.at += 4
      break
    default:
      throw new WireError(`wire type ${wireType}`)
  }
  if (reader.at > reader.end) throw new WireError('a field ends beyond its message')
}

/** A field's number must come with its wire type: anything else is not this message. */
export function expectType(field: number, wireType: number, wanted: number): void {
  if (wireType !== wanted) throw new WireError(`field ${field} has wire type ${wireType}`)
}

export interface Writer {
  bytes: Uint8Array
  view: DataView
  at: number
}

export function writerOf(size: number): Writer {
  const bytes = new Uint8Array(size)
  return { bytes, view: new DataView(bytes.buffer), at: 0 }
}

function room(writer: Writer, more: number): void {
  if (writer.at + more <= writer.bytes.length) return
  const grown = writerOf(Math.max(writer.bytes.length * 2, writer.at + more))
  grown.bytes.set(writer.bytes)
  writer.bytes = grown.bytes
  writer.view = grown.view
}

function putVarint(writer: Writer, value: number): void {
  let rest = value
  while (rest >= 0x80) {
    writer.bytes[writer.at] = (rest % 0x80) | 0x80
    writer.at += 1
    rest = Math.floor(rest / 0x80)
  }
  writer.bytes[writer.at] = rest
  writer.at += 1
}

export function writeUint(writer: Writer, field: number, value: number): void {
  room(writer, 13)
  putVarint(writer, field << 3)
  putVarint(writer, value)
}
/** Two's complement in ten bytes where negative, as the standard's int64 and uint64 are written. */
export function writeInt64(writer: Writer, field: number, value: number | bigint): void {
  if (typeof value === 'number' && value >= 0) {
    writeUint(writer, field, value)
    return
  }
  room(writer, 13)
  putVarint(writer, field << 3)
  let rest = BigInt.asUintN(64, BigInt(value))
  while (rest >= 0x80n) {
    writer.bytes[writer.at] = Number(rest & 0x7fn) | 0x80
    writer.at += 1
    rest >>= 7n
  }
  writer.bytes[writer.at] = Number(rest)
  writer.at += 1
}
export function writeFloat(writer: Writer, field: number, value: number): void {
  room(writer, 8)
  putVarint(writer, (field << 3) | 5)
  writer.view.setFloat32(writer.at, value, true)
  writer.at += 4
}
export function writeDouble(writer: Writer, field: number, value: number): void {
  room(writer, 12)
  putVarint(writer, (field << 3) | 1)
  writer.view.setFloat64(writer.at, value, true)
  writer.at += 8
}
export function writeBytes(writer: Writer, field: number, value: Uint8Array): void {
  room(writer, value.length + 10)
  putVarint(writer, (field << 3) | 2)
  putVarint(writer, value.length)
  writer.bytes.set(value, writer.at)
  writer.at += value.length
}
export function writeString(writer: Writer, field: number, value: string): void {
  writeMessage(writer, field, () => {
    room(writer, value.length * 3)
    writer.at += toUtf8.encodeInto(value, writer.bytes.subarray(writer.at)).written
  })
}
/** A length-delimited message whose length is known only once it is written. */
export function writeMessage(writer: Writer, field: number, write: () => void): void {
  room(writer, 10)
  putVarint(writer, (field << 3) | 2)
  const start = writer.at + 1
  writer.at = start
  write()
  const length = writer.at - start
  if (length < 0x80) {
    writer.bytes[start - 1] = length
    return
  }
  const more = length < 0x4000 ? 1 : length < 0x20_0000 ? 2 : length < 0x1000_0000 ? 3 : 4
  room(writer, more)
  writer.bytes.copyWithin(start + more, start, start + length)
  writer.at = start - 1
  putVarint(writer, length)
  writer.at = start + more + length
}
