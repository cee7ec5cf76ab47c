/** Watches a measured signal for what no process does: standing still to the last digit, leaping, or denying what the model knows. Pure. */

export type SignalFault = 'frozen' | 'spiking' | 'disagrees' | 'inverted'

export interface SignalWatchConfig {
  /** A noisy meter that shows the very same value for so long is frozen, s. */
  readonly frozenS: number
  /** Largest believable change between two readings, in the signal's unit. */
  readonly leap: number
  /** So many leaps within `leapsWithinS` are a fault, fewer are left out. */
  readonly leaps: number
  readonly leapsWithinS: number
  /** The signal may be farther than this from what the model can explain for no longer than `disagreeS`. */
  readonly disagree: number
  readonly disagreeS: number
}

export interface SignalWatch {
  /** A reading of good quality. */
  seen(t: number, value: number): void
  /** How far the signal is from what the model can explain; NaN where it does not say. */
  disagreement(t: number, value: number): void
  /** What the meter shows beside what the model expects without it; NaN where it does not say. */
  beside(measured: number, expected: number): void
  /** No material at the meter, or bad quality: nothing to be judged by. */
  pause(): void
  fault(now: number): SignalFault | undefined
}

/** Share of the newest pair in the means that tell whether the meter goes with what is expected, and pairs until they tell. */
const FOLLOWS = 0.025
const PAIRS = 60
/** A meter that goes against what is expected by this share of it is inverted, if there was enough to go by, squared %. */
const AGAINST = -0.3
const ENOUGH = 0.05 ** 2

export function createSignalWatch(config: SignalWatchConfig): SignalWatch {
  let last: { t: number; value: number } | undefined
  let changedAt: number | undefined
  let leaps: number[] = []
  let disagreesSince: number | undefined
  let pairs = 0
  const mean = { measured: 0, expected: 0, product: 0, square: 0 }
  return {
    seen(t, value) {
      if (last === undefined || value !== last.value) changedAt = t
      if (last !== undefined && Math.abs(value - last.value) > config.leap) leaps.push(t)
      last = { t, value }
    },
    disagreement(t, value) {
      if (Number.isNaN(value)) return
      if (Math.abs(value) <= config.disagree) disagreesSince = undefined
      else disagreesSince ??= t
    },
    beside(measured, expected) {
      if (Number.isNaN(measured) || Number.isNaN(expected)) return
      pairs += 1
      const share = Math.max(FOLLOWS, 1 / pairs)
      const [dm, de] = [measured - mean.measured, expected - mean.expected]
      mean.measured += share * dm
      mean.expected += share * de
      mean.product += share * ((1 - share) * dm * de - mean.product)
      mean.square += share * ((1 - share) * de * de - mean.square)
    },
    pause() {
      last = undefined
      changedAt = undefined
      disagreesSince = undefined
    },
    fault(now) {
      leaps = leaps.filter(t => now - t <= config.leapsWithinS * 1000)
      if (leaps.length >= config.leaps) return 'spiking'
      if (pairs >= PAIRS && mean.square > ENOUGH && mean.product < AGAINST * mean.square) return 'inverted'
      if (disagreesSince !== undefined && now - disagreesSince > config.disagreeS * 1000) return 'disagrees'
      if (changedAt !== undefined && last !== undefined && now - changedAt > config.frozenS * 1000) return 'frozen'
      return undefined
    },
  }
}
