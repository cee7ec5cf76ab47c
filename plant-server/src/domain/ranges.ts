/** A set of whole numbers kept as inclusive ranges in ascending order: sequences are dense, so it stays small. */
export type Range = readonly [first: number, last: number]

export interface RangeSet {
  has(value: number): boolean
  add(value: number): void
  /** Ascending, neither touching nor overlapping. */
  ranges(): readonly Range[]
}

export function rangeSet(initial: Iterable<Range> = []): RangeSet {
  const ranges = mergeRanges(initial) as [number, number][]
  /** Index of the first range whose end is at or after `value`. */
  const find = (value: number): number => {
    let low = 0
    let high = ranges.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (ranges[middle]![1] < value) low = middle + 1
      else high = middle
    }
    return low
  }
  return {
    has(value) {
      const range = ranges[find(value)]
      return range !== undefined && range[0] <= value
    },
    add(value) {
      const at = find(value)
      const next = ranges[at]
      if (next !== undefined && next[0] <= value) return
      const before = ranges[at - 1]
      const joinsBefore = before !== undefined && before[1] === value - 1
      const joinsNext = next !== undefined && next[0] === value + 1
      if (joinsBefore && joinsNext) {
        before[1] = next[1]
        ranges.splice(at, 1)
      } else if (joinsBefore) before[1] = value
      else if (joinsNext) next[0] = value
      else ranges.splice(at, 0, [value, value])
    },
    ranges: () => ranges,
  }
}

/** Sorts, and joins what touches or overlaps. */
export function mergeRanges(input: Iterable<Range>): Range[] {
  const sorted = [...input].sort((a, b) => a[0] - b[0])
  const merged: [number, number][] = []
  for (const [first, last] of sorted) {
    const top = merged.at(-1)
    if (top !== undefined && first <= top[1] + 1) top[1] = Math.max(top[1], last)
    else merged.push([first, last])
  }
  return merged
}
