import { defineBlock } from './block.ts'

/** Pulse: cannot be started again while it runs, IEC 61131-3:2013 table 46. Slots: IN 2, PT 3, Q 4, ET 5. */
export const tp = defineBlock(
  () => ({ since: -1, before: false }),
  (io, state, now) => {
    const input = io[2] === true
    const limit = Math.max(0, io[3] as number)
    if (state.since < 0 && input && !state.before) state.since = now
    state.before = input
    if (state.since < 0) {
      io[4] = false
      if (!input) io[5] = 0
      return
    }
    const elapsed = Math.min(now - state.since, limit)
    io[5] = elapsed
    io[4] = elapsed < limit
    if (elapsed >= limit) {
      state.since = -1
      if (!input) io[5] = 0
    }
  },
)
