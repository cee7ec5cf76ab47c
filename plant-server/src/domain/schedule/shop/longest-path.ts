import type { FlatProblem } from '../flat.ts'
import type { Sequences } from '../sequences.ts'

/**
 * Longest paths through the operations of a classic shop. `end[v]` counts from the start of the plan to the end of v,
 * `tail[v]` from the start of v to the end of the plan; v is critical where `end + tail - duration` is the makespan.
 */
export interface LongestPaths {
  readonly end: Int32Array
  readonly tail: Int32Array
  /** Anew, or after one `Sequences.move` only where it was felt. Returns the makespan. */
  update(from: number, to: number): number
}

export function createLongestPaths(flat: FlatProblem, sequences: Sequences): LongestPaths {
  const { n, before, after, earliest } = flat
  const { order, previous, next, duration } = sequences
  const end = new Int32Array(n + 1)
  const tail = new Int32Array(n + 1)

  function update(from: number, to: number): number {
    for (let i = from; i < n; i += 1) {
      const v = order[i]!
      let start = end[before[v]!]!
      const machine = end[previous[v]!]!
      if (machine > start) start = machine
      if (earliest[v]! > start) start = earliest[v]!
      end[v] = start + duration[v]!
    }
    for (let i = to; i >= 0; i -= 1) {
      const v = order[i]!
      const job = tail[after[v]!]!
      const machine = tail[next[v]!]!
      tail[v] = Math.max(job, machine) + duration[v]!
    }
    let makespan = 0
    for (let i = 0; i < n; i += 1) if (end[i]! > makespan) makespan = end[i]!
    return makespan
  }

  return { end, tail, update }
}
