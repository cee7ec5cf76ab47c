/**
 * A one-step ARX model run on to the horizon: known targets up to row t - late, known inputs up to row t, later inputs as
 * they stand at t. The result is again linear in what is known (Ljung, System Identification, 3.2), so it is written as such.
 */
import type { LinearModel } from './linear-model.ts'

export interface OneStep {
  readonly target: string
  readonly intercept: number
  /** Weight of y(t - 1), y(t - 2) … */
  readonly own: readonly number[]
  readonly inputs: readonly { readonly column: string; readonly lag: number; readonly weight: number }[]
}

type Form = { constant: number; weights: Map<string, number> }

export function iterate(
  step: OneStep,
  late: number,
  horizon: number,
): Pick<LinearModel, 'target' | 'horizon' | 'terms' | 'intercept'> {
  const key = (column: string, lag: number) => `${Math.max(0, lag)} ${column}`
  // forms[k]: the target k rows after the newest known one.
  const known = (back: number): Form => ({ constant: 0, weights: new Map([[key(step.target, late + back), 1]]) })
  const forms: Form[] = []
  for (let k = 1; k <= late + horizon; k += 1) {
    const form: Form = { constant: step.intercept, weights: new Map() }
    const add = (name: string, weight: number) => form.weights.set(name, (form.weights.get(name) ?? 0) + weight)
    step.own.forEach((weight, i) => {
      const before = k - i - 1
      const past = before >= 1 ? forms[before - 1]! : known(-before)
      form.constant += weight * past.constant
      for (const [name, each] of past.weights) add(name, weight * each)
    })
    for (const { column, lag, weight } of step.inputs) add(key(column, late - k + lag), weight)
    forms.push(form)
  }
  const last = forms.at(-1) ?? known(0)
  const terms = [...last.weights].map(([name, weight]) => {
    const space = name.indexOf(' ')
    return { column: name.slice(space + 1), lag: Number(name.slice(0, space)), weight }
  })
  return { target: step.target, horizon, terms, intercept: last.constant }
}
