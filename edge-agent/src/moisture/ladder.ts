/**
 * The ladder of forecasters with identical inputs and time splits. Every rung is judged on the same rows, each forecast by a
 * model fitted to earlier rows only (rolling origin, four folds over the last three fifths). A rung is the mean of the best
 * few of its family, so that no single choice of lags and penalty carries it; the simplest rung within noise of the best wins
 * and is fitted anew on all rows.
 */
import { type Bands, bandsFrom } from './bands.ts'
import { type BoostedModel, estimateBoosted, fitBoosted } from './boosting.ts'
import { arx, deepestLag, delayedLinear, type Family, type Question, stateSpace } from './candidates.ts'
import { designOf, type Term } from './design.ts'
import { type LinearModel, meanModel, seenIn } from './linear-model.ts'
import type { Model } from './model.ts'
import { at, type SampleTable } from './table.ts'

export type RungName = 'mean' | 'persistence' | 'delayed linear' | 'arx' | 'state space' | 'boosting'

export interface Rung {
  readonly name: RungName
  readonly rmse: number
  readonly r2: number
  /** 1 - RMSE / RMSE of persistence, or of the mean where no target is known in use. */
  readonly skill: number
  readonly model: Model
  readonly bands: Bands
  /** Held-out errors in time order, the same rows for every rung. */
  readonly errors: readonly number[]
}

export interface LadderOptions extends Question {
  /** Column whose value names the regime; each has its own interval. */
  readonly regime?: string
  /** Rungs left out, for tests and quick looks. */
  readonly without?: readonly RungName[]
}

/**
 * The simpler rung is preferred while the best is better by less than one standard error of the paired difference over
 * blocks of rows in time order, and by less than this.
 */
const NOISE = 1.05
const BLOCKS = 12
const FOLDS = 4
const FIRST_FOLD = 0.4
/** Members of a rung's committee: at most so many, none worse than the best by more. */
const MOST_MEMBERS = 8
const WORST_MEMBER = 1.12

export function fitLadder(table: SampleTable, options: LadderOptions): { winner: Rung; rungs: Rung[] } {
  const folds = foldsOf(table.rows)
  const judged = judgedRows(table, options, folds[0]!.from)
  const inFold = folds.map(({ from, to }) => judged.filter(row => row >= from && row < to))
  const truth = judged.map(row => at(table, options.target, row + options.horizon))
  const rungs: Rung[] = []

  const finish = (name: RungName, guesses: readonly number[], model: Model) => {
    const errors = guesses.map((guess, i) => truth[i]! - guess)
    const error = rms(errors)
    const reference = rungs.find(rung => rung.name === 'persistence') ?? rungs[0]
    const middle = mean(truth)
    const bands = bandsFrom(
      errors.map((each, i) => ({ error: each, regime: regimeAt(table, options.regime, judged[i]!) })),
    )
    rungs.push({
      name,
      rmse: error,
      r2: 1 - (error / rms(truth.map(value => value - middle))) ** 2,
      skill: reference === undefined ? 0 : 1 - error / reference.rmse,
      model: { ...model, halfWidth: bands.all },
      bands,
      errors,
    })
  }

  const addFamily = (name: RungName, family: Family) => {
    const guesses: number[][] = []
    folds.forEach(({ from }, f) => {
      family(table, options, from).forEach((model, c) => {
        const list = guesses[c] ?? []
        guesses[c] = list
        for (const row of inFold[f]!) list.push(model === undefined ? Number.NaN : linearAt(model, table, row))
      })
    })
    const scored = guesses
      .map((list, c) => ({ c, list, error: rms(list.map((guess, i) => truth[i]! - guess)) }))
      .filter(each => Number.isFinite(each.error))
      .sort((a, b) => a.error - b.error || a.c - b.c)
    const best = scored[0]
    if (best === undefined) return
    const members = scored.slice(0, MOST_MEMBERS).filter(each => each.error <= WORST_MEMBER * best.error)
    const final = family(table, options, table.rows)
    const fitted = members.flatMap(each => final[each.c] ?? [])
    if (fitted.length === 0) return
    finish(
      name,
      truth.map((_, i) => mean(members.map(each => each.list[i]!))),
      meanModel(fitted),
    )
  }

  const wanted = (name: RungName) => options.without?.includes(name) !== true
  addFamily('mean', (rows, question, to) => [constantModel(rows, question, to)])
  if (options.targetLate !== 'never') addFamily('persistence', persistence)
  if (wanted('delayed linear')) addFamily('delayed linear', delayedLinear)
  if (wanted('arx')) addFamily('arx', arx)
  if (wanted('state space')) addFamily('state space', stateSpace)
  if (wanted('boosting')) {
    const guesses = folds.flatMap(({ from }, f) => {
      const model = boosted(table, options, from)
      return inFold[f]!.map(row => estimateBoosted(model, table, row)?.y ?? Number.NaN)
    })
    if (guesses.every(Number.isFinite)) finish('boosting', guesses, boosted(table, options, table.rows))
  }

  const best = rungs.reduce((a, b) => (b.rmse < a.rmse ? b : a))
  return { winner: rungs.find(rung => rung === best || isAsGood(rung, best))!, rungs }
}

/** Is the best better by no more than chance? */
function isAsGood(rung: Rung, best: Rung): boolean {
  if (rung.rmse > best.rmse * NOISE) return false
  const rows = best.errors.length
  const losses = Array.from({ length: BLOCKS }, (_, b) => {
    const from = Math.floor((b * rows) / BLOCKS)
    const to = Math.floor(((b + 1) * rows) / BLOCKS)
    return mean(best.errors.slice(from, to).map((error, i) => rung.errors[from + i]! ** 2 - error ** 2))
  })
  const loss = mean(losses)
  const spread = Math.sqrt(losses.reduce((sum, each) => sum + (each - loss) ** 2, 0) / (BLOCKS - 1))
  return loss <= spread / Math.sqrt(BLOCKS)
}

function foldsOf(rows: number): { from: number; to: number }[] {
  const edge = (k: number) => Math.floor(rows * (FIRST_FOLD + ((1 - FIRST_FOLD) * k) / FOLDS))
  return Array.from({ length: FOLDS }, (_, k) => ({ from: edge(k), to: edge(k + 1) }))
}

/** With fewer whole rows than this, rows with missing values before them are judged too. */
const FEWEST_WHOLE_ROWS = 30

/** Rows at which every rung is judged alike: the target is there, and nothing that the deepest candidate reads is missing. */
function judgedRows(table: SampleTable, options: LadderOptions, first: number): number[] {
  const deepest = deepestLag(table.rows)
  const late = options.targetLate === 'never' ? undefined : options.targetLate
  const isThere = (column: string, from: number, to: number) => {
    for (let row = Math.max(0, from); row <= to; row += 1) if (Number.isNaN(at(table, column, row))) return false
    return true
  }
  const rows: number[] = []
  for (let row = first; row + options.horizon < table.rows; row += 1)
    if (!Number.isNaN(at(table, options.target, row + options.horizon))) rows.push(row)
  const whole = rows.filter(
    row =>
      options.inputs.every(column => isThere(column, row - deepest, row)) &&
      (late === undefined || isThere(options.target, row - late - 3, row - late)),
  )
  return whole.length < FEWEST_WHOLE_ROWS ? rows : whole
}

export const regimeAt = (table: SampleTable, column: string | undefined, row: number): string =>
  column === undefined ? 'all' : String(at(table, column, row))

/** Newest value before a missing one; NaN where there is none near. */
function linearAt(model: LinearModel, table: SampleTable, row: number): number {
  let y = model.intercept
  for (const { column, lag, weight } of model.terms) {
    let from = row - lag
    let value = at(table, column, from)
    while (Number.isNaN(value) && from > Math.max(0, row - lag - 30)) value = at(table, column, --from)
    y += weight * value
  }
  return y
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
const rms = (errors: readonly number[]) => Math.sqrt(mean(errors.map(error => error * error)))

function constantModel(table: SampleTable, { target, horizon }: Question, to: number): LinearModel {
  const known = Array.from({ length: to }, (_, row) => at(table, target, row)).filter(value => !Number.isNaN(value))
  return { target, horizon, terms: [], intercept: mean(known), seen: {}, halfWidth: 0 }
}

const persistence: Family = (table, { target, horizon, targetLate }, to) => {
  const term = { column: target, lag: targetLate === 'never' ? 0 : targetLate, weight: 1 }
  return [{ target, horizon, terms: [term], intercept: 0, seen: seenIn(table, [target], 0, to), halfWidth: 0 }]
}

const BOOST = { trees: 160, depth: 3, rate: 0.06, leastRows: 12 }
const BOOST_LAGS = [0, 1, 2, 4, 6, 8, 12, 16, 24]
/** Rows that trees are grown on: more teach little and take long. */
const MOST_BOOST_ROWS = 6000

function boosted(table: SampleTable, question: Question, to: number): BoostedModel {
  const { target, inputs, horizon, targetLate } = question
  const deepest = deepestLag(table.rows)
  const own = targetLate === 'never' ? [] : [0, 1, 3].map(k => ({ column: target, lag: targetLate + k }))
  const terms: Term[] = [
    ...own,
    ...inputs.flatMap(column => BOOST_LAGS.filter(lag => lag <= deepest).map(lag => ({ column, lag }))),
  ]
  const all = designOf(table, terms, target, horizon, [{ from: 0, to }])
  const every = Math.max(1, Math.ceil(all.y.length / MOST_BOOST_ROWS))
  const kept = Array.from({ length: Math.floor(all.y.length / every) }, (_, i) => i * every)
  const p = terms.length
  const x = new Float64Array(kept.length * p)
  for (const [i, row] of kept.entries()) x.set(all.x.subarray(row * p, row * p + p), i * p)
  const design = { ...all, x, y: Float64Array.from(kept, row => all.y[row]!) }
  const fitted = fitBoosted(design, own.length > 0 ? 0 : -1, BOOST)
  const seen = seenIn(table, [...inputs, ...own.map(term => term.column)], 0, to)
  return { kind: 'boosted', target, horizon, terms, ...fitted, seen, halfWidth: 0 }
}
