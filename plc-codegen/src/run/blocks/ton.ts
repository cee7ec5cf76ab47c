import { defineBlock } from './block.ts'

/** On-delay, IEC 61131-3:2013 table 46. Slots: IN 2, PT 3, Q 4, ET 5. */
export const ton = defineBlock(
  () => ({ since: -1 }),
  (io, state, now) => {
    if (io[2] !== true) {
      state.since = -1
      io[4] = false
      io[5] = 0
      return
    }
    if (state.since < 0) state.since = now
    const limit = Math.max(0, io[3] as number)
    const elapsed = Math.min(now - state.since, limit)
    io[5] = elapsed
    io[4] = elapsed >= limit
  },
)
