/** The models that each linear rung of the ladder tries: which lags, which penalty, direct or run on step by step. */
import { designOf, type Span, type Term } from './design.ts'
import { iterate } from './iterated.ts'
import { type LinearModel, seenIn } from './linear-model.ts'
import { gramOf, solveRidge } from './ridge.ts'
import { fitSubspace, unfold } from './subspace.ts'
import { at, type SampleTable } from './table.ts'

export interface Question {
  readonly target: string
  readonly inputs: readonly string[]
  readonly horizon: number
  /** Rows until a target is known; `never` in use. */
  readonly targetLate: number | 'never'
}

/** Fits a family of models to the rows before `to`; those that cannot be fitted are missing. The order is fixed. */
export type Family = (table: SampleTable, question: Question, to: number) => (LinearModel | undefined)[]

const PENALTIES = [1, 10, 100, 1000]
const DEPTHS = [0, 4, 8, 16, 24, 36]
/** Known targets are few and say most: they are hardly shrunk. */
const OWN_PENALTY = 1e-3
const OWN_LAGS = 4
const LONGEST_ITERATION = 200

/** Lags thin out with depth: far rows need less resolution. */
export function inputLags(inputs: readonly string[], depth: number): Term[] {
  const step = depth > 24 ? 3 : depth > 8 ? 2 : 1
  return inputs.flatMap(column =>
    Array.from({ length: Math.floor(depth / step) + 1 }, (_, i) => ({ column, lag: i * step })),
  )
}

const depthsFor = (rows: number) => DEPTHS.filter(depth => depth === 0 || depth * 12 < rows)
export const deepestLag = (rows: number): number => Math.max(...depthsFor(rows))

const whole = (to: number): Span[] => [{ from: 0, to }]

function direct(
  table: SampleTable,
  question: Question,
  to: number,
  terms: readonly Term[],
  penalties: readonly number[],
) {
  const { target, horizon } = question
  const design = designOf(table, terms, target, horizon, whole(to))
  if (design.y.length < 2 * terms.length + 10) return penalties.map(() => undefined)
  const gram = gramOf(design.x, design.y, terms.length)
  const seen = seenIn(table, columnsOf(terms), 0, to)
  return penalties.map((penalty): LinearModel => {
    const fit = solveRidge(
      gram,
      terms.map(term => (term.column === target ? OWN_PENALTY : penalty)),
    )
    const weighed = terms.map((term, i) => ({ ...term, weight: fit.weights[i] ?? 0 }))
    return { target, horizon, terms: weighed, intercept: fit.intercept, seen, halfWidth: 0 }
  })
}

const columnsOf = (terms: readonly Term[]) => new Set(terms.map(term => term.column))
const ownLags = ({ target, targetLate }: Question): Term[] =>
  targetLate === 'never' ? [] : Array.from({ length: OWN_LAGS }, (_, k) => ({ column: target, lag: targetLate + k }))

export const delayedLinear: Family = (table, question, to) =>
  depthsFor(table.rows).flatMap(depth => direct(table, question, to, inputLags(question.inputs, depth), PENALTIES))

export const arx: Family = (table, question, to) => {
  if (question.targetLate === 'never') return []
  const own = ownLags(question)
  const scanned = scanDelays(table, question, to)
  return [
    ...depthsFor(table.rows).flatMap(depth =>
      direct(table, question, to, [...inputLags(question.inputs, depth), ...own], [0.1, ...PENALTIES.slice(0, 3)]),
    ),
    ...direct(table, question, to, [...scanned, ...own], [0.1, 10]),
    ...iterated(table, question, to),
  ]
}

/** One-step models run on to the horizon: fewer weights to learn where the horizon is far. */
function iterated(table: SampleTable, question: Question, to: number): (LinearModel | undefined)[] {
  const { target, inputs, horizon, targetLate } = question
  if (targetLate === 'never' || targetLate + horizon === 0 || targetLate + horizon > LONGEST_ITERATION) return []
  return [2, 4].flatMap(own =>
    depthsFor(table.rows)
      .filter(depth => depth <= 16)
      .flatMap(depth => {
        const lags = inputLags(inputs, depth)
        const past = Array.from({ length: own }, (_, i) => ({ column: target, lag: i + 1 }))
        const step = { ...question, horizon: 0 }
        return direct(table, step, to, [...lags, ...past], PENALTIES).map((model): LinearModel | undefined => {
          if (model === undefined) return undefined
          const one = {
            target,
            intercept: model.intercept,
            own: model.terms.slice(lags.length).map(term => term.weight),
            inputs: model.terms.slice(0, lags.length),
          }
          return { ...iterate(one, targetLate, horizon), seen: model.seen, halfWidth: 0 }
        })
      }),
  )
}

const SCAN_HALF_WIDTH = 2

/** Lags around the one at which the changes of an input go best with the changes of the target. */
export function scanDelays(table: SampleTable, { target, inputs, horizon }: Question, to: number): Term[] {
  const deepest = deepestLag(table.rows)
  return inputs.flatMap(column => {
    let best = { lag: 0, strength: -1 }
    for (let lag = 0; lag <= deepest; lag += 1) {
      let xy = 0
      let xx = 0
      let yy = 0
      for (let row = lag + 1; row + horizon < to; row += 1) {
        const x = at(table, column, row - lag) - at(table, column, row - lag - 1)
        const y = at(table, target, row + horizon) - at(table, target, row + horizon - 1)
        if (Number.isNaN(x) || Number.isNaN(y)) continue
        xy += x * y
        xx += x * x
        yy += y * y
      }
      const strength = Math.abs(xy) / Math.sqrt(xx * yy + 1e-300)
      if (strength > best.strength + 1e-12) best = { lag, strength }
    }
    const first = Math.max(0, best.lag - SCAN_HALF_WIDTH)
    return Array.from({ length: best.lag + SCAN_HALF_WIDTH - first + 1 }, (_, i) => ({ column, lag: first + i }))
  })
}

export const stateSpace: Family = (table, question, to) => {
  const { target, inputs, horizon, targetLate } = question
  return [10, 1000].flatMap(penalty => {
    const orders = [2, 3, 4, 6]
    const models = fitSubspace(table, target, inputs, orders, penalty, whole(to))
    const seen = seenIn(table, [target, ...inputs], 0, to)
    return orders.map((order): LinearModel | undefined => {
      const model = models.find(each => each.a.length === order)
      const unfolded = model === undefined ? undefined : unfold(model, targetLate, horizon)
      return unfolded === undefined ? undefined : { ...unfolded, seen, halfWidth: 0 }
    })
  })
}
