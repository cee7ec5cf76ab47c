/**
 * State-space identification by subspace projection (N4SID; Van Overschee and De Moor 1996, ch. 4): regress future targets
 * on past and future inputs, keep the part that the past explains, take its strongest directions for the state, then fit
 * A, B, C, D and the innovation gain K by least squares.
 */
import type { Span } from './design.ts'
import type { LinearModel } from './linear-model.ts'
import { type Matrix, multiply, subtract, symmetricEigen } from './matrix.ts'
import { fitRidge, gramOf, solveRidge } from './ridge.ts'
import { at, type SampleTable } from './table.ts'

/** x(k+1) = A x + B u + K e, y = C x + D u + e; u and y are deviations from their means. */
export interface StateSpace {
  readonly target: string
  readonly inputs: readonly string[]
  readonly a: Matrix
  readonly b: Matrix
  readonly c: Matrix
  readonly d: Matrix
  readonly k: Matrix
  readonly meanTarget: number
  readonly meanInputs: readonly number[]
}

/** Rows of past and of future that the projection sees. */
const WINDOW = 10
const SMALL = 1e-3

export function fitSubspace(
  table: SampleTable,
  target: string,
  inputs: readonly string[],
  orders: readonly number[],
  penalty: number,
  spans: readonly Span[],
): StateSpace[] {
  const rows = wholeRows(table, [target, ...inputs], spans)
  const m = inputs.length
  const past = WINDOW * (1 + m)
  if (rows.length < 3 * past) return []
  const names = [target, ...inputs]
  const mean = new Map(names.map(name => [name, average(rows.map(row => at(table, name, row)))]))
  const value = (name: string, row: number) => at(table, name, row) - mean.get(name)!

  const columns = past + WINDOW * m
  const x = new Float64Array(rows.length * columns)
  rows.forEach((row, i) => {
    let j = i * columns
    for (let back = 1; back <= WINDOW; back += 1) for (const name of names) x[j++] = value(name, row - back)
    for (let on = 0; on < WINDOW; on += 1) for (const name of inputs) x[j++] = value(name, row + on)
  })
  const gram = gramOf(
    x,
    Float64Array.from(rows, row => value(target, row)),
    columns,
  )
  // Only the right-hand side differs between the steps ahead.
  const projection = Array.from({ length: WINDOW }, (_, on) => {
    const right = new Float64Array(columns)
    rows.forEach((row, i) => {
      const y = value(target, row + on)
      for (let j = 0; j < columns; j += 1) right[j]! += ((x[i * columns + j]! - gram.centre[j]!) / gram.spread[j]!) * y
    })
    return solveRidge({ ...gram, right, meanTarget: 0 }, penalty).weights.slice(0, past)
  })
  // Covariance of what the past explains of the future.
  const explained = rows.map((_, i) =>
    projection.map(weights => weights.reduce((sum, w, j) => sum + w * x[i * columns + j]!, 0)),
  )
  const covariance = projection.map((_, i) =>
    projection.map((_, j) => average(explained.map(each => each[i]! * each[j]!))),
  )
  const { values, vectors } = symmetricEigen(covariance)

  return orders.flatMap(order => {
    if (!(values[order - 1]! > 1e-9 * values[0]!)) return []
    const scale = values.slice(0, order).map(v => 1 / Math.sqrt(v))
    const states = explained.map(each =>
      scale.map((s, o) => s * vectors[o]!.reduce((sum, v, i) => sum + v * each[i]!, 0)),
    )
    const input = (i: number) => inputs.map(name => value(name, rows[i]!))
    const here = rows.map((_, i) => [...states[i]!, ...input(i)])
    const output = fitRidge(
      here,
      rows.map(row => value(target, row)),
      SMALL,
    )
    const error = here.map(
      (z, i) => value(target, rows[i]!) - output.intercept - z.reduce((sum, v, j) => sum + v * output.weights[j]!, 0),
    )
    const pairs = rows.flatMap((row, i) => (rows[i + 1] === row + 1 ? [i] : []))
    const from = pairs.map(i => [...here[i]!, error[i]!])
    const next = scale.map(
      (_, o) =>
        fitRidge(
          from,
          pairs.map(i => states[i + 1]![o]!),
          SMALL,
        ).weights,
    )
    return [
      {
        target,
        inputs,
        a: next.map(weights => weights.slice(0, order)),
        b: next.map(weights => weights.slice(order, order + m)),
        c: [output.weights.slice(0, order)],
        d: [output.weights.slice(order, order + m)],
        k: next.map(weights => [weights[order + m]!]),
        meanTarget: mean.get(target)!,
        meanInputs: inputs.map(name => mean.get(name)!),
      },
    ]
  })
}

const average = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)

/** Rows around which past and future windows are whole. */
function wholeRows(table: SampleTable, columns: readonly string[], spans: readonly Span[]): number[] {
  const rows: number[] = []
  for (const { from, to } of spans) {
    let run = 0
    for (let row = Math.max(0, from); row < to; row += 1) {
      run = columns.every(column => !Number.isNaN(at(table, column, row))) ? run + 1 : 0
      if (run >= 2 * WINDOW) rows.push(row - WINDOW + 1)
    }
  }
  return rows
}

const LONGEST_MEMORY = 120
const NEGLIGIBLE = 1e-4

/**
 * The forecast of a state-space model as a linear one: its predictor's responses to past targets and inputs, cut off where
 * they have died down. Later inputs are held. undefined where they do not die down.
 */
export function unfold(
  model: StateSpace,
  late: number | 'never',
  horizon: number,
): Pick<LinearModel, 'target' | 'horizon' | 'terms' | 'intercept'> | undefined {
  const { a, b, c, d, k, target, inputs } = model
  const weights = new Map<string, number>()
  const add = (column: string, lag: number, weight: number) => {
    const name = `${Math.max(0, lag)} ${column}`
    weights.set(name, (weights.get(name) ?? 0) + weight)
  }
  const addInputs = (row: Matrix, lag: number) => {
    for (const [j, name] of inputs.entries()) add(name, lag, row[0]![j]!)
  }
  // Free run over the rows whose targets are not known.
  const ahead = late === 'never' ? horizon : late + horizon
  if (late !== 'never' && ahead === 0) return undefined
  let reach: Matrix = c
  // Rows of the free run lie after the newest row where targets are never known: their inputs are held.
  const rowOf = (step: number) => (late === 'never' ? 0 : late - step)
  const steps = late === 'never' ? horizon : ahead
  addInputs(d, rowOf(steps))
  for (let step = steps - 1; step >= 1; step -= 1) {
    addInputs(multiply(reach, b), rowOf(step))
    reach = multiply(reach, a)
  }
  // The predictor's memory: with innovations while targets are known, without them in use with none.
  const dynamics = late === 'never' ? a : subtract(a, multiply(k, c))
  const drive = late === 'never' ? b : subtract(b, multiply(k, d))
  let largest = 1e-12
  let died = false
  for (let back = 0; back < LONGEST_MEMORY && !died; back += 1) {
    const lag = late === 'never' ? back + (steps === 0 ? 1 : 0) : late + back
    const toInputs = multiply(reach, drive)
    const toTarget = late === 'never' ? [[0]] : multiply(reach, k)
    addInputs(toInputs, lag)
    if (late !== 'never') add(target, lag, toTarget[0]![0]!)
    const size = Math.max(...toInputs[0]!.map(Math.abs), Math.abs(toTarget[0]![0]!))
    if (!Number.isFinite(size) || size > 1e4) return undefined
    largest = Math.max(largest, size)
    died = back > 3 && size < NEGLIGIBLE * largest
    reach = multiply(reach, dynamics)
  }
  if (!died) return undefined
  let intercept = model.meanTarget
  const terms = [...weights].map(([name, weight]) => {
    const space = name.indexOf(' ')
    const column = name.slice(space + 1)
    const mean = column === target ? model.meanTarget : model.meanInputs[inputs.indexOf(column)]!
    intercept -= weight * mean
    return { column, lag: Number(name.slice(0, space)), weight }
  })
  return { target, horizon, terms, intercept }
}
