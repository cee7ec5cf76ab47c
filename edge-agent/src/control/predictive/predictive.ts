/**
 * Linear model-predictive control of a tracked dryer (Rawlings, Mayne and Diehl 2017, ch. 1-2): the free run of the line with
 * the steam as it is, what each later move does to each parcel still to leave the drum, and a QP for the moves within absolute
 * and rate limits, with a soft band around the setpoint. The disturbance estimate of the tracker makes it offset-free. Head and
 * tail need no special law: the parcels of the head are known before they come, those after the tail weigh nothing, and with
 * no leaf in sight the output is held. Pure.
 */
import { dot, features, saturation, type TrackedDryer } from '../../moisture/tracking/model.ts'
import type { Prospect, Tracker } from '../../moisture/tracking/tracker.ts'
import { solveQuadratic } from './solve-qp.ts'

export interface PredictiveConfig {
  readonly setpoint: number
  /** Half width of the band that is left only where limits force it. */
  readonly band: number
  readonly low: number
  readonly high: number
  /** Largest change a second, in the output's unit. */
  readonly ratePerS: number
  /** Time until the next move can be made, s. */
  readonly cycleS: number
  /** Weight of a squared move against a squared error of one parcel. */
  readonly moveWeight: number
}

export interface PredictiveMove {
  readonly output: number
  /** Forecast at the first parcel that the move reaches, without and with it. */
  readonly without: number
  readonly with: number
  readonly phase: 'empty' | 'head' | 'steady' | 'tail'
}

/** Steps at which moves may be made; far ones are blocked together. */
const MOVES = [0, 2, 4, 6, 9, 12, 16, 20, 26, 34, 44]
const HORIZON = 92
/** Every so many steps a parcel is looked at. */
const EVERY = 2
const BAND_WEIGHT = 20

export function predictiveMove(
  tracker: Tracker,
  current: number,
  config: PredictiveConfig,
): PredictiveMove | undefined {
  const prospect = tracker.prospect(HORIZON, [current])
  if (prospect === undefined) return undefined
  const { model, now } = prospect
  // Parcels that are still in the drum, or before it, are all that can be helped.
  const parcels = prospect.ahead.filter((each, i) => i % EVERY === 0 && each.left > now + 1 && !Number.isNaN(each.y))
  const first = parcels[0]
  if (first === undefined) return { output: current, without: Number.NaN, with: Number.NaN, phase: 'empty' }

  const response = wallResponse(model, current, prospect)
  const effects = parcels.map(parcel => {
    const slope = wallSlope(model, parcel.exposure)
    return MOVES.map(
      move =>
        (slope * (response(parcel.left - now - move) - response(parcel.entered - now - move))) / model.geometry.drumS,
    )
  })
  const errors = parcels.map(parcel => parcel.y - config.setpoint)
  const n = MOVES.length
  const size = n + 1
  const hessian = Array.from({ length: size }, (_, a) =>
    Array.from({ length: size }, (_, b) => (a === b ? (a < n ? 2 * config.moveWeight : 2 * BAND_WEIGHT) : 0)),
  )
  const gradient = new Array<number>(size).fill(0)
  effects.forEach((row, i) => {
    for (let a = 0; a < n; a += 1) {
      gradient[a]! += 2 * row[a]! * errors[i]!
      for (let b = 0; b < n; b += 1) hessian[a]![b]! += 2 * row[a]! * row[b]!
    }
  })
  const rows: number[][] = []
  const bounds: number[] = []
  const atLeast = (row: number[], bound: number) => {
    rows.push(row)
    bounds.push(bound)
  }
  const unit = (a: number, value: number) => Array.from({ length: size }, (_, b) => (a === b ? value : 0))
  MOVES.forEach((at, a) => {
    const until = MOVES[a + 1] ?? at + 10
    const largest = config.ratePerS * (a === 0 ? config.cycleS : model.stepS * Math.min(2, until - at))
    atLeast(unit(a, 1), -largest)
    atLeast(unit(a, -1), -largest)
    const sum = Array.from({ length: size }, (_, b) => (b <= a ? 1 : 0))
    atLeast(sum, Math.min(0, config.low - current))
    atLeast(
      sum.map(value => -value),
      Math.min(0, current - config.high),
    )
  })
  effects.forEach((row, i) => {
    if (i % 2 === 1) return
    atLeast([...row.map(value => -value), 1], errors[i]! - config.band)
    atLeast([...row, 1], -config.band - errors[i]!)
  })
  atLeast(unit(n, 1), 0)
  const moves = solveQuadratic({ hessian, gradient, rows, bounds })
  if (moves === undefined) return undefined
  const output = Math.max(config.low, Math.min(config.high, current + moves[0]!))
  const mid = Math.min(parcels.length - 1, Math.floor(parcels.length / 3))
  const shown = parcels[mid]!.y
  return {
    output,
    without: shown,
    with: shown + effects[mid]!.reduce((sum, effect, a) => sum + effect * moves[a]!, 0),
    phase: first.regime,
  }
}

const wallSlope = (model: TrackedDryer, exposure: Parameters<typeof features>[0]): number =>
  dot(model.outlet, features({ ...exposure, wall: exposure.wall + 0.5 })) -
  dot(model.outlet, features({ ...exposure, wall: exposure.wall - 0.5 }))

/** Integral of the wall's rise after a unit step of the steam, by steps since; 0 before it. */
function wallResponse(model: TrackedDryer, current: number, prospect: Prospect): (steps: number) => number {
  const slope = (saturation(current + 0.25) - saturation(Math.max(0, current - 0.25))) / 0.5
  const fill = prospect.history.fill[prospect.now] ?? 1
  const follows = 1 - Math.exp(-model.stepS / model.steamLagS)
  const keeps = model.wall[1]! + model.wall[4]! * Math.max(0.5, fill)
  const gain = model.wall[2]! * slope
  const sums = [0]
  let steam = 0
  let wall = 0
  for (let k = 1; k <= 2 * HORIZON + 60; k += 1) {
    steam += follows * (1 - steam)
    wall = keeps * wall + gain * steam
    sums.push(sums[k - 1]! + wall * model.stepS)
  }
  return steps => {
    if (steps <= 0) return 0
    const low = Math.min(sums.length - 2, Math.floor(steps))
    return sums[low]! + (steps - low) * (sums[low + 1]! - sums[low]!)
  }
}
