/** A fitted soft sensor run over a whole table in time order, as it would have answered live. */
import { createOnlineBands } from './bands.ts'
import { regimeAt } from './ladder.ts'
import { type EstimateState, widthIn } from './linear-model.ts'
import { estimate } from './model.ts'
import type { SoftSensorFile } from './model-file.ts'
import { at, type SampleTable } from './table.ts'

export interface RowAnswer {
  readonly row: number
  readonly y: number
  readonly lo: number
  readonly hi: number
  readonly state: EstimateState
}

/**
 * Answers of the nearest model, one a row from the first that can be had. At row t only rows up to t are read and targets up
 * to t - late; the width of the interval learns from the same.
 */
export function predictRows(sensor: SoftSensorFile, table: SampleTable): RowAnswer[] {
  const model = sensor.models[0]!
  const bands = createOnlineBands(sensor.bands?.[0] ?? { all: model.halfWidth, regimes: {} })
  const given: ({ answer: RowAnswer; half: number; regime: string } | undefined)[] = []
  const answers: RowAnswer[] = []
  for (let row = 0; row < table.rows; row += 1) {
    if (sensor.targetLate !== 'never') {
      const then = given[row - sensor.targetLate - model.horizon]
      const truth = at(table, sensor.target, row - sensor.targetLate)
      if (then !== undefined && then.answer.state === 'trusted' && !Number.isNaN(truth))
        bands.learn(then.regime, Math.abs(truth - then.answer.y) <= then.half)
    }
    const found = estimate(model, table, row)
    if (found === undefined) {
      given.push(undefined)
      continue
    }
    const regime = regimeAt(table, sensor.regime, row)
    const half = bands.halfWidth(regime)
    const width = widthIn(found.state, half)
    const answer = { row, y: found.y, lo: found.y - width, hi: found.y + width, state: found.state }
    given.push({ answer, half, regime })
    answers.push(answer)
  }
  return answers
}
