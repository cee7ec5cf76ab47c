/** Interval half widths of a tracked dryer by regime, from runs that it was not fitted to (split conformal). */
import { type Bands, bandsFrom } from '../bands.ts'
import type { LineSample, TrackedDryer } from './model.ts'
import { createTracker } from './tracker.ts'

/** Samples before the first forecast counts, and between two. */
const WARM_UP = 480
const EVERY = 2
const MEAN = 2

export const calibrate = (model: TrackedDryer, runs: readonly (readonly LineSample[])[]): Bands =>
  bandsFrom(runs.flatMap(run => residualsOf(model, run)))

function residualsOf(model: TrackedDryer, run: readonly LineSample[]): { error: number; regime: string }[] {
  const tracker = createTracker(model)
  const residuals: { error: number; regime: string }[] = []
  run.forEach((sample, i) => {
    tracker.take(sample)
    if (i < WARM_UP || i % EVERY !== 0) return
    const steps = Math.round(tracker.deadTimeS() / model.stepS)
    // Setpoints that are moved meanwhile are no fault of the forecast.
    const held = run.slice(i, i + steps + 1).every(each => each.steam === sample.steam && each.hotAir === sample.hotAir)
    const seen = run.slice(i + steps - MEAN + 1, i + steps + 1).map(each => each.outlet)
    const truth = seen.reduce((sum, y) => sum + y, 0) / seen.length
    const ahead = tracker.forecast(steps * model.stepS, MEAN * model.stepS)
    if (held && ahead !== undefined && !Number.isNaN(ahead.y + truth))
      residuals.push({ error: truth - ahead.y, regime: ahead.regime })
  })
  return residuals
}
