import type { FlatProblem } from '../flat.ts'
import type { Sequences } from '../sequences.ts'
import type { LongestPaths } from './longest-path.ts'

/** Moves on one machine: v goes right after (or before) `target`, some places on. `estimate` is a makespan. */
export interface Moves {
  count: number
  readonly v: Int32Array
  readonly target: Int32Array
  /** 1: v moves to after `target`; 0: to before it. */
  readonly forward: Uint8Array
  readonly estimate: Int32Array
}

export function createMoves(capacity: number): Moves {
  return {
    count: 0,
    v: new Int32Array(capacity),
    target: new Int32Array(capacity),
    forward: new Uint8Array(capacity),
    estimate: new Int32Array(capacity),
  }
}

/**
 * The N7 neighbourhood (Zhang et al. 2007): within each block of a critical path, any operation to the end or the
 * start of the block (N6, Balas and Vazacopoulos 1998), and the first and last one into its inside. Only moves that
 * provably close no cycle; valued by Balas and Vazacopoulos's estimate of the longest path through the moved part.
 */
export function createBlockMoves(flat: FlatProblem, sequences: Sequences, paths: LongestPaths) {
  const { n, before, after } = flat
  const { machineOf, duration, previous, next } = sequences
  const { end, tail } = paths
  const moves = createMoves(8 * n + 16)
  const heads = new Int32Array(n + 1)

  function forward(path: Int32Array, from: number, to: number): void {
    const u = path[from]!
    const v = path[to]!
    const follower = after[u]!
    if (follower !== n && tail[v]! < tail[follower]!) return
    let ready = end[previous[u]!]!
    for (let i = from + 1; i <= to; i += 1) {
      const x = path[i]!
      const job = end[before[x]!]!
      if (job > ready) ready = job
      heads[i] = ready
      ready += duration[x]!
    }
    const job = end[before[u]!]!
    const head = Math.max(job, ready)
    let rest = tail[follower]!
    if (tail[next[v]!]! > rest) rest = tail[next[v]!]!
    rest += duration[u]!
    let longest = head + rest
    for (let i = to; i > from; i -= 1) {
      const x = path[i]!
      const jobTail = tail[after[x]!]!
      rest = Math.max(jobTail, rest) + duration[x]!
      if (heads[i]! + rest > longest) longest = heads[i]! + rest
    }
    add(u, v, 1, longest)
  }

  function backward(path: Int32Array, from: number, to: number): void {
    const u = path[from]!
    const v = path[to]!
    const leader = before[v]!
    if (leader !== n && end[u]! < end[leader]!) return
    let ready = end[previous[u]!]!
    if (end[leader]! > ready) ready = end[leader]!
    const head = ready
    ready += duration[v]!
    for (let i = from; i < to; i += 1) {
      const x = path[i]!
      const job = end[before[x]!]!
      if (job > ready) ready = job
      heads[i] = ready
      ready += duration[x]!
    }
    let rest = tail[next[v]!]!
    let longest = 0
    for (let i = to - 1; i >= from; i -= 1) {
      const x = path[i]!
      const jobTail = tail[after[x]!]!
      rest = Math.max(jobTail, rest) + duration[x]!
      if (heads[i]! + rest > longest) longest = heads[i]! + rest
    }
    const jobTail = tail[after[v]!]!
    rest = Math.max(jobTail, rest) + duration[v]!
    if (head + rest > longest) longest = head + rest
    add(v, u, 0, longest)
  }

  function add(v: number, target: number, direction: number, estimate: number): void {
    if (moves.count === moves.v.length) return
    const i = moves.count++
    moves.v[i] = v
    moves.target[i] = target
    moves.forward[i] = direction
    moves.estimate[i] = estimate
  }

  function collect(path: Int32Array, length: number): Moves {
    moves.count = 0
    let start = 0
    while (start < length) {
      const machine = machineOf[path[start]!]
      let stop = start
      while (stop + 1 < length && machineOf[path[stop + 1]!] === machine) stop += 1
      // The start of the first block and the end of the last one: exchanging there cannot shorten the path.
      const isFirst = start === 0
      const isLast = stop === length - 1
      if (stop > start) {
        if (!isLast) for (let i = start; i < stop; i += 1) forward(path, i, stop)
        const pair = stop === start + 1
        if (!isFirst && (isLast || !pair)) for (let i = start + 1; i <= stop; i += 1) backward(path, start, i)
        if (!isFirst) for (let i = start + 2; i < stop; i += 1) forward(path, start, i)
        if (!isLast) for (let i = start + 1; i < stop - 1; i += 1) backward(path, i, stop)
      }
      start = stop + 1
    }
    return moves
  }

  return { collect }
}
