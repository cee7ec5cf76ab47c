/**
 * The ladder of forecasters with identical inputs and time splits: persistence, delayed linear, ARX. Lags and penalty are
 * chosen on the last fifth of the rows given, never at random; the simplest within noise of the best wins and is fitted anew.
 */
import { conformalHalfWidth } from './conformal.ts'
import { estimate, fitLinear, type LinearModel, type Term } from './linear-model.ts'
import { at, type SampleTable } from './table.ts'

export type RungName = 'mean' | 'persistence' | 'delayed linear' | 'arx'

export interface Rung {
  readonly name: RungName
  readonly rmse: number
  readonly r2: number
  /** 1 - RMSE / RMSE of the first rung that can be had without a model. */
  readonly skill: number
  readonly model: LinearModel
  readonly terms: number
}

export interface LadderOptions {
  readonly target: string
  readonly inputs: readonly string[]
  readonly horizon: number
  /** Rows until a target is known; `never` in use. */
  readonly targetLate: number | 'never'
}

const PENALTIES = [0.1, 1, 10, 100, 1000]
const DEPTHS = [0, 4, 8, 16, 24]
/** Within this of the best, the simpler rung is preferred. */
const NOISE = 1.01

export function fitLadder(table: SampleTable, options: LadderOptions): { winner: Rung; rungs: Rung[] } {
  const inner = Math.floor(table.rows * 0.8)
  const rows = judgedRows(table, options, inner)
  const reference = heldOut(constantModel(table, options, inner), table, options, rows)
  const rungs: Rung[] = []
  const add = (name: RungName, candidates: readonly { terms: readonly Term[]; penalty: number }[]) => {
    const tried = candidates.map(candidate => {
      const model =
        candidate.terms.length === 0
          ? constantModel(table, options, inner)
          : name === 'persistence'
            ? persistenceModel(table, options, inner, candidate.terms[0]!)
            : fitLinear(table, { ...options, ...candidate, from: 0, to: inner })
      return { candidate, model, errors: heldOut(model, table, options, rows) }
    })
    const best = tried.reduce((a, b) => (rmse(b.errors) < rmse(a.errors) ? b : a))
    const final =
      name === 'mean' || name === 'persistence'
        ? best.model
        : fitLinear(table, { ...options, ...best.candidate, from: 0, to: table.rows })
    const halfWidth = conformalHalfWidth(best.errors, 0.9)
    rungs.push({
      name,
      rmse: rmse(best.errors),
      r2: 1 - (rmse(best.errors) / rmse(reference.length > 0 ? deviations(table, options, rows) : [1])) ** 2,
      skill: 1 - rmse(best.errors) / rmse(rungs[0] === undefined ? best.errors : reference),
      model: { ...final, halfWidth: Number.isFinite(halfWidth) ? halfWidth : 3 * rmse(best.errors) },
      terms: best.candidate.terms.length,
    })
  }

  add('mean', [{ terms: [], penalty: 1 }])
  const late = options.targetLate
  if (late !== 'never') add('persistence', [{ terms: [{ column: options.target, lag: late }], penalty: 1 }])
  const grid = (target: readonly Term[]) =>
    DEPTHS.flatMap(depth =>
      PENALTIES.map(penalty => ({ terms: [...inputLags(options.inputs, depth), ...target], penalty })),
    )
  add('delayed linear', grid([]))
  if (late !== 'never') add('arx', grid([0, 1, 2, 3].map(k => ({ column: options.target, lag: late + k }))))

  const least = Math.min(...rungs.map(rung => rung.rmse))
  return { winner: rungs.find(rung => rung.rmse <= least * NOISE)!, rungs }
}

const inputLags = (inputs: readonly string[], depth: number): Term[] =>
  inputs.flatMap(column => {
    const step = depth > 8 ? 2 : 1
    return Array.from({ length: Math.floor(depth / step) + 1 }, (_, i) => ({ column, lag: i * step }))
  })

/** With fewer whole rows than this, rows with carried values are judged too. */
const FEWEST_WHOLE_ROWS = 30

/**
 * Rows of the last fifth at which every rung is judged alike: row and target lie after the split, and nothing that the
 * deepest candidate reads is missing.
 */
function judgedRows(table: SampleTable, options: LadderOptions, inner: number): number[] {
  const late = options.targetLate === 'never' ? undefined : options.targetLate
  const deepest = Math.max(...DEPTHS)
  const rows: number[] = []
  for (let row = inner; row + options.horizon < table.rows; row += 1) {
    if (!Number.isNaN(at(table, options.target, row + options.horizon))) rows.push(row)
  }
  const isThere = (column: string, from: number, to: number) => {
    for (let row = from; row <= to; row += 1) if (Number.isNaN(at(table, column, row))) return false
    return true
  }
  const whole = rows.filter(
    row =>
      options.inputs.every(column => isThere(column, row - deepest, row)) &&
      (late === undefined || isThere(options.target, row - late - 3, row - late)),
  )
  return whole.length < FEWEST_WHOLE_ROWS ? rows : whole
}

function heldOut(model: LinearModel, table: SampleTable, options: LadderOptions, rows: readonly number[]): number[] {
  return rows.flatMap(row => {
    const guess = estimate(model, table, row)
    return guess === undefined ? [] : [guess.y - at(table, options.target, row + options.horizon)]
  })
}

const targetsOf = (table: SampleTable, options: LadderOptions, from: number, to: number): number[] => {
  const values: number[] = []
  for (let row = from; row < to; row += 1) {
    const value = at(table, options.target, row)
    if (!Number.isNaN(value)) values.push(value)
  }
  return values
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
const rmse = (errors: readonly number[]) => Math.sqrt(mean(errors.map(error => error * error)))

/** Deviations of the judged targets from their own mean, for R2. */
function deviations(table: SampleTable, options: LadderOptions, rows: readonly number[]): number[] {
  const values = rows.map(row => at(table, options.target, row + options.horizon))
  const middle = mean(values)
  return values.map(value => value - middle)
}

function constantModel(table: SampleTable, options: LadderOptions, to: number): LinearModel {
  const { target, horizon } = options
  return { target, horizon, terms: [], intercept: mean(targetsOf(table, options, 0, to)), seen: {}, halfWidth: 0 }
}

function persistenceModel(table: SampleTable, options: LadderOptions, to: number, term: Term): LinearModel {
  const fitted = fitLinear(table, { ...options, terms: [term], penalty: 1, from: 0, to })
  return { ...fitted, terms: [{ ...term, weight: 1 }], intercept: 0 }
}
