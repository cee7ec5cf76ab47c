import type { FlatProblem } from '../flat.ts'
import type { Random } from '../random.ts'

/** Decisions of a whole plan, apart from times: a linear order that keeps each job's order, and the machines. */
export interface Decisions {
  readonly order: Int32Array
  readonly machineOf: Int32Array
}

/**
 * A first plan by dispatching: of the jobs' next operations the one that could end soonest goes first, one with much
 * work behind it sooner; `noise` (0: none) spreads the starts of several searches.
 */
export function dispatch(flat: FlatProblem, random: Random, noise: number): Decisions {
  const { n, after, choiceFrom, choiceMachine, choiceDuration, jobOf } = flat
  const order = new Int32Array(n)
  const machineOf = new Int32Array(n)
  const remaining = remainingWork(flat)
  const machineFree = new Int32Array(flat.machines)
  const candidates: number[] = []
  for (let v = 0; v < n; v += 1) if (flat.before[v] === n) candidates.push(v)
  const jobFree = new Int32Array(n === 0 ? 0 : jobOf[n - 1]! + 1)
  for (let i = 0; i < n; i += 1) {
    let best = 0
    let bestScore = Number.POSITIVE_INFINITY
    let bestMachine = 0
    let bestEnd = 0
    for (const [index, v] of candidates.entries()) {
      const ready = Math.max(jobFree[jobOf[v]!]!, flat.earliest[v]!)
      for (let c = choiceFrom[v]!; c < choiceFrom[v + 1]!; c += 1) {
        const m = choiceMachine[c]!
        const start = Math.max(ready, machineFree[m]!)
        const end = start + choiceDuration[c]! * (1 + noise * random())
        const score = end - (remaining[v]! * (1 + noise * (random() - 0.5))) / 2
        if (score < bestScore) {
          bestScore = score
          best = index
          bestMachine = m
          bestEnd = start + choiceDuration[c]!
        }
      }
    }
    const v = candidates[best]!
    order[i] = v
    machineOf[v] = bestMachine
    machineFree[bestMachine] = bestEnd
    jobFree[jobOf[v]!] = bestEnd
    if (after[v] === n) candidates.splice(best, 1)
    else candidates[best] = after[v]!
  }
  return { order, machineOf }
}

/** Shortest work of the job from each operation on, itself included. */
export function remainingWork(flat: FlatProblem): Int32Array {
  const work = new Int32Array(flat.n + 1)
  for (let v = flat.n - 1; v >= 0; v -= 1) {
    let shortest = Number.POSITIVE_INFINITY
    for (let c = flat.choiceFrom[v]!; c < flat.choiceFrom[v + 1]!; c += 1) {
      shortest = Math.min(shortest, flat.choiceDuration[c]!)
    }
    work[v] = shortest + work[flat.after[v]!]!
  }
  return work
}

/**
 * A plan between two: places in the order are averaged, `share` of 0 being all `a`. As both orders keep the jobs'
 * order, so does every average of them: no repair is needed. `noise` is in places.
 */
export function blend(
  flat: FlatProblem,
  a: Decisions,
  b: Decisions,
  share: number,
  noise: number,
  random: Random,
): Decisions {
  const { n, before } = flat
  const rank = new Float64Array(n)
  for (let i = 0; i < n; i += 1) {
    rank[a.order[i]!]! += i * (1 - share)
    rank[b.order[i]!]! += i * share
  }
  if (noise > 0) {
    for (let v = 0; v < n; v += 1) {
      rank[v]! += (random() - 0.5) * noise
      const leader = before[v]!
      if (leader !== n && rank[v]! <= rank[leader]!) rank[v] = rank[leader]! + 1e-6
    }
  }
  const order = Int32Array.from({ length: n }, (_, v) => v).sort((x, y) => rank[x]! - rank[y]! || x - y)
  const machineOf = new Int32Array(n)
  for (let v = 0; v < n; v += 1) machineOf[v] = random() < share ? b.machineOf[v]! : a.machineOf[v]!
  return { order, machineOf }
}
