/** The fan of a tracked dryer: what will be at the outlet at some times ahead, how sure, and why. */
import type { Forecast, Reason } from '@millwright/contract'
import { texts } from '../texts.ts'
import { dot, type Exposure, features, type LineSample, REFERENCE, type TrackedDryer } from './model.ts'
import type { Tracker } from './tracker.ts'

const HORIZONS_S = [60, 120, 180, 240, 300]
const MEAN_S = 10
const MARGIN = 0.05

export interface ForeseeOptions {
  readonly loop: string
  readonly target: string
  /** Full tag of inlet, belt speed, wall, hot air and damper. */
  readonly tags: Readonly<Record<'inlet' | 'speed' | 'wall' | 'hotAir' | 'damper', string>>
}

/** undefined while too little is known, or no leaf will be at the outlet at any of the times. */
export function foresee(
  tracker: Tracker,
  model: TrackedDryer,
  sample: LineSample,
  at: number,
  { loop, target, tags }: ForeseeOptions,
): Forecast | undefined {
  const steps = Math.round(HORIZONS_S.at(-1)! / model.stepS)
  const prospect = tracker.prospect(steps, [sample.steam])
  if (prospect === undefined) return undefined
  const dead = Math.max(model.stepS, tracker.deadTimeS())
  const back = Math.round(MEAN_S / model.stepS)
  const points = HORIZONS_S.flatMap(horizon => {
    const last = Math.round(horizon / model.stepS)
    const some = prospect.ahead.slice(last - back, last)
    const y = some.reduce((sum, each) => sum + each.y, 0) / some.length
    // The width holds at the dead time; before it less is unknown, after it more.
    const half = tracker.halfWidth(some.at(-1)!.regime) * Math.sqrt(Math.max(0.25, horizon / dead))
    return Number.isNaN(y) ? [] : [{ t: at + horizon * 1000, y, lo: y - half, hi: y + half }]
  })
  const first = prospect.ahead.find(each => !Number.isNaN(each.y))
  if (points.length === 0 || first === undefined) return undefined
  const state = stateOf(model, sample)
  const reasons: Reason[] = state === 'trusted' ? [] : [{ code: `forecast_${state}`, text: texts[state], values: {} }]
  const contributions = contributionsOf(model, first.exposure)
    .map(({ of, value }) => ({ tag: tags[of], value }))
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
  return { loop, target, t: at, model: model.name, state, points, contributions, reasons }
}

function stateOf(model: TrackedDryer, sample: LineSample): Forecast['state'] {
  // A meter without leaf says nothing and need not; the wall and the belts always have something to say.
  if (!Number.isFinite(sample.wall) || !Number.isFinite(sample.speed)) return 'stale'
  const outside = Object.entries(model.seen).some(([name, { low, high }]) => {
    const value = sample[name as 'inlet' | 'wall' | 'speed' | 'steam']
    const margin = MARGIN * (high - low)
    return value < low - margin || value > high + margin
  })
  return outside ? 'extrapolating' : 'trusted'
}

/** What each cause adds against its reference, in % moisture. */
function contributionsOf(model: TrackedDryer, exposure: Exposure) {
  const whole = dot(model.outlet, features(exposure))
  const without = (changed: Partial<Exposure>) => whole - dot(model.outlet, features({ ...exposure, ...changed }))
  return [
    { of: 'inlet', value: without({ inlet: REFERENCE.moisture }) },
    { of: 'speed', value: without({ time: 0 }) },
    { of: 'wall', value: without({ wall: 0 }) },
    { of: 'hotAir', value: without({ hotAir: 0 }) },
    { of: 'damper', value: without({ damper: 0 }) },
  ] as const
}
