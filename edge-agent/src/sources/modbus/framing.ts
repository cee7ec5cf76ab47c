/** How requests and replies stand on the wire, pure: MBAP (Modbus TCP) and RTU (serial line, or RTU over TCP). */
import { encodePdu, functionCodeOf, type ModbusRequest, replyLength } from './pdu.ts'

export interface Asked {
  readonly unit: number
  /** 0 to 65535; RTU has none on the wire. */
  readonly transaction: number
  readonly request: ModbusRequest
}

export type Found =
  /** Not yet whole. */
  | { readonly kind: 'more' }
  | { readonly kind: 'reply'; readonly pdu: Uint8Array; readonly used: number }
  /** A frame that answers something else (a late reply, say): to be dropped. */
  | { readonly kind: 'other'; readonly used: number }
  /** The stream cannot be followed any more. */
  | { readonly kind: 'broken'; readonly detail: string }

export interface Framing {
  readonly name: 'tcp' | 'rtu'
  encode(asked: Asked): Uint8Array
  /** Looks for the reply in the bytes that have come since the request. */
  find(bytes: Uint8Array, asked: Asked): Found
}

const MBAP_BYTES = 7
/** Unit and PDU: at least a function code and a byte, at most 253 bytes (Messaging on TCP/IP 1.0b, 4.1). */
const [LEAST, MOST] = [3, 254]

export const tcpFraming: Framing = {
  name: 'tcp',
  encode({ unit, transaction, request }) {
    const pdu = encodePdu(request)
    const frame = new Uint8Array(MBAP_BYTES + pdu.length)
    const view = new DataView(frame.buffer)
    view.setUint16(0, transaction)
    view.setUint16(4, pdu.length + 1)
    view.setUint8(6, unit)
    frame.set(pdu, MBAP_BYTES)
    return frame
  },
  find(bytes, { unit, transaction, request }) {
    if (bytes.length < MBAP_BYTES) return { kind: 'more' }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const length = view.getUint16(4)
    if (view.getUint16(2) !== 0 || length < LEAST || length > MOST)
      return { kind: 'broken', detail: 'these bytes are no Modbus TCP' }
    const used = 6 + length
    if (bytes.length < used) return { kind: 'more' }
    const code = bytes[MBAP_BYTES]! & 0x7f
    // A device addressed as 0 or 255 (itself, Messaging guide 4.4.2.3) may answer with its own number.
    const fromUnit = unit === 0 || unit === 255 || bytes[6] === unit
    return view.getUint16(0) === transaction && fromUnit && code === functionCodeOf(request)
      ? { kind: 'reply', pdu: bytes.slice(MBAP_BYTES, used), used }
      : { kind: 'other', used }
  },
}

const RTU_EXTRA = 3

export const rtuFraming: Framing = {
  name: 'rtu',
  encode({ unit, request }) {
    const pdu = encodePdu(request)
    const frame = new Uint8Array(pdu.length + RTU_EXTRA)
    frame[0] = unit
    frame.set(pdu, 1)
    new DataView(frame.buffer).setUint16(frame.length - 2, crc16(frame.subarray(0, -2)), true)
    return frame
  },
  /**
   * Sought at every offset by unit, function, length and CRC: noise before the reply, or an adapter's echo of the
   * request, is stepped over.
   */
  find(bytes, { unit, request }) {
    for (let at = 0; at + 2 < bytes.length; at += 1) {
      if (bytes[at] !== unit) continue
      const length = replyLength(request, bytes[at + 1]!, bytes[at + 2])
      if (length === undefined || at + length + RTU_EXTRA > bytes.length) continue
      const end = at + 1 + length
      if (crc16(bytes.subarray(at, end)) !== (bytes[end]! | (bytes[end + 1]! << 8))) continue
      return { kind: 'reply', pdu: bytes.slice(at + 1, end), used: end + 2 }
    }
    return { kind: 'more' }
  },
}

const CRC_TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1
  return crc
})

/** CRC-16 of Modbus over Serial Line 1.02, 6.2.2; sent low byte first. */
export function crc16(bytes: Uint8Array): number {
  let crc = 0xffff
  for (const byte of bytes) crc = (crc >> 8) ^ CRC_TABLE[(crc ^ byte) & 0xff]!
  return crc
}
