import { defineBlock } from './block.ts'

/** Set dominant, IEC 61131-3:2013 table 43. Slots: SET1 2, RESET 3, Q1 4. */
export const sr = defineBlock(
  () => undefined,
  io => {
    io[4] = io[2] === true || (io[3] !== true && io[4] === true)
  },
)

/** Reset dominant. Slots: SET 2, RESET1 3, Q1 4. */
export const rs = defineBlock(
  () => undefined,
  io => {
    io[4] = io[3] !== true && (io[2] === true || io[4] === true)
  },
)
