/** Watches a measured signal for what no process does: standing still to the last digit, leaping, or denying what the model knows. Pure. */

export type SignalFault = 'frozen' | 'spiking' | 'disagrees'

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
  /** No material at the meter, or bad quality: nothing to be judged by. */
  pause(): void
  fault(now: number): SignalFault | undefined
}

export function createSignalWatch(config: SignalWatchConfig): SignalWatch {
  let last: { t: number; value: number } | undefined
  let changedAt: number | undefined
  let leaps: number[] = []
  let disagreesSince: number | undefined
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
    pause() {
      last = undefined
      changedAt = undefined
      disagreesSince = undefined
    },
    fault(now) {
      leaps = leaps.filter(t => now - t <= config.leapsWithinS * 1000)
      if (leaps.length >= config.leaps) return 'spiking'
      if (disagreesSince !== undefined && now - disagreesSince > config.disagreeS * 1000) return 'disagrees'
      if (changedAt !== undefined && last !== undefined && now - changedAt > config.frozenS * 1000) return 'frozen'
      return undefined
    },
  }
}
