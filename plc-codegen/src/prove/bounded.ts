import { createEncoder } from './cnf.ts'
import { type Bit, FALSE, TRUE } from './gates.ts'
import type { Model } from './model.ts'
import { createSolver } from './sat/solver.ts'
import { unroll } from './unroll.ts'

/** Inputs of every scan and the cycle time, as the simulator takes them. */
export interface Run {
  readonly cycleMs: number
  readonly inputs: readonly (readonly unknown[])[]
}

export type Step = { readonly result: 'none' | 'unknown' | 'overrun' } | { readonly result: 'found'; readonly run: Run }

/** Bounded model checking from the start (Biere et al. 1999), a scan deeper at each call. */
export interface Bounded {
  /** Whether `bad` can hold in scan number `scan` (from 0) and not before. To be asked in order. */
  step(scan: number, stop: () => boolean): Step
}

export function createBounded(model: Model, bad: Bit): Bounded {
  const { gates } = model
  const unrolled = unroll(model, true)
  const solver = createSolver()
  const encoder = createEncoder(gates, solver)
  const allowed: Bit[] = []
  return {
    step(scan, stop) {
      const assume = unrolled.at(scan, model.allowed)
      allowed.push(assume)
      if (assume !== TRUE) solver.addClause([encoder.literal(assume)])
      const over = unrolled.at(scan, model.overrun)
      const here = gates.and(unrolled.at(scan, bad), over ^ 1)
      if (here !== FALSE) {
        const found = solver.solve([encoder.literal(here)], stop)
        if (found === 'unknown') return { result: 'unknown' }
        if (found === 'sat') return { result: 'found', run: read(scan) }
        solver.addClause([encoder.literal(here) ^ 1])
      }
      if (over !== FALSE) {
        const found = solver.solve([encoder.literal(over)], stop)
        if (found !== 'unsat') return { result: found === 'sat' ? 'overrun' : 'unknown' }
        solver.addClause([encoder.literal(over) ^ 1])
      }
      return { result: 'none' }
    },
  }

  function read(last: number): Run {
    const valueIn = (scan: number) => (bit: Bit) => {
      const there = unrolled.at(scan, bit)
      if (there <= TRUE) return there === TRUE
      const literal = encoder.known(there)
      // What the proof never looked at is left at zero.
      return literal !== undefined && solver.value(literal)
    }
    const first = valueIn(0)
    const cycleMs = model.cycle.reduce((sum, bit, i) => sum + (first(bit) ? 2 ** i : 0), 0)
    const inputs = Array.from({ length: last + 1 }, (_, scan) => model.inputValues(valueIn(scan)))
    return { cycleMs: cycleMs === 0 ? 100 : cycleMs, inputs }
  }
}

/** The step of k-induction (Sheeran, Singh, Stålmarck 2000): k good scans from anywhere are followed by a good one. */
export function createInduction(model: Model, bad: Bit): { step(k: number, stop: () => boolean): boolean } {
  const { gates } = model
  const unrolled = unroll(model, false)
  const solver = createSolver()
  const encoder = createEncoder(gates, solver)
  const wrong = gates.or(bad, model.overrun)
  let done = -1
  return {
    step(k, stop) {
      for (let scan = done + 1; scan <= k; scan += 1) {
        const assume = unrolled.at(scan, model.allowed)
        if (assume !== TRUE) solver.addClause([encoder.literal(assume)])
        if (scan > 0) {
          const before = unrolled.at(scan - 1, wrong)
          if (before !== FALSE) solver.addClause([encoder.literal(before) ^ 1])
        }
        done = scan
      }
      const here = unrolled.at(k, wrong)
      return here === FALSE || solver.solve([encoder.literal(here)], stop) === 'unsat'
    },
  }
}
