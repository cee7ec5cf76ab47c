import { flatten } from '../flat.ts'
import type { Cost, Plan, Problem } from '../model.ts'
import { seededRandom } from '../random.ts'
import type { Search } from '../search.ts'
import { createSequences } from '../sequences.ts'
import type { Decisions } from '../shop/start.ts'
import { decisionsOf, dispatchPlant } from './first-plan.ts'
import { createPlantMoves, type PlantMove } from './moves.ts'
import { createTiming } from './timing.ts'

const FIRST_TRIES = 24
const CANDIDATES = 24
const PATIENCE = 300
/** A unit of weighted tardiness outweighs any makespan. */
const MAKESPAN_SHARE = 1e-7
/** What one operation on another machine than in the plan to stay near must save, in weighted tardiness. */
const MOVED_MACHINE = 5

/**
 * Plants: tabu search over sequences and machines, weighted tardiness first, makespan second. Each candidate is timed
 * exactly, calendars and set-ups included. After a while without a better plan it goes on from the best one, shaken.
 */
export function createPlantSearch(problem: Problem, seed: number, from: Plan | null): Search {
  const flat = flatten(problem)
  const { n, jobOf } = flat
  const random = seededRandom(seed)
  const sequences = createSequences(flat)
  const timing = createTiming(problem, flat, sequences)
  const moves = createPlantMoves(problem, flat, sequences, timing)
  const preferred = from === null ? null : decisionsOf(problem, flat, from).machineOf
  const tabuUntil = new Int32Array(n + 1)
  let iteration = 0
  let idle = 0
  let moved = 0
  let current = Number.POSITIVE_INFINITY
  let best = firstPlan()
  take(best.decisions)

  function value(cost: Cost): number {
    return cost.weightedTardiness + cost.makespan * MAKESPAN_SHARE + moved * MOVED_MACHINE
  }

  function take(decisions: Decisions): void {
    sequences.load(decisions.order, decisions.machineOf)
    moved = 0
    if (preferred !== null) for (let v = 0; v < n; v += 1) if (sequences.machineOf[v] !== preferred[v]) moved += 1
    timing.update(0)
    current = value(timing.cost())
    timing.save()
  }

  function snapshot() {
    const decisions = { order: sequences.order.slice(), machineOf: sequences.machineOf.slice(0, n) }
    return { decisions, value: value(timing.cost()), cost: timing.cost(), plan: planNow() }
  }

  function firstPlan() {
    if (from !== null) {
      take(decisionsOf(problem, flat, from))
      return snapshot()
    }
    take(dispatchPlant(problem, flat, random, 0))
    let winner = snapshot()
    for (let i = 1; i < FIRST_TRIES; i += 1) {
      take(dispatchPlant(problem, flat, random, 2 * random()))
      if (current < winner.value) winner = snapshot()
    }
    return winner
  }

  /** A job to help: mostly a late one, the more it costs the likelier; otherwise the one that ends last. */
  function pickJob(): number {
    let late = 0
    let lastJob = 0
    let lastEnd = -1
    let chosen = -1
    for (let v = 0; v < n; v += 1) {
      if (flat.after[v] !== n) continue
      const job = problem.jobs[jobOf[v]!]!
      const end = timing.end[v]!
      if (end > lastEnd) {
        lastEnd = end
        lastJob = jobOf[v]!
      }
      const cost = job.due === null ? 0 : job.weight * Math.max(0, end - job.due)
      if (cost > 0) {
        const share = Math.sqrt(cost)
        late += share
        if (random() * late < share) chosen = jobOf[v]!
      }
    }
    return chosen < 0 || random() < 0.1 ? lastJob : chosen
  }

  function changesMoved({ v, machine }: PlantMove): number {
    if (preferred === null) return 0
    return Number(machine !== preferred[v]) - Number(sequences.machineOf[v] !== preferred[v])
  }

  /** The value after the move, which is taken back; infinite where it would close a cycle. */
  function tryMove(move: PlantMove): number {
    const oldMachine = sequences.machineOf[move.v]!
    const oldDuration = sequences.duration[move.v]!
    const oldLeft = sequences.previous[move.v]!
    const change = changesMoved(move)
    if (!sequences.move(move.v, move.machine, move.duration, move.left)) return Number.POSITIVE_INFINITY
    timing.update(sequences.touched.from)
    const after = value(timing.cost()) + change * MOVED_MACHINE
    sequences.move(move.v, oldMachine, oldDuration, oldLeft)
    timing.restore()
    return after
  }

  function apply(move: PlantMove): void {
    const change = changesMoved(move)
    if (!sequences.move(move.v, move.machine, move.duration, move.left)) return
    moved += change
    timing.update(sequences.touched.from)
    current = value(timing.cost())
    timing.save()
  }

  function once(): boolean {
    iteration += 1
    idle += 1
    const candidates = moves.collect(pickJob(), random, CANDIDATES)
    let chosen: PlantMove | null = null
    let chosenValue = Number.POSITIVE_INFINITY
    for (const move of candidates) {
      const after = tryMove(move)
      if (after >= chosenValue) continue
      if (tabuUntil[move.v]! > iteration && after >= best.value) continue
      chosen = move
      chosenValue = after
    }
    if (chosen !== null) {
      apply(chosen)
      tabuUntil[chosen.v] = iteration + 6 + Math.floor(random() * 10)
    }
    if (current < best.value) {
      best = snapshot()
      idle = 0
      return true
    }
    if (idle > PATIENCE) shake()
    return false
  }

  function shake(): void {
    idle = 0
    take(best.decisions)
    const kicks = 2 + Math.floor(random() * 8)
    for (let i = 0; i < kicks; i += 1) {
      const [move] = moves.collect(Math.floor(random() * problem.jobs.length), random, 1)
      if (move !== undefined) apply(move)
    }
  }

  function planNow(): Plan {
    return {
      operations: Array.from({ length: n }, (_, v) => ({
        job: jobOf[v]!,
        operation: flat.indexInJob[v]!,
        machine: sequences.machineOf[v]!,
        start: timing.start[v]!,
        end: timing.end[v]!,
      })),
    }
  }

  return {
    step(count) {
      let better = false
      for (let i = 0; i < count; i += 1) if (once()) better = true
      return better
    },
    cost: () => best.cost,
    plan: () => best.plan,
  }
}
