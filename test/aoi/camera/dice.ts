/** Seeded chance of this renderer: SplitMix32 (Steele, Lea, Flood 2014, cut to 32 bits), seeded by FNV-1a of a text. */
export interface Dice {
  /** Uniform in [0, 1). */
  unit(): number
  between(range: readonly [number, number]): number
  /** Uniform in the logarithm. */
  octave(range: readonly [number, number]): number
  gauss(): number
  yes(share: number): boolean
  one<T>(of: readonly T[]): T
  /** Dice of their own for a part of the scene. */
  apart(name: string): Dice
}

export function diceOf(seed: string): Dice {
  let state = 2166136261
  for (let i = 0; i < seed.length; i += 1) state = Math.imul(state ^ seed.charCodeAt(i), 16777619)
  const unit = () => {
    state = (state + 0x9e3779b9) | 0
    let z = state ^ (state >>> 16)
    z = Math.imul(z, 0x21f0aaad)
    z ^= z >>> 15
    z = Math.imul(z, 0x735a2d97)
    return ((z ^ (z >>> 15)) >>> 0) / 2 ** 32
  }
  const between = ([low, high]: readonly [number, number]) => low + (high - low) * unit()
  return {
    unit,
    between,
    octave: ([low, high]) => Math.exp(between([Math.log(low), Math.log(high)])),
    gauss: () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.sin(2 * Math.PI * unit()),
    yes: share => unit() < share,
    one: of => of[Math.floor(unit() * of.length)]!,
    apart: name => diceOf(`${seed}>${name}`),
  }
}
