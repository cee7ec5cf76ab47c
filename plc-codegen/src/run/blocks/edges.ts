import { defineBlock } from './block.ts'

/** Rising edge, IEC 61131-3:2013 table 44. Slots: CLK 2, Q 3. An input that is TRUE at the first call is an edge. */
export const rTrig = defineBlock(
  () => ({ before: false }),
  (io, state) => {
    const now = io[2] === true
    io[3] = now && !state.before
    state.before = now
  },
)

/** Falling edge: the stored value starts as the complement of TRUE, so that a FALSE at the first call is no edge. */
export const fTrig = defineBlock(
  () => ({ before: false }),
  (io, state) => {
    const now = io[2] === true
    io[3] = !now && state.before
    state.before = now
  },
)
