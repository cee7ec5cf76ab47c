/** Recorded runs of the nominal plant with excited setpoints, as an engineer would make them at commissioning. */
import { calibrate, fitTracked, type LineSample, type TrackedDryer } from '@millwright/edge-agent'
import {
  initialState,
  normalSetpoints,
  type PlantState,
  plantParameters,
  type Random,
  type Setpoints,
  seededRandom,
  stepPlant,
} from '@millwright/fixtures'
import { createSampling, STEP_S } from './samples.ts'

export const RECORDED_SEEDS = [101, 102, 103]
const HOURS = 10

/** @param excited whether setpoints are moved; else the line runs as it usually does */
export function recordRun(seed: number, hours = HOURS, excited = true): LineSample[] {
  const { next: chance } = seededRandom(seed)
  const { next: excitation } = seededRandom(seed + 1_000_003)
  const { next: meters } = seededRandom(seed + 500_009)
  const sampling = createSampling(meters, plantParameters)
  let state: PlantState = initialState()
  let setpoints: Setpoints = { ...normalSetpoints }
  let changeAt = 0
  const samples: LineSample[] = []
  for (let second = 1; second <= hours * 3600; second += 1) {
    if (excited && second >= changeAt) {
      setpoints = excite(setpoints, excitation)
      changeAt = second + 200 + 700 * excitation()
    }
    state = stepPlant(state, { setpoints, heartbeat: second % 60_000 }, 1, chance)
    const sample = sampling.second(state)
    if (sample !== undefined) samples.push(sample)
  }
  return samples
}

function excite(before: Setpoints, random: Random): Setpoints {
  const around = (centre: number, half: number) => centre + half * (2 * random() - 1)
  const pick = random()
  if (pick < 0.6) return { ...before, steamPressure: around(normalSetpoints.steamPressure, 1.6) }
  if (pick < 0.75) return { ...before, hotAir: around(normalSetpoints.hotAir, 6) }
  if (pick < 0.9) return { ...before, exhaustDamper: around(normalSetpoints.exhaustDamper, 8) }
  return { ...before, feed: around(normalSetpoints.feed, 1200) }
}

/** Runs that the intervals are calibrated on, never fitted to; setpoints stand, as the forecast supposes. */
const CALIBRATION_SEEDS = [104, 105, 106, 107]
const CALIBRATION_HOURS = 8

export function trainDryer(runs: readonly (readonly LineSample[])[]): TrackedDryer {
  const fitted = fitDryer(runs)
  const quiet = CALIBRATION_SEEDS.map(seed => recordRun(seed, CALIBRATION_HOURS, false))
  return { ...fitted, bands: calibrate(fitted, quiet) }
}

const fitDryer = (runs: readonly (readonly LineSample[])[]): TrackedDryer =>
  fitTracked(runs, {
    name: 'dryer-moisture-tracked-2',
    stepS: STEP_S,
    steamLagS: 12,
    geometry: { nominalSpeed: 0.25, feedS: 60, upstreamS: 135, drumS: 108, dischargeS: 72 },
    belts: { followS: 20, startS: 6, wanderS: 120, stopS: 55, changeS: 180 },
  })
