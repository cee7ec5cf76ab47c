import { flatten } from '../flat.ts'
import type { Plan, Problem } from '../model.ts'
import { seededRandom } from '../random.ts'
import type { Search } from '../search.ts'
import { createSequences } from '../sequences.ts'
import { createLongestPaths } from './longest-path.ts'
import { blend, type Decisions, dispatch } from './start.ts'
import { createTabuSearch } from './tabu.ts'

interface Member {
  readonly decisions: Decisions
  readonly makespan: number
}

export interface ShopTuning {
  /** Moves without a better plan after which a round of tabu search ends. */
  readonly patience: number
  /** Plans kept to start new rounds between. */
  readonly elite: number
}

const CLASSIC: ShopTuning = { patience: 12_000, elite: 12 }
/** Moves between machines cost ten times as much to value, and shallow rounds between many plans found more. */
const FLEXIBLE: ShopTuning = { patience: 1_500, elite: 8 }

function isFlexible(problem: Problem): boolean {
  return problem.jobs.some(job => job.operations.some(({ alternatives }) => alternatives.length > 1))
}

/**
 * Classic and flexible job shops: rounds of tabu search, each started between two of the best plans so far (path
 * relinking in the manner of Peng, Lü and Cheng 2015, with averaged orders instead of swaps and repair).
 */
export function createShopSearch(problem: Problem, seed: number, tuning?: Partial<ShopTuning>): Search {
  const flat = flatten(problem)
  const random = seededRandom(seed)
  const tabu = createTabuSearch(flat, random)
  const defaults = isFlexible(problem) ? FLEXIBLE : CLASSIC
  const patience = tuning?.patience ?? defaults.patience
  const size = tuning?.elite ?? defaults.elite
  const elite: Member[] = []
  let best: Member = { decisions: dispatch(flat, random, 0), makespan: Number.POSITIVE_INFINITY }
  let round: Member = best
  let idle = 0
  let rounds = 0
  tabu.start(best.decisions)
  note()

  function note(): boolean {
    if (tabu.makespan() < round.makespan) {
      round = { decisions: tabu.decisions(), makespan: tabu.makespan() }
      idle = 0
    }
    if (round.makespan >= best.makespan) return false
    best = round
    return true
  }

  function keep(member: Member): void {
    const twin = elite.findIndex(other => other.makespan === member.makespan && distance(other, member) < flat.n * 0.1)
    if (twin >= 0) {
      elite[twin] = member
      return
    }
    elite.push(member)
    if (elite.length <= size) return
    let worst = 0
    for (let i = 1; i < elite.length; i += 1) if (elite[i]!.makespan >= elite[worst]!.makespan) worst = i
    elite.splice(worst, 1)
  }

  /** Sum over operations of how far apart their places are, a cheap measure of likeness. */
  function distance(a: Member, b: Member): number {
    const place = new Int32Array(flat.n)
    for (let i = 0; i < flat.n; i += 1) place[a.decisions.order[i]!] = i
    let sum = 0
    for (let i = 0; i < flat.n; i += 1) sum += Math.abs(place[b.decisions.order[i]!]! - i)
    return sum
  }

  function startRound(): void {
    keep(round)
    rounds += 1
    let decisions: Decisions
    if (rounds < size || elite.length < 2) {
      decisions = dispatch(flat, random, 0.2 + random())
    } else {
      const a = elite[Math.floor(random() * elite.length)]!
      let b = a
      while (b === a) b = elite[Math.floor(random() * elite.length)]!
      decisions = blend(flat, a.decisions, b.decisions, 0.3 + 0.2 * random(), 2, random)
    }
    tabu.start(decisions)
    round = { decisions, makespan: Number.POSITIVE_INFINITY }
    idle = 0
  }

  function step(moves: number): boolean {
    let better = note()
    for (let i = 0; i < moves; i += 1) {
      const moved = tabu.move()
      idle += 1
      if (tabu.makespan() < round.makespan && note()) better = true
      if (!moved || idle > patience) {
        startRound()
        if (note()) better = true
      }
    }
    return better
  }

  return {
    step,
    cost: () => ({ weightedTardiness: 0, makespan: best.makespan }),
    plan: () => toPlan(problem, best.decisions),
  }
}

function toPlan(problem: Problem, decisions: Decisions): Plan {
  const flat = flatten(problem)
  const sequences = createSequences(flat)
  const paths = createLongestPaths(flat, sequences)
  sequences.load(decisions.order, decisions.machineOf)
  paths.update(0, flat.n - 1)
  return {
    operations: Array.from({ length: flat.n }, (_, v) => ({
      job: flat.jobOf[v]!,
      operation: flat.indexInJob[v]!,
      machine: sequences.machineOf[v]!,
      start: paths.end[v]! - sequences.duration[v]!,
      end: paths.end[v]!,
    })),
  }
}
