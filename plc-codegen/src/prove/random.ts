/** Numbers from 0 to 1 from a seed: the same search for the same program, always (xorshift32, Marsaglia 2003). */
export interface Random {
  next(): number
  below(count: number): number
  pick<T>(list: readonly T[]): T
}

export function createRandom(seed: number): Random {
  let state = seed | 0 || 0x9e3779b9
  const next = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
  const below = (count: number) => Math.floor(next() * count)
  return { next, below, pick: list => list[below(list.length)]! }
}
