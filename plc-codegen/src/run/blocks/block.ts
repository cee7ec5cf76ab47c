import type { Frame } from '../machine.ts'

/** A standard block: `state` makes its hidden state, `step` runs it once at `now` (milliseconds). */
export interface StandardBlock {
  readonly state: () => unknown
  readonly step: (io: Frame, state: never, now: number) => void
}

/** Types the state of a block once, where it is defined. */
export function defineBlock<S>(state: () => S, step: (io: Frame, state: S, now: number) => void): StandardBlock {
  return { state, step: step as StandardBlock['step'] }
}
