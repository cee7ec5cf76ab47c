/** Figures of samples. Pure. */

export interface Spread {
  readonly least: number
  readonly greatest: number
  /** Standard deviation of the samples (n - 1); 0 for a single one. */
  readonly deviation: number
}

const ascending = (samples: readonly number[]) => samples.toSorted((a, b) => a - b)

/**
 * Quantile `share` (0..1) by nearest rank: the least sample that at least this share of all samples does not exceed.
 * It is always a value that was seen. Throws where there are no samples.
 */
export function percentile(samples: readonly number[], share: number): number {
  if (samples.length === 0) throw new RangeError('no samples')
  if (!(share >= 0 && share <= 1)) throw new RangeError(`a share is 0..1, not ${share}`)
  // 0.55 * 100 is 55.00000000000001: a rank is not raised by rounding.
  const rank = Math.max(1, Math.ceil(share * samples.length - 1e-9))
  return ascending(samples)[rank - 1]!
}

export const median = (samples: readonly number[]) => percentile(samples, 0.5)
export const sum = (samples: readonly number[]) => samples.reduce((total, each) => total + each, 0)

export function mean(samples: readonly number[]): number {
  if (samples.length === 0) throw new RangeError('no samples')
  return sum(samples) / samples.length
}

/** Throws where there are no samples. */
export function spreadOf(samples: readonly number[]): Spread {
  const middle = mean(samples)
  const squares = sum(samples.map(each => (each - middle) ** 2))
  const sorted = ascending(samples)
  return {
    least: sorted[0]!,
    greatest: sorted.at(-1)!,
    deviation: samples.length === 1 ? 0 : Math.sqrt(squares / (samples.length - 1)),
  }
}

/** To `digits` significant digits, as tables and files show it; whole numbers keep all of theirs. */
export function rounded(value: number, digits = 4): number {
  if (!Number.isFinite(value) || value === 0) return value
  const places = digits - 1 - Math.floor(Math.log10(Math.abs(value)))
  if (places <= 0) return Math.round(value)
  return Number(value.toFixed(Math.min(places, 12)))
}
