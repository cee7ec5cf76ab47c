import { flatten } from '../flat.ts'
import type { Plan, Problem } from '../model.ts'
import { seededRandom } from '../random.ts'
import type { Search } from '../search.ts'
import { createSequences } from '../sequences.ts'
import type { Decisions } from '../shop/start.ts'
import { earliestEnds } from './earliest-ends.ts'
import { decisionsOf, dispatchPlant } from './first-plan.ts'
import { createPlantMoves, type PlantMove } from './moves.ts'
import { createStability } from './stability.ts'
import { createTiming } from './timing.ts'

/** Plans from dispatching, each counted as a move, before the best of them is searched from. */
const FIRST_TRIES = 24
const CANDIDATES = 24
const PATIENCE = 300
/** How often a search near a plan in force tries to put something back instead of helping a late job. */
const RETURN_SHARE = 0.3
/** A unit of weighted tardiness outweighs any makespan. */
const MAKESPAN_SHARE = 1e-7
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
  const near = from === null ? null : createStability(flat, from)
  /** An end before this saves nothing, or cannot be. */
  const helpful = earliestEnds(problem).map((end, j) => Math.max(end, problem.jobs[j]!.due ?? Number.POSITIVE_INFINITY))
  const tabuUntil = new Int32Array(n + 1)
  let tries = from === null ? FIRST_TRIES : 0
  let iteration = 0
  let idle = 0
  let current = Number.POSITIVE_INFINITY
  let best = firstPlan()
  take(best.decisions)

  function value(): number {
    const { weightedTardiness, makespan } = timing.cost()
    return weightedTardiness + makespan * MAKESPAN_SHARE + (near?.penalty(timing.start, sequences.machineOf) ?? 0)
  }

  function take(decisions: Decisions): void {
    sequences.load(decisions.order, decisions.machineOf)
    timing.update(0)
    current = value()
    timing.save()
  }

  function snapshot() {
    const decisions = { order: sequences.order.slice(), machineOf: sequences.machineOf.slice(0, n) }
    return { decisions, value: value(), cost: timing.cost(), plan: planNow() }
  }

  function firstPlan() {
    if (from !== null) {
      take(decisionsOf(problem, flat, from))
      return snapshot()
    }
    take(dispatchPlant(problem, flat, random, 0))
    return snapshot()
  }

  /** A job to help: mostly a late one, likelier the more could be saved; otherwise the one that ends last. */
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
      const cost = job.weight * Math.max(0, end - helpful[jobOf[v]!]!)
      if (cost > 0) {
        const share = Math.sqrt(cost)
        late += share
        if (random() * late < share) chosen = jobOf[v]!
      }
    }
    return chosen < 0 || random() < 0.1 ? lastJob : chosen
  }

  /** Puts one operation back to where it was in the plan in force, if that is better on the whole. */
  function putBack(): void {
    const moved = near?.pickMoved(timing.start, sequences.machineOf, random) ?? null
    if (moved === null) return
    for (const move of moves.toward(moved.v, moved.machine, moved.start)) {
      if (tryMove(move) >= current) continue
      apply(move)
      return
    }
  }

  /** The value after the move, which is taken back; infinite where it would close a cycle. */
  function tryMove(move: PlantMove): number {
    const oldMachine = sequences.machineOf[move.v]!
    const oldDuration = sequences.duration[move.v]!
    const oldLeft = sequences.previous[move.v]!
    if (!sequences.move(move.v, move.machine, move.duration, move.left)) return Number.POSITIVE_INFINITY
    timing.update(sequences.touched.from)
    const after = value()
    sequences.move(move.v, oldMachine, oldDuration, oldLeft)
    timing.restore()
    return after
  }

  function apply(move: PlantMove): void {
    if (!sequences.move(move.v, move.machine, move.duration, move.left)) return
    timing.update(sequences.touched.from)
    current = value()
    timing.save()
  }

  /** Another first plan; the last one is followed by the best of them. */
  function tryFirst(): boolean {
    tries -= 1
    take(dispatchPlant(problem, flat, random, 2 * random()))
    const isBetter = current < best.value
    if (isBetter) best = snapshot()
    if (tries === 0) take(best.decisions)
    return isBetter
  }

  function once(): boolean {
    if (tries > 0) return tryFirst()
    iteration += 1
    idle += 1
    if (near !== null && random() < RETURN_SHARE) putBack()
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
