/** Forecasts a loop's target from the newest rows, with interval, state and contributions. */
import type { Forecast, Reason } from '@millwright/contract'
import type { Estimate } from './linear-model.ts'
import { effectOf, estimate } from './model.ts'
import type { SoftSensorFile } from './model-file.ts'
import type { SampleTable } from './table.ts'
import { texts } from './texts.ts'

/** Weight of the newest finished forecast's error in the running offset. */
const OFFSET_WEIGHT = 0.05
const MOST_CONTRIBUTIONS = 5

export interface ForecasterOptions {
  readonly loop: string
  readonly sensor: SoftSensorFile
  /** Tag for each of the sensor's columns. */
  readonly tagOf: (column: string) => string
}

export interface Forecaster {
  /** undefined until enough rows are there. `at` is the time of the newest row. */
  forecast(table: SampleTable, at: number): Forecast | undefined
  /** Change of the farthest forecast per unit of a column's newest value: the effect of a step made now. */
  effectOf(column: string): number
  /** Takes the truth of the newest row to follow slow drift (meter offset) of the nearest model. */
  learn(table: SampleTable): void
}

export function createForecaster({ loop, sensor, tagOf }: ForecasterOptions): Forecaster {
  const { models, target } = sensor
  const offsets = models.map(() => 0)

  return {
    forecast(table, at) {
      if (table.rows === 0) return undefined
      const stepMs = sensor.sampleSeconds * 1000
      const estimates: Estimate[] = []
      for (const [i, model] of models.entries()) {
        const guess = estimate(model, table, table.rows - 1)
        if (guess === undefined) return undefined
        const shift = offsets[i]!
        estimates.push({ ...guess, y: guess.y + shift, lo: guess.lo + shift, hi: guess.hi + shift })
      }
      const states = estimates.map(each => each.state)
      const state = states.includes('stale') ? 'stale' : states.includes('extrapolating') ? 'extrapolating' : 'trusted'
      const reasons: Reason[] =
        state === 'trusted' ? [] : [{ code: `forecast_${state}`, text: texts[state], values: {} }]
      return {
        loop,
        target: tagOf(target),
        t: at,
        model: sensor.name,
        state,
        points: estimates.map(({ y, lo, hi }, i) => ({ t: at + models[i]!.horizon * stepMs, y, lo, hi })),
        contributions: Object.entries(estimates.at(-1)!.contributions)
          .map(([column, value]) => ({ tag: tagOf(column), value }))
          .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
          .slice(0, MOST_CONTRIBUTIONS),
        reasons,
      }
    },
    effectOf(column) {
      return effectOf(models.at(-1)!, column)
    },
    learn(table) {
      const newest = table.rows - 1
      for (const [i, model] of models.entries()) {
        const truth = table.columns[target]?.[newest] ?? Number.NaN
        const then = estimate(model, table, newest - model.horizon)
        if (Number.isNaN(truth) || then === undefined || then.state !== 'trusted') continue
        offsets[i]! += OFFSET_WEIGHT * (truth - (then.y + offsets[i]!))
      }
    },
  }
}
