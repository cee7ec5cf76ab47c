import type { Problem } from './model.ts'

/**
 * A problem as flat arrays for the inner loops: operations are numbered through, job by job. Index `n` is a dummy
 * that stands for "none", so that reading a predecessor needs no branch.
 */
export interface FlatProblem {
  readonly n: number
  readonly machines: number
  readonly jobOf: Int32Array
  readonly indexInJob: Int32Array
  /** Predecessor and successor in the job, `n` where there is none. */
  readonly before: Int32Array
  readonly after: Int32Array
  /** Alternatives of operation v lie at `choiceFrom[v]` to `choiceFrom[v + 1]`. */
  readonly choiceFrom: Int32Array
  readonly choiceMachine: Int32Array
  readonly choiceDuration: Int32Array
  /** Earliest start by the moment of planning, release and material. */
  readonly earliest: Int32Array
}

export function flatten(problem: Problem): FlatProblem {
  const n = problem.jobs.reduce((sum, job) => sum + job.operations.length, 0)
  const choices = problem.jobs.reduce(
    (sum, job) => sum + job.operations.reduce((s, o) => s + o.alternatives.length, 0),
    0,
  )
  const flat = {
    n,
    machines: problem.machines.length,
    jobOf: new Int32Array(n),
    indexInJob: new Int32Array(n),
    before: new Int32Array(n + 1).fill(n),
    after: new Int32Array(n + 1).fill(n),
    choiceFrom: new Int32Array(n + 1),
    choiceMachine: new Int32Array(choices),
    choiceDuration: new Int32Array(choices),
    earliest: new Int32Array(n + 1),
  }
  let v = 0
  let choice = 0
  for (const [j, job] of problem.jobs.entries()) {
    for (const [k, operation] of job.operations.entries()) {
      flat.jobOf[v] = j
      flat.indexInJob[v] = k
      if (k > 0) {
        flat.before[v] = v - 1
        flat.after[v - 1] = v
      }
      flat.earliest[v] = Math.max(problem.now, job.release, operation.materialReady)
      for (const alternative of operation.alternatives) {
        flat.choiceMachine[choice] = alternative.machine
        flat.choiceDuration[choice] = alternative.duration
        choice += 1
      }
      v += 1
      flat.choiceFrom[v] = choice
    }
  }
  return flat
}
