import { defineBlock } from './block.ts'

/** Off-delay, IEC 61131-3:2013 table 46. Slots: IN 2, PT 3, Q 4, ET 5. */
export const tof = defineBlock(
  () => ({ since: -1, on: false }),
  (io, state, now) => {
    if (io[2] === true) {
      state.on = true
      state.since = -1
      io[4] = true
      io[5] = 0
      return
    }
    if (!state.on) return
    if (state.since < 0) state.since = now
    const limit = Math.max(0, io[3] as number)
    const elapsed = Math.min(now - state.since, limit)
    io[5] = elapsed
    io[4] = elapsed < limit
    // ET holds its end value until IN rises again.
    if (elapsed >= limit) state.on = false
  },
)
