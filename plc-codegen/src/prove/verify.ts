import type { Diagnostic } from '../check/diagnostics.ts'
import type { Language } from '../problems.ts'
import { type LoadOptions, type ReadyUnit, readyUnit } from '../run/program.ts'
import type { Trace } from '../run/trace.ts'
import type { Expression } from '../syntax/tree.ts'
import { expressionsOf, visitExpression, visitStatements } from '../syntax/visit.ts'
import { withAssertions } from './assertions.ts'
import { createBench } from './bench.ts'
import { type Settled, settle, type VerdictKind } from './decide.ts'

export type { VerdictKind } from './decide.ts'

import { message } from './messages.ts'
import type { Judge } from './model.ts'
import { assertionProperty, type Prepared, type PropertySpec, prepare, type Said } from './property.ts'
import { type Constants, constantsOf } from './values.ts'

export interface PropertyAnswer {
  readonly id: string
  readonly verdict: VerdictKind
  readonly method: string
  /** Scans: of the proof's induction, of the counterexample, or searched. */
  readonly depth: number
  readonly ms: number
  readonly message: string
  /** Proved to have a premise that can never hold. */
  readonly vacuous: boolean
  /** A trace that `run` replays; of a reachability the run that reaches it. */
  readonly counterexample?: Trace
}

export interface VerifyOptions extends LoadOptions {
  /** Milliseconds on any clock, best of this process's own work; the library has none of its own. */
  readonly now: () => number
  /** Milliseconds of the wall, for `totalMs`; `now` where absent. */
  readonly wall?: () => number
  /** For each property; 5000 where absent. */
  readonly limitMs?: number
  /** For all of them; 100,000 where absent. */
  readonly totalMs?: number
  /** Called after each property. */
  readonly progress?: (answer: PropertyAnswer) => void
}

export type VerifyResult =
  | { readonly ok: true; readonly answers: readonly PropertyAnswer[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] }

/** Judges properties of a unit over all inputs from its initial state, each at the ends of scans. */
export function verify(
  text: string,
  pouName: string,
  specs: readonly PropertySpec[],
  options: VerifyOptions,
): VerifyResult {
  const lang: Language = options.lang ?? 'en'
  const plain = readyUnit(text, pouName, options)
  if (!plain.ok) return plain
  const asserted = withAssertions(text)
  const changed = asserted.globals.length === 0 ? plain : readyUnit(asserted.text, pouName, options)
  const ready: ReadyUnit = changed.ok ? changed : plain
  const { checked, dialect, pou } = ready
  const prepared = specs.map((spec): Prepared => {
    const read = prepare(checked, dialect, pou, spec)
    if (read.ok !== 'assertion' || asserted.globals.length === 0) return read
    if (changed.ok) return assertionProperty(checked, dialect, pou, asserted.globals)
    const what = changed.diagnostics.find(each => each.severity === 'error')
    return { ok: false, why: ['bad-expression', { text: '//#ASSERT', what: what?.message ?? '' }] }
  })
  const judges: Judge[] = []
  const place = prepared.map(each => (each.ok === true ? judges.push(each) - 1 : -1))
  const said = (list: readonly Said[]) => list.map(([code, values]) => message(lang, code, values)).join('; ')
  const session = settle({
    bench: createBench(checked, pou, dialect, changed.ok ? asserted.text : text, judges),
    judges,
    constants: constants(ready, judges),
    now: options.now,
    wall: options.wall ?? options.now,
    limitMs: options.limitMs ?? 5000,
    totalMs: options.totalMs ?? 100_000,
  })
  const answers = specs.map((spec, i): PropertyAnswer => {
    const began = options.now()
    const id = String(spec.id ?? i + 1)
    const read = prepared[i]!
    const shared = { id, vacuous: false, depth: 0, method: 'none' }
    let answer: PropertyAnswer
    if (read.ok === 'assertion')
      answer = { ...shared, verdict: 'proved', ms: 0, message: message(lang, 'no-assertion') }
    else if (!read.ok) answer = { ...shared, verdict: 'unknown', ms: 0, message: said([read.why]) }
    else {
      const found: Settled = session.decide(place[i]!)
      const { says, trace, ...rest } = found
      answer = {
        id,
        ...rest,
        ms: Math.round((options.now() - began) * 10) / 10,
        message: said([...says, ...read.notes]),
        ...(trace === undefined ? {} : { counterexample: trace }),
      }
    }
    options.progress?.(answer)
    return answer
  })
  return { ok: true, answers }
}

/** Constants of the program's bodies and initial values, and of the properties. */
function constants({ checked }: ReadyUnit, judges: readonly Judge[]): Constants {
  const found: Expression[] = []
  const add = (each: Expression) => visitExpression(each, inner => found.push(inner))
  for (const { pou } of checked.project.units) {
    for (const variable of pou.variables.values()) if (variable.init !== undefined) add(variable.init)
    visitStatements(pou.node?.body ?? [], statement => {
      for (const each of expressionsOf(statement)) add(each)
    })
  }
  for (const judge of judges) for (const each of judge.expressions) add(each)
  return constantsOf(found)
}
