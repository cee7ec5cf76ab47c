/** Seeded chance for renderers: the same seed gives the same picture on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number
  uniform(low: number, high: number): number
  /** Uniform in the logarithm: each octave is as likely as the next. */
  logUniform(low: number, high: number): number
  /** Whole number in [low, high]. */
  integer(low: number, high: number): number
  normal(mean?: number, deviation?: number): number
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T
  /** A generator of its own for a part of the picture, so that adding one part never moves the others. */
  fork(name: string): Random
}

/** sfc32 seeded by a string or number. */
export function createRandom(seed: number | string): Random {
  let [a, b, c, d] = hash(String(seed))
  const next = () => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return (t >>> 0) / 4294967296
  }
  for (let i = 0; i < 12; i += 1) next()
  const uniform = (low: number, high: number) => low + (high - low) * next()
  return {
    next,
    uniform,
    logUniform: (low, high) => Math.exp(uniform(Math.log(low), Math.log(high))),
    integer: (low, high) => Math.floor(uniform(low, high + 1)),
    normal: (mean = 0, deviation = 1) =>
      mean + deviation * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    chance: probability => next() < probability,
    pick: items => items[Math.floor(next() * items.length)]!,
    fork: name => createRandom(`${seed}/${name}`),
  }
}

/** 128 bits of xmur3-like hash of a text. */
function hash(text: string): [number, number, number, number] {
  const out: [number, number, number, number] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0xdeadbeef]
  for (let i = 0; i < text.length; i += 1) {
    const k = text.charCodeAt(i)
    out[0] = out[1] ^ Math.imul(out[0] ^ k, 597399067)
    out[1] = out[2] ^ Math.imul(out[1] ^ k, 2869860233)
    out[2] = out[3] ^ Math.imul(out[2] ^ k, 951274213)
    out[3] = out[0] ^ Math.imul(out[3] ^ k, 2716044179)
  }
  return out
}
