import type { FlatProblem } from '../flat.ts'
import type { Random } from '../random.ts'
import type { Sequences } from '../sequences.ts'
import type { LongestPaths } from './longest-path.ts'

/** Moves of one operation to any machine that can do it. `left` is its new predecessor there, `n` for none. */
export interface Insertions {
  count: number
  readonly v: Int32Array
  readonly machine: Int32Array
  readonly duration: Int32Array
  readonly left: Int32Array
  /** The makespan after the move, exactly. */
  readonly makespan: Int32Array
  /** The longest path through v after the move: tells moves of equal makespan apart. */
  readonly through: Int32Array
}

/** Operations of a critical path that are valued for one move, on average. */
const SAMPLE = 14

/**
 * The neighbourhood of Mastrolilli and Gambardella (2000) for the flexible shop: an operation v is taken out, and put
 * back on a machine at a place where no cycle can arise: after those that end before v could start (not in L) and have
 * the longer tail (in R), before those of L that are not in R. Between these bounds lies a best place, so each place
 * there is valued; as heads and tails without v are known, the value is exact.
 */
export function createInsertionMoves(flat: FlatProblem, sequences: Sequences, paths: LongestPaths, random: Random) {
  const { n, before, after, choiceFrom, choiceMachine, choiceDuration, earliest } = flat
  const { order, place, previous, next, duration, first } = sequences
  const capacity = 64 * n + 64
  const moves: Insertions = {
    count: 0,
    v: new Int32Array(capacity),
    machine: new Int32Array(capacity),
    duration: new Int32Array(capacity),
    left: new Int32Array(capacity),
    makespan: new Int32Array(capacity),
    through: new Int32Array(capacity),
  }
  const end = new Int32Array(n + 1)
  const tail = new Int32Array(n + 1)
  const row = new Int32Array(n + 1)

  /** Heads and tails as if v took no time and no machine. Returns the makespan of the rest. */
  function without(v: number): number {
    end.set(paths.end)
    tail.set(paths.tail)
    const right = next[v]!
    const left = previous[v]!
    const at = place[v]!
    end[v] = Math.max(end[before[v]!]!, earliest[v]!)
    for (let i = at + 1; i < n; i += 1) {
      const x = order[i]!
      let start = end[before[x]!]!
      const machine = end[x === right ? left : previous[x]!]!
      if (machine > start) start = machine
      if (earliest[x]! > start) start = earliest[x]!
      end[x] = start + duration[x]!
    }
    tail[v] = tail[after[v]!]!
    for (let i = at - 1; i >= 0; i -= 1) {
      const x = order[i]!
      const job = tail[after[x]!]!
      const machine = tail[x === left ? right : next[x]!]!
      tail[x] = Math.max(job, machine) + duration[x]!
    }
    let makespan = 0
    for (let x = 0; x < n; x += 1) if (end[x]! > makespan) makespan = end[x]!
    return makespan
  }

  function collectFor(v: number): void {
    const rest = without(v)
    const ready = end[v]!
    const remaining = tail[v]!
    const oldMachine = sequences.machineOf[v]!
    const oldLeft = previous[v]!
    for (let c = choiceFrom[v]!; c < choiceFrom[v + 1]!; c += 1) {
      const m = choiceMachine[c]!
      const time = choiceDuration[c]!
      let size = 0
      let early = 0
      let longTailed = 0
      for (let x = first[m]!; x !== n; x = next[x]!) {
        if (x === v) continue
        row[size++] = x
        if (end[x]! <= ready) early = size
        if (tail[x]! > remaining) longTailed = size
      }
      const from = Math.min(early, longTailed)
      const to = Math.max(early, longTailed)
      for (let slot = from; slot <= to; slot += 1) {
        const left = slot === 0 ? n : row[slot - 1]!
        if (m === oldMachine && left === oldLeft) continue
        const right = slot === size ? n : row[slot]!
        const head = left !== n && end[left]! > ready ? end[left]! : ready
        const tailAfter = right !== n && tail[right]! > remaining ? tail[right]! : remaining
        const through = head + time + tailAfter
        if (moves.count === capacity) return
        const i = moves.count++
        moves.v[i] = v
        moves.machine[i] = m
        moves.duration[i] = time
        moves.left[i] = left
        moves.through[i] = through
        moves.makespan[i] = Math.max(through, rest)
      }
    }
  }

  /** Of a long path only a sample is valued: more moves in the same time found more than better chosen ones. */
  function collect(path: Int32Array, length: number): Insertions {
    moves.count = 0
    const share = SAMPLE / length
    for (let i = 0; i < length; i += 1) if (share >= 1 || random() < share) collectFor(path[i]!)
    if (moves.count === 0) for (let i = 0; i < length; i += 1) collectFor(path[i]!)
    return moves
  }

  return { collect }
}
