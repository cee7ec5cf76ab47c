import type { Run } from './bounded.ts'
import { createEncoder } from './cnf.ts'
import { type Bit, FALSE, TRUE } from './gates.ts'
import { ic3 } from './ic3.ts'
import type { Model } from './model.ts'
import { createSolver } from './sat/solver.ts'
import { evaluateGates } from './simulate.ts'
import { unroll } from './unroll.ts'

/**
 * Whether from every memory at all the goal is reached within `depth` scans while the inputs are held: then it can be
 * reached again from every reachable one. `holding` are bits of the model's inputs with their values.
 */
export function returnsAlways(
  model: Model,
  goal: Bit,
  holding: ReadonlyMap<Bit, boolean>,
  depth: number,
  stop: () => boolean,
): boolean {
  const { gates } = model
  const unrolled = unroll(model, false)
  const solver = createSolver()
  const encoder = createEncoder(gates, solver)
  for (let scan = 0; scan < depth; scan += 1) {
    for (const each of [unrolled.at(scan, model.allowed), unrolled.at(scan, model.overrun) ^ 1])
      if (each !== TRUE) solver.addClause([encoder.literal(each)])
    for (const [bit, value] of holding) solver.addClause([encoder.literal(unrolled.at(scan, bit)) ^ (value ? 0 : 1)])
    const met = unrolled.at(scan, goal)
    if (met !== FALSE) solver.addClause([encoder.literal(met) ^ 1])
    if (model.overrun !== FALSE) return false
    if (solver.solve([], stop) === 'unsat') return true
    if (stop()) return false
  }
  return false
}

/** The model begun at the end of a run instead of at its start. */
export function startedAfter(model: Model, run: Run): Model {
  let state = model.states.map(each => each.start ?? false)
  const cycleBits = model.cycle.map((_, i) => Math.floor(run.cycleMs / 2 ** i) % 2 === 1)
  const index = new Map(model.states.map((each, i) => [each.now >> 1, i]))
  model.cycle.forEach((bit, i) => {
    state[index.get(bit >> 1)!] = cycleBits[i]!
  })
  for (const values of run.inputs) {
    const inputs = model.inputBits(values)
    const value = evaluateGates(model, node => {
      const i = index.get(node)
      return i === undefined ? (inputs.get(node * 2) ?? false) : state[i]!
    })
    state = model.states.map(each => value(each.next))
  }
  return { ...model, states: model.states.map((each, i) => ({ ...each, start: state[i]! })) }
}

/** A run after which the goal can never be reached again, among the ends of runs that search kept. */
export function findDeadEnd(model: Model, goal: Bit, runs: readonly Run[], stop: () => boolean): Run | undefined {
  for (const run of runs) {
    if (stop()) return undefined
    if (ic3(startedAfter(model, run), goal, stop).result === 'proved') return run
  }
  return undefined
}
