/** A timing chart's geometry: each signal a lane, held from cycle to cycle. Pure. */
export type Sample = boolean | number | string

export interface Lane {
  readonly name: string
  readonly digital: boolean
  readonly low: number
  readonly high: number
  /** SVG path in a box of `width` x `height`. */
  readonly path: string
}

const numberOf = (sample: Sample | undefined): number =>
  typeof sample === 'number' ? sample : sample === true ? 1 : Number(sample) || 0

export function laneOf(
  name: string,
  times: readonly number[],
  samples: readonly Sample[],
  width: number,
  height: number,
): Lane {
  const values = samples.map(numberOf)
  const digital = samples.every(sample => typeof sample === 'boolean')
  const low = digital ? 0 : values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
  const high = digital ? 1 : values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY)
  const first = times[0] ?? 0
  const span = Math.max(1, (times.at(-1) ?? 0) - first)
  const x = (t: number) => (((t - first) / span) * width).toFixed(1)
  const y = (value: number) => (high === low ? height / 2 : height - ((value - low) / (high - low)) * height).toFixed(1)
  let path = ''
  for (const [i, t] of times.entries()) {
    const value = values[i] ?? 0
    if (i === 0) path = `M${x(t)} ${y(value)}`
    else if (value !== values[i - 1]) path += `H${x(t)}V${y(value)}`
  }
  return { name, digital, low, high, path: times.length === 0 ? '' : `${path}H${width}` }
}
