/**
 * Finds the coefficients of the drum's balances from recorded runs: nonlinear least squares (Gauss-Newton with Levenberg's damping)
 * on logarithms, so that each stays positive, with a weak pull to a textbook's order of magnitude. Errors are of outlet, wall and
 * exhaust as the observer foresees them (prediction error method; Ljung 1999, ch. 7).
 */
import { solveCholesky } from '../ridge.ts'
import type { DrumParameters } from './drum.ts'
import { followDrum, newDrumFilter, outletAt } from './drum-filter.ts'
import { append, emptyHistory, passageOf } from './history.ts'
import type { LineSample, TrackedDryer } from './model.ts'

/** Order of magnitude of each, for a rotary dryer of some tonnes an hour. */
const TYPICAL: DrumParameters = {
  wallToLeaf: 0.02,
  airToLeaf: 0.015,
  evaporation: 3e-4,
  isotherm: 0.1,
  steamToWall: 50,
  wallLoss: 0.5,
  wallCapacity: 1000,
  airMass: 10,
  dischargeLoss: 1e-4,
  freshHumidity: 0.01,
}
const NAMES = Object.keys(TYPICAL) as (keyof DrumParameters)[]
/** Logarithms may stray so far from the typical, as a standard deviation. */
const PULL = 0.7
const ROUNDS = 12
const BEGIN = 60
const EVERY = 3
/** Errors that weigh one: outlet %, wall and exhaust °C, humidity kg/kg. Outlet errors last long, so that each tells less. */
const WEIGHTS = { outlet: 0.15, wall: 0.1, exhaust: 0.3, humidity: 0.0004, contact: 0.05 }
const STEP = 1e-3

type Run = readonly LineSample[]

/** @returns the dryer with its drum, or as it was where the runs show nothing of the drum */
export function fitDrum(runs: readonly Run[], base: TrackedDryer): TrackedDryer {
  if (!runs.some(run => run.some(each => Number.isFinite(each.drying?.humidity ?? Number.NaN)))) return base
  const names = NAMES
  const of = (theta: readonly number[]): TrackedDryer => ({
    ...base,
    drum: Object.fromEntries(names.map((name, i) => [name, TYPICAL[name] * Math.exp(theta[i]!)])) as DrumParameters,
  })
  const residuals = (theta: readonly number[]): Float64Array => {
    const out: number[] = []
    for (const run of runs) errorsOf(run, of(theta), out)
    return Float64Array.from([...out, ...theta.map(value => value / PULL)])
  }
  const cost = (r: Float64Array) => r.reduce((sum, e) => sum + (Number.isFinite(e) ? robust(e) : 100), 0)
  let theta = names.map(() => 0)
  let now = residuals(theta)
  let best = cost(now)
  let damping = 1e-2
  for (let round = 0; round < ROUNDS; round += 1) {
    const slopes = names.map((_, i) => {
      const moved = residuals(theta.map((value, j) => value + (i === j ? STEP : 0)))
      return moved.map((e, k) => (e - now[k]!) / STEP)
    })
    const before = best
    for (let tries = 0; tries < 5; tries += 1) {
      const step = solveDamped(slopes, now, damping)
      const next = theta.map((value, i) => value - Math.max(-1, Math.min(1, step[i]!)))
      const r = residuals(next)
      const c = cost(r)
      if (c < best) {
        theta = next
        now = r
        best = c
        damping = Math.max(1e-6, damping / 5)
        break
      }
      damping *= 8
    }
    if (best > before * (1 - 1e-5)) break
  }
  return of(theta)
}

/** Huber's loss: edges of the flow are badly known, and count no more than in proportion. */
const robust = (e: number) => (Math.abs(e) <= 3 ? e * e : 6 * Math.abs(e) - 9)
const trust = (e: number) => (Number.isFinite(e) ? Math.min(1, 3 / Math.max(1e-9, Math.abs(e))) : 0)

function solveDamped(slopes: readonly Float64Array[], errors: Float64Array, damping: number): number[] {
  const n = slopes.length
  const normal = new Float64Array(n * n)
  const right = new Float64Array(n)
  for (let k = 0; k < errors.length; k += 1) {
    const weight = trust(errors[k]!)
    if (weight === 0) continue
    for (let i = 0; i < n; i += 1) {
      const s = slopes[i]![k]! * weight
      if (!Number.isFinite(s)) continue
      right[i]! += s * errors[k]!
      for (let j = 0; j <= i; j += 1) normal[i * n + j]! += s * slopes[j]![k]!
    }
  }
  for (let i = 0; i < n; i += 1) normal[i * n + i]! *= 1 + damping
  return solveCholesky(normal, right, n)
}

/** Weighted errors of a run, always as many, 0 where there is nothing to judge by. */
function errorsOf(run: Run, model: TrackedDryer, out: number[]): void {
  const history = emptyHistory()
  const filter = newDrumFilter(model.drum!, model.geometry)
  const keep = Math.exp(-model.stepS / model.steamLagS)
  let steam = Number.NaN
  const of = (value: number, weight: number) => (Number.isFinite(value) ? value / weight : 0)
  run.forEach((sample, i) => {
    steam = Number.isNaN(steam) ? sample.steam : sample.steam + (steam - sample.steam) * keep
    append(history, { ...sample, steam }, model)
    const innovations = followDrum(filter, history, sample.drying!, sample.wall, steam, model, 1)
    if (i < BEGIN || i % EVERY !== 0) return
    const passage = passageOf(history, i, model)
    const settled =
      passage !== undefined &&
      [-3, -2, 2, 3].every(k => Number.isFinite(run[Math.round(passage.entered) + k]?.inlet ?? Number.NaN))
    const outlet = settled ? sample.outlet - outletAt(filter, passage.entered, model.drum!) : Number.NaN
    out.push(
      of(outlet, WEIGHTS.outlet),
      of(innovations.wall, WEIGHTS.wall),
      of(innovations.exhaust, WEIGHTS.exhaust),
      of(innovations.humidity, WEIGHTS.humidity),
      // What heat transfer does over time is a disturbance; its mean belongs to the coefficients.
      of(filter.drum.contact, WEIGHTS.contact),
    )
  })
}
