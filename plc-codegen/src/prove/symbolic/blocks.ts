import type { PouSymbol } from '../../check/symbols.ts'
import { type Bit, FALSE, TRUE } from '../gates.ts'
import type { Word } from '../words.ts'
import { type SymFrame, type SymMachine, unsupported } from './machine.ts'

/**
 * The standard blocks in gates, slot by slot as in `run/blocks/`. A timer holds how long it runs (`age`, cut off at 2^47 ms)
 * instead of when it began, so that no clock is part of the state.
 */
export interface HiddenTimer {
  kind: 'timer'
  running: Bit
  age: Word
  /** TOF: was on. TP: the input before. */
  memory: Bit
}
export interface HiddenEdges {
  kind: 'edges'
  bits: Bit[]
}
export type Hidden = HiddenTimer | HiddenEdges | { kind: 'none' }

const AGE = 48

const familyOf = (pou: PouSymbol): string | undefined => {
  if (pou.node !== undefined) return undefined
  const name = pou.name.toUpperCase()
  const timer = /^L?(TON|TOF|TP)(?:_TIME|_LTIME)?$/.exec(name)
  if (timer !== null) return timer[1]
  const counter = /^(CTUD|CTU|CTD)(?:_(?:D?INT|LINT|UDINT|ULINT))?$/.exec(name)
  if (counter !== null) return counter[1]
  return name
}

export const isStandard = (pou: PouSymbol): boolean => pou.node === undefined && pou.kind !== 'INTERFACE'

export function liftState(m: SymMachine, pou: PouSymbol, state: unknown): Hidden {
  const held = state as { since?: number; on?: boolean; before?: boolean; up?: boolean; down?: boolean } | undefined
  const bit = (value: boolean | undefined): Bit => (value === true ? TRUE : FALSE)
  switch (familyOf(pou)) {
    case 'TON':
    case 'TOF':
    case 'TP':
      if ((held?.since ?? -1) >= 0) return unsupported('a timer that runs at the start')
      return { kind: 'timer', running: FALSE, age: m.w.constant(0n, AGE), memory: bit(held?.on ?? held?.before) }
    case 'CTU':
    case 'CTD':
    case 'R_TRIG':
    case 'F_TRIG':
      return { kind: 'edges', bits: [bit(held?.before)] }
    case 'CTUD':
      return { kind: 'edges', bits: [bit(held?.up), bit(held?.down)] }
    default:
      return { kind: 'none' }
  }
}

/** Lets a scan's time pass for a timer, whether it is called or not. */
export function age(m: SymMachine, hidden: Hidden): void {
  if (hidden.kind !== 'timer') return
  const more = m.w.add(hidden.age, m.w.resize(m.cycle, AGE, false))
  const full = more[AGE - 1]!
  hidden.age = m.w.choose(m.g.and(hidden.running, full ^ 1), more, hidden.age)
}

/** Runs a block once where `when` holds. */
export function stepStandard(m: SymMachine, pou: PouSymbol, io: SymFrame, when: Bit): void {
  const { g, w } = m
  const family = familyOf(pou)
  const signed = !/_U(?:D|L)INT$/.test(pou.name.toUpperCase())
  const put = (slot: number, value: Bit | Word) => {
    io[slot] = typeof value === 'number' ? g.ite(when, value, io[slot] as Bit) : w.choose(when, value, io[slot] as Word)
  }
  const hidden = io[1] as Hidden
  switch (family) {
    case 'SR': {
      put(4, g.or(io[2], g.and(io[3] ^ 1, io[4])))
      return
    }
    case 'RS': {
      put(4, g.and(io[3] ^ 1, g.or(io[2], io[4])))
      return
    }
    case 'R_TRIG':
    case 'F_TRIG': {
      const { bits } = hidden as HiddenEdges
      const rising = family === 'R_TRIG'
      put(3, rising ? g.and(io[2], bits[0]! ^ 1) : g.and(io[2] ^ 1, bits[0]!))
      bits[0] = g.ite(when, io[2], bits[0]!)
      return
    }
    case 'CTU':
    case 'CTD': {
      counter(m, hidden as HiddenEdges, io, when, family === 'CTU', signed, put)
      return
    }
    case 'CTUD': {
      upDown(m, hidden as HiddenEdges, io, when, signed, put)
      return
    }
    case 'TON':
    case 'TOF':
    case 'TP': {
      timer(m, family, hidden as HiddenTimer, io, when, put)
      return
    }
    default:
      unsupported(pou.name)
  }
}

type Put = (slot: number, value: Bit | Word) => void

function ends(m: SymMachine, width: number, signed: boolean): { low: Word; high: Word; one: Word; zero: Word } {
  const { w } = m
  const bits = BigInt(width)
  return {
    low: w.constant(signed ? -(1n << (bits - 1n)) : 0n, width),
    high: w.constant(signed ? (1n << (bits - 1n)) - 1n : (1n << bits) - 1n, width),
    one: w.constant(1n, width),
    zero: w.constant(0n, width),
  }
}

function counter(
  m: SymMachine,
  hidden: HiddenEdges,
  io: SymFrame,
  when: Bit,
  isUp: boolean,
  signed: boolean,
  put: Put,
) {
  const { g, w } = m
  const edge = g.and(io[2], hidden.bits[0]! ^ 1)
  hidden.bits[0] = g.ite(when, io[2], hidden.bits[0]!)
  const count = io[6] as Word
  const { low, high, one, zero } = ends(m, count.length, signed)
  const room = isUp ? w.less(count, high, signed) : w.less(low, count, signed)
  const moved = w.choose(g.and(edge, room), isUp ? w.add(count, one) : w.sub(count, one), count)
  const next = w.choose(io[3], isUp ? zero : io[4], moved)
  put(6, next)
  put(5, isUp ? w.less(next, io[4], signed) ^ 1 : w.less(zero, next, signed) ^ 1)
}

function upDown(m: SymMachine, hidden: HiddenEdges, io: SymFrame, when: Bit, signed: boolean, put: Put) {
  const { g, w } = m
  const up = g.and(io[2], hidden.bits[0]! ^ 1)
  const down = g.and(io[3], hidden.bits[1]! ^ 1)
  hidden.bits[0] = g.ite(when, io[2], hidden.bits[0]!)
  hidden.bits[1] = g.ite(when, io[3], hidden.bits[1]!)
  const count = io[9] as Word
  const { low, high, one, zero } = ends(m, count.length, signed)
  const rise = g.and(g.and(up, down ^ 1), w.less(count, high, signed))
  const fall = g.and(g.and(down, up ^ 1), w.less(low, count, signed))
  const counted = w.choose(rise, w.add(count, one), w.choose(fall, w.sub(count, one), count))
  const next = w.choose(io[4], zero, w.choose(io[5], io[6], counted))
  put(9, next)
  put(7, w.less(next, io[6], signed) ^ 1)
  put(8, w.less(zero, next, signed) ^ 1)
}

function timer(m: SymMachine, family: string, hidden: HiddenTimer, io: SymFrame, when: Bit, put: Put) {
  const { g, w } = m
  const input = io[2] as Bit
  if (!Array.isArray(io[3]) || !Array.isArray(io[5])) return unsupported('a timer of LTIME')
  const pt = io[3] as Word
  const zero = w.constant(0n, 64)
  const limit = w.choose(pt[63]!, zero, pt)
  const since = (running: Bit, fresh: Bit) => {
    const aged = w.resize(w.choose(g.and(running, fresh ^ 1), hidden.age, w.constant(0n, AGE)), 64, false)
    return w.choose(w.less(aged, limit, true), aged, limit)
  }
  const keep = (running: Bit, memory: Bit, fresh: Bit) => {
    hidden.age = w.choose(g.and(when, fresh), w.constant(0n, AGE), hidden.age)
    hidden.running = g.ite(when, running, hidden.running)
    hidden.memory = g.ite(when, memory, hidden.memory)
  }
  if (family === 'TON') {
    const fresh = hidden.running ^ 1
    const elapsed = since(hidden.running, fresh)
    put(4, g.and(input, w.less(elapsed, limit, true) ^ 1))
    put(5, w.choose(input, elapsed, zero))
    keep(input, hidden.memory, g.or(fresh, input ^ 1))
    return
  }
  if (family === 'TOF') {
    const fresh = hidden.running ^ 1
    const elapsed = since(hidden.running, fresh)
    const timing = g.and(input ^ 1, hidden.memory)
    const before = w.less(elapsed, limit, true)
    put(4, g.ite(input, TRUE, g.ite(hidden.memory, before, io[4] as Bit)))
    put(5, w.choose(input, zero, w.choose(hidden.memory, elapsed, io[5] as Word)))
    const still = g.or(input, g.and(timing, before))
    // Once it has run out it runs on in the simulator too, but nothing reads it before IN rises again.
    keep(g.and(timing, TRUE), g.ite(g.or(input, timing), still, hidden.memory), g.or(fresh, input))
    return
  }
  const begins = g.and(hidden.running ^ 1, g.and(input, hidden.memory ^ 1))
  const running = g.or(hidden.running, begins)
  const elapsed = since(hidden.running, begins)
  const before = w.less(elapsed, limit, true)
  put(4, g.and(running, before))
  const done = g.and(running, before ^ 1)
  const reset = g.and(input ^ 1, g.or(running ^ 1, done))
  put(5, w.choose(reset, zero, w.choose(running, elapsed, io[5] as Word)))
  keep(g.and(running, before), input, g.or(begins, done))
}
