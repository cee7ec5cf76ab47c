import type { FlatProblem } from '../flat.ts'
import type { Random } from '../random.ts'
import { createSequences } from '../sequences.ts'
import { createBlockMoves } from './block-moves.ts'
import { criticalPath } from './critical-path.ts'
import { createInsertionMoves } from './insertion-moves.ts'
import { createLongestPaths } from './longest-path.ts'
import type { Decisions } from './start.ts'

/** Tabu search for the makespan from one start; the caller decides how long, and from where next. */
export interface TabuSearch {
  start(from: Decisions): void
  /** One move. False where no move is left, so that the plan is optimal for its machines or the search is stuck. */
  move(): boolean
  makespan(): number
  decisions(): Decisions
}

/** Entries of the short memory; beyond some 4000 operations pairs share them, and a few more moves are forbidden. */
const LARGEST_MEMORY = 16_777_216

/**
 * Short memory: after v has gone past x, v may not come back before (or behind) x for a while; after v has left a
 * machine, it may not return to it for a while. A move better than all before is always allowed.
 */
export function createTabuSearch(flat: FlatProblem, random: Random): TabuSearch {
  const { n, choiceFrom } = flat
  const sequences = createSequences(flat)
  const paths = createLongestPaths(flat, sequences)
  const blocks = createBlockMoves(flat, sequences, paths)
  const insertions = createInsertionMoves(flat, sequences, paths, random)
  const { previous, next, machineOf, duration } = sequences
  let flexible = false
  for (let v = 0; v < n; v += 1) if (choiceFrom[v + 1]! - choiceFrom[v]! > 1) flexible = true
  const jobs = n === 0 ? 1 : flat.jobOf[n - 1]! + 1
  const shortest = Math.round(10 + jobs / flat.machines)
  const spread = Math.max(2, Math.round(shortest * (jobs <= 2 * flat.machines ? 0.4 : 0.5)))
  const path = new Int32Array(n + 1)
  /** `forbidden[pair(a, b)]`: until then b may not be put behind a … that is, "a before b" may not come back. */
  const size = Math.min(n * n, LARGEST_MEMORY) || 1
  const forbidden = new Int32Array(size)
  const pair = (a: number, b: number) => (a * n + b) % size
  const left = new Int32Array(n * flat.machines)
  let iteration = 0
  let makespan = 0
  let best = 0

  function start(from: Decisions): void {
    sequences.load(from.order, from.machineOf)
    makespan = paths.update(0, n - 1)
    best = makespan
    // Forbidden until an iteration of the past: forgotten.
    iteration += 10_000
  }

  function tenure(): number {
    return shortest + Math.floor(random() * spread)
  }

  function isForbidden(v: number, target: number, forward: boolean): boolean {
    if (forward) {
      for (let x = next[v]!; ; x = next[x]!) {
        if (forbidden[pair(x, v)]! > iteration) return true
        if (x === target) return false
      }
    }
    for (let x = previous[v]!; ; x = previous[x]!) {
      if (forbidden[pair(v, x)]! > iteration) return true
      if (x === target) return false
    }
  }

  function remember(v: number, target: number, forward: boolean): void {
    const until = iteration + tenure()
    if (forward) {
      for (let x = next[v]!; ; x = next[x]!) {
        forbidden[pair(v, x)] = until
        if (x === target) return
      }
    }
    for (let x = previous[v]!; ; x = previous[x]!) {
      forbidden[pair(x, v)] = until
      if (x === target) return
    }
  }

  function apply(v: number, machine: number, time: number, predecessor: number): boolean {
    if (!sequences.move(v, machine, time, predecessor)) return false
    makespan = paths.update(sequences.touched.from, sequences.touched.to)
    if (makespan < best) best = makespan
    return true
  }

  function moveInBlocks(length: number): boolean {
    const moves = blocks.collect(path, length)
    if (moves.count === 0) return false
    let chosen = -1
    let value = Number.POSITIVE_INFINITY
    let ties = 0
    for (let i = 0; i < moves.count; i += 1) {
      const estimate = moves.estimate[i]!
      if (estimate > value) continue
      if (estimate >= best && isForbidden(moves.v[i]!, moves.target[i]!, moves.forward[i] === 1)) continue
      ties = estimate < value ? 1 : ties + 1
      if (ties === 1 || random() * ties < 1) {
        chosen = i
        value = estimate
      }
    }
    if (chosen < 0) chosen = Math.floor(random() * moves.count)
    const v = moves.v[chosen]!
    const target = moves.target[chosen]!
    const forward = moves.forward[chosen] === 1
    remember(v, target, forward)
    return apply(v, machineOf[v]!, duration[v]!, forward ? target : previous[target]!)
  }

  function insertionForbidden(v: number, machine: number, predecessor: number): boolean {
    if (machine !== machineOf[v]!) return left[v * flat.machines + machine]! > iteration
    return predecessor !== n && sequences.place[predecessor]! > sequences.place[v]!
      ? isForbidden(v, predecessor, true)
      : isForbidden(v, predecessor === n ? sequences.first[machine]! : next[predecessor]!, false)
  }

  function moveByInsertion(length: number): boolean {
    const moves = insertions.collect(path, length)
    if (moves.count === 0) return false
    let chosen = -1
    let value = Number.POSITIVE_INFINITY
    let through = Number.POSITIVE_INFINITY
    let ties = 0
    for (let i = 0; i < moves.count; i += 1) {
      const after = moves.makespan[i]!
      if (after > value || (after === value && moves.through[i]! > through)) continue
      if (after >= best && insertionForbidden(moves.v[i]!, moves.machine[i]!, moves.left[i]!)) continue
      ties = after < value || moves.through[i]! < through ? 1 : ties + 1
      if (ties === 1 || random() * ties < 1) {
        chosen = i
        value = after
        through = moves.through[i]!
      }
    }
    if (chosen < 0) chosen = Math.floor(random() * moves.count)
    const v = moves.v[chosen]!
    const machine = moves.machine[chosen]!
    const predecessor = moves.left[chosen]!
    if (machine !== machineOf[v]!) {
      left[v * flat.machines + machineOf[v]!] = iteration + length + tenure()
    } else if (predecessor !== n && sequences.place[predecessor]! > sequences.place[v]!) {
      remember(v, predecessor, true)
    } else {
      remember(v, predecessor === n ? sequences.first[machine]! : next[predecessor]!, false)
    }
    return apply(v, machine, moves.duration[chosen]!, predecessor)
  }

  function move(): boolean {
    iteration += 1
    const length = criticalPath(flat, sequences, paths, makespan, random, path)
    return flexible ? moveByInsertion(length) : moveInBlocks(length)
  }

  return {
    start,
    move,
    makespan: () => makespan,
    decisions: () => ({ order: sequences.order.slice(), machineOf: machineOf.slice(0, n) }),
  }
}
