/** A set of sequences as sorted, disjoint, inclusive ranges. */
export interface SequenceSet {
  add(from: number, to: number): void
  has(seq: number): boolean
  /** The end of the range that holds `seq`, or undefined. */
  endOf(seq: number): number | undefined
  ranges(): readonly (readonly [number, number])[]
  clear(): void
}

export function createSequenceSet(): SequenceSet {
  let ranges: [number, number][] = []
  /** Index of the first range that ends at or after `seq`. */
  const at = (seq: number): number => {
    let low = 0
    let high = ranges.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (ranges[middle]![1] < seq) low = middle + 1
      else high = middle
    }
    return low
  }
  const endOf = (seq: number) => {
    const range = ranges[at(seq)]
    return range !== undefined && range[0] <= seq ? range[1] : undefined
  }
  return {
    add(from, to) {
      if (to < from) return
      const first = at(from - 1)
      let last = first
      const joined: [number, number] = [from, to]
      for (; last < ranges.length && ranges[last]![0] <= to + 1; last += 1) {
        joined[0] = Math.min(joined[0], ranges[last]![0])
        joined[1] = Math.max(joined[1], ranges[last]![1])
      }
      ranges.splice(first, last - first, joined)
    },
    has: seq => endOf(seq) !== undefined,
    endOf,
    ranges: () => ranges,
    clear: () => {
      ranges = []
    },
  }
}
