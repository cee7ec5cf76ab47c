import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Asked, crc16, rtuFraming, tcpFraming } from './framing.ts'
import { decodePdu, encodePdu, type ModbusRequest } from './pdu.ts'

const hex = (text: string) => Uint8Array.from(text.split(' ').map(byte => Number.parseInt(byte, 16)))
const text = (bytes: Uint8Array) => [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join(' ')
const read = (table: 'coil' | 'discrete' | 'holding' | 'input', from: number, count: number): ModbusRequest => ({
  kind: 'read',
  table,
  from,
  count,
})

describe('requests and replies of the specification (1.1b3, section 6)', () => {
  it.each<[ModbusRequest, string, string, unknown]>([
    [
      read('coil', 0x13, 0x13),
      '01 00 13 00 13',
      '01 03 cd 6b 05',
      {
        kind: 'bits',
        values: [1, 0, 1, 1, 0, 0, 1, 1, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1].map(Boolean),
      },
    ],
    [
      read('discrete', 0xc4, 0x16),
      '02 00 c4 00 16',
      '02 03 ac db 35',
      {
        kind: 'bits',
        values: [0, 0, 1, 1, 0, 1, 0, 1, 1, 1, 0, 1, 1, 0, 1, 1, 1, 0, 1, 0, 1, 1].map(Boolean),
      },
    ],
    [
      read('holding', 0x6b, 3),
      '03 00 6b 00 03',
      '03 06 02 2b 00 00 00 64',
      { kind: 'registers', values: [0x22b, 0, 0x64] },
    ],
    [read('input', 8, 1), '04 00 08 00 01', '04 02 00 0a', { kind: 'registers', values: [10] }],
    [{ kind: 'write_coil', at: 0xac, value: true }, '05 00 ac ff 00', '05 00 ac ff 00', { kind: 'written' }],
    [{ kind: 'write_register', at: 1, value: 3 }, '06 00 01 00 03', '06 00 01 00 03', { kind: 'written' }],
    [
      { kind: 'write_coils', at: 0x13, values: [1, 0, 1, 1, 0, 0, 1, 1, 1, 0].map(Boolean) },
      '0f 00 13 00 0a 02 cd 01',
      '0f 00 13 00 0a',
      { kind: 'written' },
    ],
    [
      { kind: 'write_registers', at: 1, values: [10, 0x102] },
      '10 00 01 00 02 04 00 0a 01 02',
      '10 00 01 00 02',
      { kind: 'written' },
    ],
  ])('%j', (request, out, back, reply) => {
    expect(text(encodePdu(request))).toBe(out)
    expect(decodePdu(request, hex(back))).toEqual(reply)
  })
  it.each([
    ['an exception', '83 02', { kind: 'exception', code: 2 }],
    ['an exception of another function', '84 02', { kind: 'garbled' }],
    ['an exception without a code', '83', { kind: 'garbled' }],
    ['fewer registers', '03 02 00 01', { kind: 'garbled' }],
    ['a count that lies', '03 06 00 01', { kind: 'garbled' }],
    ['another function', '04 06 00 01 00 02 00 03', { kind: 'garbled' }],
    ['nothing', '', { kind: 'garbled' }],
  ])('%s', (_name, back, reply) => {
    expect(decodePdu(read('holding', 0, 3), back === '' ? new Uint8Array() : hex(back))).toMatchObject(reply)
  })
  it('a confirmation of another write is none', () => {
    const request: ModbusRequest = { kind: 'write_register', at: 1, value: 3 }
    expect(decodePdu(request, hex('06 00 02 00 03'))).toMatchObject({ kind: 'garbled' })
    expect(decodePdu(request, hex('06 00 01 00 04'))).toMatchObject({ kind: 'garbled' })
  })
})

describe('RTU', () => {
  const asked: Asked = { unit: 0x11, transaction: 7, request: read('holding', 0x6b, 3) }
  const reply = hex('11 03 06 ae 41 56 52 43 40 49 ad')
  it('CRC as in the serial line guide', () => {
    expect(text(rtuFraming.encode(asked))).toBe('11 03 00 6b 00 03 76 87')
    expect(crc16(hex('02 07'))).toBe(0x1241)
  })
  it.each([
    ['whole', reply, 11],
    ['after noise', Uint8Array.of(0, 0x11, 0x03, 0xff, ...reply), 15],
    ['after the echo of the request', Uint8Array.of(...rtuFraming.encode(asked), ...reply), 19],
  ])('a reply %s', (_name, bytes, used) => {
    expect(rtuFraming.find(bytes, asked)).toEqual({ kind: 'reply', pdu: reply.slice(1, -2), used })
  })
  it('no reply of another unit, and none with a flipped bit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: reply.length * 8 - 1 }), bit => {
        const bytes = Uint8Array.from(reply)
        bytes[bit >> 3]! ^= 1 << (bit & 7)
        expect(rtuFraming.find(bytes, asked).kind).toBe('more')
      }),
    )
    expect(rtuFraming.find(reply, { ...asked, unit: 0x12 }).kind).toBe('more')
  })
  it('every part of a reply waits for the rest', () => {
    for (let length = 0; length < reply.length; length += 1)
      expect(rtuFraming.find(reply.slice(0, length), asked)).toEqual({ kind: 'more' })
  })
})

describe('TCP', () => {
  const asked: Asked = { unit: 1, transaction: 0x1234, request: read('holding', 0, 1) }
  it('the header', () => expect(text(tcpFraming.encode(asked))).toBe('12 34 00 00 00 06 01 03 00 00 00 01'))
  it.each([
    ['its own reply', '12 34 00 00 00 05 01 03 02 00 07', 'reply'],
    ['of another transaction', '12 33 00 00 00 05 01 03 02 00 07', 'other'],
    ['of another unit', '12 34 00 00 00 05 02 03 02 00 07', 'other'],
    ['of another function', '12 34 00 00 00 05 01 04 02 00 07', 'other'],
    ['of another protocol', '12 34 00 01 00 05 01 03 02 00 07', 'broken'],
    ['with a length no frame has', '12 34 00 00 ff ff 01 03 02 00 07', 'broken'],
    ['with no length', '12 34 00 00 00 00 01 03 02 00 07', 'broken'],
    ['not yet whole', '12 34 00 00 00 05 01 03 02 00', 'more'],
  ])('a reply %s', (_name, bytes, kind) => expect(tcpFraming.find(hex(bytes), asked).kind).toBe(kind))
  it('a device asked as 255 may answer with its own number', () => {
    const own = tcpFraming.find(hex('12 34 00 00 00 05 01 03 02 00 07'), { ...asked, unit: 255 })
    expect(own.kind).toBe('reply')
  })
})
