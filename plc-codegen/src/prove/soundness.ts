import { readyUnit } from '../run/program.ts'
import type { Expression } from '../syntax/tree.ts'
import { expressionsOf, visitExpression, visitStatements } from '../syntax/visit.ts'
import { createBench } from './bench.ts'
import type { Judge } from './model.ts'
import { type PropertySpec, prepare } from './property.ts'
import { search } from './search.ts'
import { constantsOf } from './values.ts'

/** The search asks about every 20,000 steps: 2 * 10^8 in all, so that a body which loops to the watchdog does not hold us. */
const PATIENCE = 10_000

/**
 * Tries to break properties that were proved: random, boundary and guided scans with a seed of their own. Gives back the
 * indices of those that broke: a prover that is right never has one.
 */
export function refuted(
  text: string,
  pou: string,
  specs: readonly PropertySpec[],
  proved: readonly number[],
  scans: number,
  seed: number,
): number[] {
  const ready = readyUnit(text, pou)
  if (!ready.ok || proved.length === 0) return []
  const judges: Judge[] = []
  const index: number[] = []
  for (const i of proved) {
    const read = prepare(ready.checked, ready.dialect, ready.pou, specs[i]!)
    if (read.ok !== true || read.monitor.kind !== 'safety') continue
    judges.push(read)
    index.push(i)
  }
  if (judges.length === 0) return []
  const bench = createBench(ready.checked, ready.pou, ready.dialect, text, judges)
  const found: Expression[] = []
  for (const { pou: unit } of ready.checked.project.units)
    visitStatements(unit.node?.body ?? [], statement => {
      for (const each of expressionsOf(statement)) visitExpression(each, inner => found.push(inner))
    })
  for (const judge of judges) for (const each of judge.expressions) visitExpression(each, inner => found.push(inner))
  let asked = 0
  const tired = () => {
    asked += 1
    return asked > PATIENCE
  }
  // Without inputs there is one run only: it is followed for as long as makes a difference.
  const budget = bench.inputs.length === 0 ? Math.min(scans, 20_000) : scans
  const { bad } = search(bench, { scans: budget, depth: 300, seed, constants: constantsOf(found), stop: tired })
  return bad.flatMap((run, i) => (run === undefined ? [] : [index[i]!]))
}
