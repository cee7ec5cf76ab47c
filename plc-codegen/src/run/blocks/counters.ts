import { defineBlock } from './block.ts'

type Count = number | bigint

/** Counters stop at the ends of their type, IEC 61131-3:2013 table 45. */
function limits(bits: number, signed: boolean): { low: Count; high: Count; one: Count; zero: Count } {
  const high = (1n << BigInt(signed ? bits - 1 : bits)) - 1n
  const low = signed ? -(1n << BigInt(bits - 1)) : 0n
  return bits === 64 ? { low, high, one: 1n, zero: 0n } : { low: Number(low), high: Number(high), one: 1, zero: 0 }
}

const plus = (a: Count, b: Count): Count => (typeof a === 'bigint' ? a + BigInt(b) : a + Number(b))
const minus = (a: Count, b: Count): Count => (typeof a === 'bigint' ? a - BigInt(b) : a - Number(b))

/** Up. Slots: CU 2, R 3, PV 4, Q 5, CV 6. */
export function ctu(bits: number, signed: boolean) {
  const { high, one, zero } = limits(bits, signed)
  return defineBlock(
    () => ({ before: false }),
    (io, state) => {
      const edge = io[2] === true && !state.before
      state.before = io[2] === true
      const count = io[6] as Count
      if (io[3] === true) io[6] = zero
      else if (edge && count < high) io[6] = plus(count, one)
      io[5] = (io[6] as Count) >= (io[4] as Count)
    },
  )
}

/** Down. Slots: CD 2, LD 3, PV 4, Q 5, CV 6. */
export function ctd(bits: number, signed: boolean) {
  const { low, one, zero } = limits(bits, signed)
  return defineBlock(
    () => ({ before: false }),
    (io, state) => {
      const edge = io[2] === true && !state.before
      state.before = io[2] === true
      const count = io[6] as Count
      if (io[3] === true) io[6] = io[4]
      else if (edge && count > low) io[6] = minus(count, one)
      io[5] = (io[6] as Count) <= zero
    },
  )
}

/** Up and down. Slots: CU 2, CD 3, R 4, LD 5, PV 6, QU 7, QD 8, CV 9. */
export function ctud(bits: number, signed: boolean) {
  const { low, high, one, zero } = limits(bits, signed)
  return defineBlock(
    () => ({ up: false, down: false }),
    (io, state) => {
      const up = io[2] === true && !state.up
      const down = io[3] === true && !state.down
      state.up = io[2] === true
      state.down = io[3] === true
      const count = io[9] as Count
      if (io[4] === true) io[9] = zero
      else if (io[5] === true) io[9] = io[6]
      else if (up && !down && count < high) io[9] = plus(count, one)
      else if (down && !up && count > low) io[9] = minus(count, one)
      io[7] = (io[9] as Count) >= (io[6] as Count)
      io[8] = (io[9] as Count) <= zero
    },
  )
}
