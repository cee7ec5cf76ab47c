/** Fits a tracked dryer to recorded runs: outlet by ridge on what each parcel met, wall by ridge a step ahead, lengths by scan. */
import { conformalHalfWidth } from '../conformal.ts'
import { fitRidge } from '../ridge.ts'
import { fitDrum } from './fit-drum.ts'
import { append, emptyHistory, exposureOf, type History, passageOf } from './history.ts'
import { dot, features, type LineSample, scaledDryer, type TrackedDryer, wallFeatures } from './model.ts'

export interface FitOptions {
  readonly name: string
  readonly stepS: number
  readonly geometry: TrackedDryer['geometry']
  readonly belts: TrackedDryer['belts']
  readonly steamLagS: number
}

const PENALTY = 0.01
/** Factors tried on drum and discharge together: the drawing is never exact. */
const SCALES = [0.94, 0.96, 0.98, 1, 1.02, 1.04, 1.06]

/** @param runs samples of each run in time order */
export function fitTracked(runs: readonly (readonly LineSample[])[], options: FitOptions): TrackedDryer {
  const base: TrackedDryer = {
    kind: 'millwright-tracked-dryer',
    version: 1,
    ...options,
    outlet: [],
    wall: [],
    disturbance: { lastsS: 1200, gain: 0.15, biasGain: 0.002 },
    bands: { all: 0.15, regimes: {} },
    seen: {},
    notes: {},
  }
  const tried = SCALES.map(scale => {
    const scaled = scaledDryer(base, scale)
    const x: number[][] = []
    const y: number[] = []
    for (const run of runs) {
      const history = historyOf(run, scaled)
      for (let i = 0; i < run.length; i += 1) {
        const outlet = run[i]!.outlet
        const passage = passageOf(history, i, scaled)
        if (Number.isNaN(outlet) || passage === undefined) continue
        const row = features(exposureOf(history, passage, scaled))
        // Heads and tails of the flow mix leaf with no leaf at the meters.
        const settled = [-2, 2].every(k => !Number.isNaN(run[Math.round(passage.entered) + k]?.inlet ?? Number.NaN))
        if (settled && !row.some(Number.isNaN)) {
          x.push(row.slice(1))
          y.push(outlet)
        }
      }
    }
    const fit = fitRidge(x, y, PENALTY)
    const errors = x.map((row, i) => y[i]! - fit.intercept - dot(fit.weights, row))
    return { scale, fit, rms: Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length), rows: x.length }
  })
  const best = tried.reduce((a, b) => (b.rms < a.rms ? b : a))
  const placed = scaledDryer(base, best.scale)
  const wallX: number[][] = []
  const wallY: number[] = []
  for (const run of runs) {
    const history = historyOf(run, placed)
    for (let i = 40; i + 1 < run.length; i += 1) {
      wallX.push(wallFeatures(history.wall[i]!, history.steam[i + 1]!, history.fill[i]!, history.hotAir[i]!).slice(1))
      wallY.push(history.wall[i + 1]!)
    }
  }
  const wall = fitRidge(wallX, wallY, PENALTY)
  const wallErrors = wallX.map((row, i) => wallY[i]! - wall.intercept - dot(wall.weights, row))
  const seen = (name: 'inlet' | 'wall' | 'speed' | 'steam') => {
    const values = runs.flatMap(run => run.map(sample => sample[name])).filter(value => !Number.isNaN(value))
    return { low: values.reduce((a, b) => Math.min(a, b)), high: values.reduce((a, b) => Math.max(a, b)) }
  }
  return fitDrum(runs, {
    ...placed,
    outlet: [best.fit.intercept, ...best.fit.weights],
    wall: [wall.intercept, ...wall.weights],
    seen: { inlet: seen('inlet'), wall: seen('wall'), speed: seen('speed'), steam: seen('steam') },
    notes: {
      rows: best.rows,
      scale: best.scale,
      outletRms: best.rms,
      wallRms: Math.sqrt(wallErrors.reduce((sum, e) => sum + e * e, 0) / wallErrors.length),
      wallBand: conformalHalfWidth(wallErrors, 0.9),
    },
  })
}

function historyOf(run: readonly LineSample[], model: TrackedDryer): History {
  const history = emptyHistory()
  let steam = Number.NaN
  for (const sample of run) {
    const keep = Math.exp(-model.stepS / model.steamLagS)
    steam = Number.isNaN(steam) ? sample.steam : sample.steam + (steam - sample.steam) * keep
    append(history, { ...sample, steam }, model)
  }
  return history
}
