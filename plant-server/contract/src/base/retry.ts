/** Back-off as an endless row of delays; chance is passed in. */
export interface BackoffOptions {
  /** First delay in ms. */
  readonly first: number
  /** Factor from one delay to the next. */
  readonly factor: number
  /** Largest delay in ms. */
  readonly most: number
  /** Share of each delay that is drawn by chance, 0..1. */
  readonly jitter: number
  /** Uniform in [0, 1). */
  readonly random: () => number
}

/** Delays in ms: first, first*factor, ... up to most, each shortened by up to `jitter` of itself. */
export function* backoff({ first, factor, most, jitter, random }: BackoffOptions): Generator<number, never> {
  let delay = first
  for (;;) {
    yield delay * (1 - jitter * random())
    delay = Math.min(most, delay * factor)
  }
}
