import type { Trace } from '../run/trace.ts'
import type { Bench } from './bench.ts'
import type { Run } from './bounded.ts'
import { alphabetOf, type Explored, explore } from './explicit.ts'
import { type Bit, TooLarge } from './gates.ts'
import { buildModel, type Judge, type Model } from './model.ts'
import type { Said } from './property.ts'
import { type Proof, prove, shortest } from './prover.ts'
import { findDeadEnd, returnsAlways } from './repeat.ts'
import { type Found, replay, search, shorten, simplify } from './search.ts'
import { Unsupported } from './symbolic/machine.ts'
import { usesTime } from './uses-time.ts'
import type { Constants } from './values.ts'

export type VerdictKind = 'proved' | 'bounded' | 'violated' | 'unknown'

export interface Settled {
  readonly verdict: VerdictKind
  readonly method: string
  readonly depth: number
  readonly vacuous: boolean
  readonly says: readonly Said[]
  readonly trace?: Trace
}

export interface Session {
  decide(property: number): Settled
}

interface Needs {
  readonly bench: Bench
  readonly judges: readonly Judge[]
  readonly constants: Constants
  readonly now: () => number
  /** The clock of `totalMs`. */
  readonly wall: () => number
  readonly limitMs: number
  readonly totalMs: number
}

const SCANS = 30_000
const DEPTH = 300
const STATES = 4000

/** Search, exhaustive visit and model are made once, for all properties; each is then decided by the first that can. */
export function settle(needs: Needs): Session {
  const { bench, judges, constants, now, wall, limitMs, totalMs } = needs
  const began = wall()
  let left = judges.length
  const until = (ms: number) => {
    const end = now() + ms
    return () => now() > end
  }
  const found: Found = search(bench, {
    scans: SCANS,
    depth: DEPTH,
    seed: 1,
    constants,
    stop: until(Math.min(limitMs / 2, 1500)),
  })
  let explored: Explored | undefined
  let model: Model | undefined
  let why = ''
  const prepareOnce = () => {
    const alphabet = usesTime(bench.unit) ? undefined : alphabetOf(bench.inputs.map(each => each.type))
    if (alphabet !== undefined) {
      const visited = explore(bench, alphabet, STATES, until(Math.min(limitMs / 4, 1000)))
      if (visited.complete) explored = visited
    }
    if (explored !== undefined) return
    // The model begins where the simulator begins.
    bench.reset()
    try {
      model = buildModel(bench.unit, judges)
    } catch (error) {
      if (error instanceof Unsupported) why = error.message
      else if (error instanceof TooLarge || error instanceof RangeError) why = 'the formula is too large'
      else throw error
    }
  }
  prepareOnce()

  function budget(): number {
    const rest = Math.max(200, totalMs - (wall() - began))
    const share = Math.min(limitMs, (rest / Math.max(1, left)) * 1.5)
    left -= 1
    return share
  }

  return {
    decide(property) {
      const limit = budget()
      const { kind } = judges[property]!.monitor
      if (explored !== undefined) return byVisit(explored, property, kind)
      if (kind === 'repeatability') return repeatable(property, limit)
      const goal = kind === 'reachability'
      const run = found.bad[property]
      if (goal && run !== undefined) return reached(property, smallest(property, run, limit), 'search')
      if (run !== undefined) return broken(property, run, limit)
      const proof = proofOf(property, limit)
      if (proof?.result === 'violated')
        return goal ? reached(property, proof.run, 'bmc') : violated(property, proof.run, 'bmc', true)
      if (proof?.result === 'proved') {
        if (goal) return unreachable(proof.method)
        const vacuous = isVacuous(property, limit / 2)
        const says: Said[] = [
          proof.method === 'ic3' ? ['proved-ic3', {}] : ['proved-induction', { depth: proof.depth }],
        ]
        if (vacuous) says.push(['vacuous', {}])
        return { verdict: 'proved', method: proof.method, depth: proof.depth, vacuous, says }
      }
      const depth = Math.max(proof?.depth ?? 0, found.depth)
      const says: Said[] = [[goal ? 'bounded-reach' : 'bounded', { depth, scans: found.scans }]]
      if (why !== '') says.push(['no-gates', { what: why }])
      return { verdict: 'bounded', method: proof === undefined ? 'search' : 'bmc', depth, vacuous: false, says }
    },
  }

  function confirms(property: number) {
    return (run: Run) => replay(bench, run, property) === run.inputs.length
  }

  function proofOf(property: number, limit: number): Proof | undefined {
    if (model === undefined) return undefined
    return safely(() =>
      prove(model!, model!.judged[property]!.bad, { now, limitMs: limit, confirm: confirms(property) }),
    )
  }

  /** A formula that grows too large while it is unrolled ends the attempt, not the answer. */
  function safely<T>(attempt: () => T): T | undefined {
    try {
      return attempt()
    } catch (error) {
      if (error instanceof TooLarge || error instanceof RangeError) return undefined
      throw error
    }
  }

  function smallest(property: number, run: Run, limit: number): Run {
    const bit = model?.judged[property]?.bad
    const least =
      model === undefined || bit === undefined
        ? undefined
        : safely(() => shortest(model!, bit, run.inputs.length, { now, limitMs: limit, confirm: confirms(property) }))
    return least ?? shorten(bench, run, property, until(limit / 2))
  }

  function broken(property: number, run: Run, limit: number): Settled {
    const bit = model?.judged[property]?.bad
    if (model !== undefined && bit !== undefined) {
      const least = safely(() =>
        shortest(model!, bit, run.inputs.length, { now, limitMs: limit, confirm: confirms(property) }),
      )
      if (least !== undefined) return violated(property, least, 'bmc', true)
    }
    return violated(property, shorten(bench, run, property, until(limit / 2)), 'search', false)
  }

  function violated(property: number, wrong: Run, method: string, least: boolean): Settled {
    // Believed only when it happens in the simulator.
    const at = replay(bench, wrong, property)
    if (at === undefined)
      return {
        verdict: 'bounded',
        method: 'search',
        depth: found.depth,
        vacuous: false,
        says: [['bounded', { depth: found.depth, scans: found.scans }]],
      }
    const run = simplify(bench, { ...wrong, inputs: wrong.inputs.slice(0, at) }, property, until(limitMs / 4))
    const scans = run.inputs.length
    const says: Said[] = [['violated', { scans }]]
    if (least) says.push(['shortest', {}])
    return { verdict: 'violated', method, depth: scans, vacuous: false, says, trace: bench.trace(run) }
  }

  function reached(property: number, way: Run, method: string): Settled {
    const run = simplify(bench, way, property, until(limitMs / 4))
    const scans = run.inputs.length
    return {
      verdict: 'proved',
      method,
      depth: scans,
      vacuous: false,
      says: [['proved-witness', { scans }]],
      trace: bench.trace(run),
    }
  }

  function example(): Trace {
    const values = found.ends[0] ?? { cycleMs: 100, inputs: [] }
    return bench.trace(values.inputs.length > 0 ? values : { cycleMs: 100, inputs: [firstValues()] })
  }

  function firstValues(): unknown[] {
    bench.reset()
    const { unit } = bench
    return bench.inputs.map(each => (each.where === 'frame' ? unit.frame() : unit.program.machine.globals)[each.slot])
  }

  function unreachable(method: string): Settled {
    return {
      verdict: 'violated',
      method,
      depth: 0,
      vacuous: false,
      says: [['unreachable', {}]],
      trace: example(),
    }
  }

  function isVacuous(property: number, limit: number): boolean {
    if (found.premise[property] === true || model === undefined) return false
    const { premise } = model.judged[property]!
    const proof = safely(() => prove(model!, premise, { now, limitMs: limit, confirm: () => true }))
    return proof?.result === 'proved'
  }

  function byVisit(all: Explored, property: number, kind: string): Settled {
    const { states, depth } = all
    const run = all.bad[property]
    const says: Said[] = [['proved-exhaustive', { states }]]
    const base = { method: 'exhaustive', depth, vacuous: false }
    if (kind === 'repeatability') {
      const stuck = all.stuck[property]
      if (stuck === undefined) return { ...base, verdict: 'proved', says }
      const trace = stuck.inputs.length === 0 ? example() : bench.trace(stuck)
      return { ...base, verdict: 'violated', depth: stuck.inputs.length, says: [['never-again', {}]], trace }
    }
    if (kind === 'reachability')
      return run === undefined ? unreachable('exhaustive') : reached(property, run, 'exhaustive')
    if (run !== undefined) return violated(property, run, 'exhaustive', true)
    const vacuous = all.premise[property] !== true
    if (vacuous) says.push(['vacuous', {}])
    return { ...base, verdict: 'proved', vacuous, says }
  }

  function repeatable(property: number, limit: number): Settled {
    const run = found.bad[property]
    const goal = model?.judged[property]?.bad
    if (model !== undefined && goal !== undefined) {
      if (run === undefined) {
        const proof = proofOf(property, limit / 2)
        if (proof?.result === 'proved') return unreachable(proof.method)
      } else {
        const held = holding(model, run)
        if (safely(() => returnsAlways(model!, goal, held, 64, until(limit / 2))) === true)
          return {
            verdict: 'proved',
            method: 'k-induction',
            depth: 64,
            vacuous: false,
            says: [['proved-return', { inputs: inputText(run), depth: 64 }]],
          }
      }
      const end = safely(() => findDeadEnd(model!, goal, found.ends.slice(-20), until(limit / 2)))
      if (end !== undefined)
        return {
          verdict: 'violated',
          method: 'ic3',
          depth: end.inputs.length,
          vacuous: false,
          says: [['never-again', {}]],
          trace: bench.trace(end),
        }
    }
    const says: Said[] = [['bounded-reach', { depth: found.depth, scans: found.scans }]]
    if (why !== '') says.push(['no-gates', { what: why }])
    return { verdict: 'bounded', method: 'search', depth: found.depth, vacuous: false, says }
  }

  function holding(of: Model, run: Run): ReadonlyMap<Bit, boolean> {
    return of.inputBits(run.inputs.at(-1) ?? firstValues())
  }

  function inputText(run: Run): string {
    const trace = bench.trace({ cycleMs: run.cycleMs, inputs: run.inputs.slice(-1) })
    return JSON.stringify(Object.fromEntries(Object.entries(trace.inputs ?? {}).map(([name, list]) => [name, list[0]])))
  }
}
