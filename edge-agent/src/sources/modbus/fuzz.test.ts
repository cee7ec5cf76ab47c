/**
 * Replies of all wrong kinds, in pieces of any size: never a throw, never a value that the device did not give, and the next
 * connection works. 2,000 of each framing; MILLWRIGHT_FUZZ names another number (100,000 for the figures of record).
 */
import type { Clock } from '@millwright/contract'
import { expect, it } from 'vitest'
import { createExchange, type Exchanged } from './exchange.ts'
import { type Asked, crc16, type Framing, rtuFraming, tcpFraming } from './framing.ts'
import { functionCodeOf, type ModbusRequest } from './pdu.ts'
import type { Wire } from './wire.ts'

const RUNS = Number(process.env.MILLWRIGHT_FUZZ ?? 2000)

/** mulberry32: the same faults on every machine. */
function chanceOf(seed: number) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  return { next, below: (n: number) => Math.floor(next() * n) }
}
type Chance = ReturnType<typeof chanceOf>

const bytesOf = (chance: Chance, length: number) => Uint8Array.from({ length }, () => chance.below(256))

function someRequest(chance: Chance): ModbusRequest {
  const from = chance.below(60_000)
  switch (chance.below(6)) {
    case 0:
      return { kind: 'write_register', at: from, value: chance.below(65_536) }
    case 1:
      return { kind: 'write_coil', at: from, value: chance.below(2) === 1 }
    case 2:
      return { kind: 'read', table: 'coil', from, count: 1 + chance.below(100) }
    default:
      return { kind: 'read', table: chance.below(2) ? 'holding' : 'input', from, count: 1 + chance.below(60) }
  }
}

/** What an honest device answers. */
function honestPdu(request: ModbusRequest, chance: Chance): Uint8Array {
  const code = functionCodeOf(request)
  switch (request.kind) {
    case 'read': {
      const bytes = request.table === 'coil' ? Math.ceil(request.count / 8) : request.count * 2
      return Uint8Array.of(code, bytes, ...bytesOf(chance, bytes))
    }
    case 'write_coil':
      return Uint8Array.of(code, request.at >> 8, request.at & 255, request.value ? 255 : 0, 0)
    case 'write_register':
      return Uint8Array.of(code, request.at >> 8, request.at & 255, request.value >> 8, request.value & 255)
    default:
      throw new Error('not asked for here')
  }
}

function frame({ name }: Framing, unit: number, transaction: number, pdu: Uint8Array): Uint8Array {
  if (name === 'tcp')
    return Uint8Array.of(
      transaction >> 8,
      transaction & 255,
      0,
      0,
      (pdu.length + 1) >> 8,
      (pdu.length + 1) & 255,
      unit,
      ...pdu,
    )
  const crc = crc16(Uint8Array.of(unit, ...pdu))
  return Uint8Array.of(unit, ...pdu, crc & 255, crc >> 8)
}

/** Name of the fault, and the bytes of the reply. Only `honest` and `after another` may give values. */
function reply(framing: Framing, { unit, transaction }: Asked, pdu: Uint8Array, chance: Chance): [string, Uint8Array] {
  const whole = (bytes: Uint8Array, u = unit, t = transaction) => frame(framing, u, t, bytes)
  const honest = whole(pdu)
  switch (chance.below(10)) {
    case 0:
      return ['short', honest.slice(0, chance.below(honest.length))]
    case 1:
      return ['exception', whole(Uint8Array.of(pdu[0]! | 0x80, chance.below(256)))]
    case 2:
      return ['garbage', bytesOf(chance, chance.below(600))]
    case 3:
      return ['another unit', whole(pdu, (unit + 1 + chance.below(200)) % 248)]
    case 4:
      return framing.name === 'tcp'
        ? ['another transaction', whole(pdu, unit, (transaction + 1 + chance.below(60_000)) & 0xffff)]
        : ['a flipped bit', flip(honest, chance)]
    case 5:
      return ['another function', whole(Uint8Array.of((pdu[0]! % 6) + 1, ...pdu.slice(1)))]
    case 6:
      return ['too few data', whole(pdu.slice(0, 1 + chance.below(pdu.length - 1)))]
    case 7:
      return ['a count that lies', whole(Uint8Array.of(pdu[0]!, pdu[1]! ^ (1 + chance.below(255)), ...pdu.slice(2)))]
    case 8:
      return ['after another', join(whole(pdu, unit === 9 ? 10 : 9, (transaction + 9) & 0xffff), honest)]
    default:
      return ['honest', honest]
  }
}

const join = (a: Uint8Array, b: Uint8Array) => Uint8Array.of(...a, ...b)
const flip = (bytes: Uint8Array, chance: Chance) => {
  const copy = Uint8Array.from(bytes)
  const bit = chance.below(copy.length * 8)
  copy[bit >> 3]! ^= 1 << (bit & 7)
  return copy
}

/** A wire into nothing, and a clock whose time runs out when told. */
function bench(framing: Framing) {
  let hear: (bytes: Uint8Array) => void = () => {}
  let sent: Uint8Array = new Uint8Array()
  let expire: () => void = () => {}
  let now = 0
  const wire: Wire = {
    send: bytes => {
      sent = bytes
    },
    onBytes: listener => {
      hear = listener
    },
    close: () => Promise.resolve(),
  }
  const clock: Clock = {
    now: () => now,
    // Waits between frames pass at once; the wait for an answer (1000 ms) ends when told.
    sleep: ms =>
      new Promise(resolve => {
        now += ms
        if (ms < 1000) resolve()
        else expire = resolve
      }),
    every: () => () => {},
  }
  return {
    exchange: createExchange({ wire, framing, clock }),
    hear: (bytes: Uint8Array) => hear(bytes),
    sent: () => sent,
    expire: () => expire(),
  }
}

async function turn(
  made: ReturnType<typeof bench>,
  framing: Framing,
  request: ModbusRequest,
  chance: Chance,
  clean: boolean,
) {
  const unit = 1 + chance.below(247)
  const before = made.sent()
  const answer = made.exchange.ask(unit, request, 1000)
  while (made.sent() === before) await Promise.resolve()
  const frameSent = made.sent()
  const transaction = framing.name === 'tcp' ? (frameSent[0]! << 8) | frameSent[1]! : 0
  const pdu = honestPdu(request, chance)
  const asked = { unit, transaction, request }
  const [fault, bytes] = clean ? ['honest', frame(framing, unit, transaction, pdu)] : reply(framing, asked, pdu, chance)
  for (let at = 0; at < bytes.length; ) {
    const piece = 1 + chance.below(bytes.length)
    made.hear(bytes.slice(at, at + piece))
    at += piece
  }
  made.expire()
  return { fault: fault!, pdu, exchanged: await answer }
}

const valuesOf = (pdu: Uint8Array, count: number) =>
  Array.from({ length: count }, (_, index) => (pdu[2 + 2 * index]! << 8) | pdu[3 + 2 * index]!)

function expectTrue(request: ModbusRequest, fault: string, pdu: Uint8Array, exchanged: Exchanged): void {
  if (exchanged.kind === 'registers' || exchanged.kind === 'bits' || exchanged.kind === 'written')
    expect(['honest', 'after another'], `${fault} gave ${exchanged.kind}`).toContain(fault)
  if (exchanged.kind === 'registers' && request.kind === 'read')
    expect(exchanged.values).toEqual(valuesOf(pdu, request.count))
  if (fault === 'honest' || fault === 'after another')
    expect(['registers', 'bits', 'written']).toContain(exchanged.kind)
}

it.each([tcpFraming, rtuFraming])(
  '$name: no lie becomes a value',
  async framing => {
    const chance = chanceOf(framing.name === 'tcp' ? 1 : 2)
    const seen = new Map<string, number>()
    for (let run = 0; run < RUNS; run += 1) {
      const made = bench(framing)
      const request = someRequest(chance)
      const { fault, pdu, exchanged } = await turn(made, framing, request, chance, false)
      expectTrue(request, fault, pdu, exchanged)
      seen.set(fault, (seen.get(fault) ?? 0) + 1)
      // RTU finds its way back on the same line; TCP does so on a new connection.
      const after = framing.name === 'rtu' ? made : bench(framing)
      const again = someRequest(chance)
      const next = await turn(after, framing, again, chance, true)
      expectTrue(again, 'honest', next.pdu, next.exchanged)
    }
    expect(seen.size).toBe(10)
  },
  600_000,
)
