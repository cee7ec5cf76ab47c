import type { FlatProblem } from '../flat.ts'
import type { Random } from '../random.ts'
import type { Sequences } from '../sequences.ts'
import type { LongestPaths } from './longest-path.ts'

/** One critical path, drawn at random where several meet, written to `path` in order of time. Returns its length. */
export function criticalPath(
  flat: FlatProblem,
  sequences: Sequences,
  paths: LongestPaths,
  makespan: number,
  random: Random,
  path: Int32Array,
): number {
  const { n, before } = flat
  const { end } = paths
  let at = n
  let candidates = 0
  for (let v = 0; v < n; v += 1) {
    if (end[v] === makespan) {
      candidates += 1
      if (candidates === 1 || random() * candidates < 1) at = v
    }
  }
  let length = 0
  while (at !== n) {
    path[length++] = at
    const start = end[at]! - sequences.duration[at]!
    if (start === 0) break
    const job = before[at]!
    const machine = sequences.previous[at]!
    const byJob = job !== n && end[job] === start
    const byMachine = machine !== n && end[machine] === start
    if (byJob && byMachine) at = random() < 0.5 ? job : machine
    else if (byJob) at = job
    else if (byMachine) at = machine
    else break
  }
  for (let i = 0, k = length - 1; i < k; i += 1, k -= 1) {
    const swap = path[i]!
    path[i] = path[k]!
    path[k] = swap
  }
  return length
}
