import type { FlatProblem } from '../flat.ts'
import type { Problem } from '../model.ts'
import type { Random } from '../random.ts'
import type { Sequences } from '../sequences.ts'
import type { Timing } from './timing.ts'

export interface PlantMove {
  readonly v: number
  readonly machine: number
  readonly duration: number
  /** New predecessor on the machine, `n` for none. */
  readonly left: number
}

/** How many places one move looks ahead or back in the sequence of a machine. */
const REACH = 6

/**
 * Moves that may let one job end sooner: back from its end along what made each operation wait. Where that was the
 * machine, the operation goes before some of those ahead of it, or one of those goes behind it; where there are other
 * machines, it goes there, to about the time when its job would let it start.
 */
export function createPlantMoves(problem: Problem, flat: FlatProblem, sequences: Sequences, timing: Timing) {
  const { n, before, choiceFrom, choiceMachine, choiceDuration } = flat
  const { previous, next, first, last, machineOf, duration } = sequences
  const isFrozen = [...problem.jobs.flatMap(job => job.operations.map(({ frozen }) => frozen !== null)), true]
  const lastOf = problem.jobs.map(() => n)
  for (let v = 0; v < n; v += 1) lastOf[flat.jobOf[v]!] = v

  function collect(job: number, random: Random, limit: number): PlantMove[] {
    const moves: PlantMove[] = []
    let v = lastOf[job]!
    while (v !== n && !isFrozen[v]) {
      toOtherMachines(v, moves)
      const waitsForMachine = timing.machineReady[v]! >= timing.jobReady[v]!
      const left = previous[v]!
      if (left !== n && !isFrozen[left] && (waitsForMachine || random() < 0.2)) {
        ahead(v, moves)
        behind(v, moves)
      }
      v = waitsForMachine && left !== n ? left : before[v]!
    }
    for (let i = 0; i < limit && i < moves.length; i += 1) {
      const k = i + Math.floor(random() * (moves.length - i))
      const swap = moves[i]!
      moves[i] = moves[k]!
      moves[k] = swap
    }
    moves.length = Math.min(moves.length, limit)
    return moves
  }

  function ahead(v: number, moves: PlantMove[]): void {
    let x = previous[v]!
    for (let i = 0; i < REACH && x !== n && !isFrozen[x]; i += 1) {
      x = previous[x]!
      moves.push({ v, machine: machineOf[v]!, duration: duration[v]!, left: x })
    }
  }

  function behind(v: number, moves: PlantMove[]): void {
    let u = previous[v]!
    for (let i = 0; i < REACH && u !== n && !isFrozen[u]; i += 1) {
      if (i > 0) moves.push({ v: u, machine: machineOf[u]!, duration: duration[u]!, left: v })
      u = previous[u]!
    }
    u = previous[v]!
    let left = next[v]!
    for (let i = 0; i < REACH / 2 && left !== n; i += 1) {
      moves.push({ v: u, machine: machineOf[u]!, duration: duration[u]!, left })
      left = next[left]!
    }
  }

  function toOtherMachines(v: number, moves: PlantMove[]): void {
    if (choiceFrom[v + 1]! - choiceFrom[v]! < 2) return
    for (let c = choiceFrom[v]!; c < choiceFrom[v + 1]!; c += 1) {
      const machine = choiceMachine[c]!
      if (machine === machineOf[v]) continue
      around(v, machine, choiceDuration[c]!, timing.jobReady[v]!, moves)
    }
  }

  /** Places on a machine about where work starts at `time`. */
  function around(v: number, machine: number, time: number, start: number, moves: PlantMove[]): void {
    const before = (x: number) => (previous[x] === v ? previous[v]! : previous[x]!)
    const after = (x: number) => (next[x] === v ? next[v]! : next[x]!)
    let left = last[machine] === v ? previous[v]! : last[machine]!
    while (left !== n && !isFrozen[left] && timing.start[left]! >= start) left = before(left)
    moves.push({ v, machine, duration: time, left })
    if (left !== n && !isFrozen[left]) moves.push({ v, machine, duration: time, left: before(left) })
    const head = first[machine] === v ? next[v]! : first[machine]!
    let right = left === n ? head : after(left)
    for (let i = 0; i < 2 && right !== n; i += 1) {
      moves.push({ v, machine, duration: time, left: right })
      right = after(right)
    }
  }

  /** Moves of one operation to a machine, to about a time. */
  function toward(v: number, machine: number, start: number): PlantMove[] {
    const moves: PlantMove[] = []
    if (isFrozen[v]) return moves
    for (let c = choiceFrom[v]!; c < choiceFrom[v + 1]!; c += 1) {
      if (choiceMachine[c] === machine) around(v, machine, choiceDuration[c]!, start, moves)
    }
    return moves
  }

  return { collect, toward }
}
