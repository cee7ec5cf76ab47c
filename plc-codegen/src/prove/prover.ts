import { createBounded, createInduction, type Run } from './bounded.ts'
import { type Bit, FALSE } from './gates.ts'
import { ic3 } from './ic3.ts'
import type { Model } from './model.ts'

export type Proof =
  | { readonly result: 'proved'; readonly method: 'k-induction' | 'ic3'; readonly depth: number }
  /** `run` is a shortest one where `shortest` says so. */
  | { readonly result: 'violated'; readonly run: Run; readonly shortest: boolean }
  /** Nothing found in the first `depth` scans. */
  | { readonly result: 'bounded'; readonly depth: number }

export interface ProverOptions {
  /** Milliseconds on any clock. */
  readonly now: () => number
  readonly limitMs: number
  /** Whether a run found in gates does what it should in the simulator. */
  readonly confirm: (run: Run) => boolean
}

/**
 * Whether `bad` can ever hold: the start first, a few steps of k-induction, then property-directed reachability, then as
 * deep from the start as time allows.
 */
export function prove(model: Model, bad: Bit, options: ProverOptions): Proof {
  const { now, limitMs, confirm } = options
  const began = now()
  const until = (share: number) => () => now() - began > limitMs * share
  if (bad === FALSE && model.overrun === FALSE) return { result: 'proved', method: 'k-induction', depth: 1 }
  const bounded = createBounded(model, bad)
  const induction = createInduction(model, bad)
  let depth = 0
  const deeper = (stop: () => boolean): Proof | 'none' | 'stopped' => {
    const step = bounded.step(depth, stop)
    if (step.result === 'found')
      return confirm(step.run) ? { result: 'violated', run: step.run, shortest: true } : { result: 'bounded', depth }
    if (step.result !== 'none') return 'stopped'
    depth += 1
    return 'none'
  }
  for (let k = 0; k < 10 && !until(0.3)(); k += 1) {
    const found = deeper(until(0.3))
    if (found === 'stopped') break
    if (found !== 'none') return found
    if (induction.step(k, until(0.3))) return { result: 'proved', method: 'k-induction', depth: k + 1 }
  }
  const answer = ic3(model, bad, until(0.8))
  if (answer.result === 'proved') return { result: 'proved', method: 'ic3', depth }
  while (!until(1)() && depth < 400) {
    const found = deeper(until(1))
    if (found === 'stopped') break
    if (found !== 'none') return found
  }
  return { result: 'bounded', depth }
}

/** Looks for a shortest violation no longer than `longest` scans. */
export function shortest(model: Model, bad: Bit, longest: number, options: ProverOptions): Run | undefined {
  const began = options.now()
  const stop = () => options.now() - began > options.limitMs
  const bounded = createBounded(model, bad)
  for (let scan = 0; scan < longest && !stop(); scan += 1) {
    const step = bounded.step(scan, stop)
    if (step.result === 'found') return options.confirm(step.run) ? step.run : undefined
    if (step.result !== 'none') return undefined
  }
  return undefined
}
