/** Automatic tuning of the classic controllers on training seeds of the nominal plant: coordinate search, the same effort for each. */
import { type ClassicTuning, createClassic, type TrackedDryer } from '@millwright/edge-agent'
import { plantParameters } from '@millwright/fixtures'
import { runLoop, SETPOINT } from './run-loop.ts'

export const TRAINING_SEEDS = [201, 202]
const HOURS = 1.75
export const LIMITS = { setpoint: SETPOINT, low: 0.2, high: 8.5, ratePerS: 0.05 } as const

/** Starting points; a parameter that is 0 here stays 0: that is what the controller lacks. */
export const CLASSICS: Readonly<Record<'PI' | 'PI + FF' | 'Smith' | 'Smith + FF', ClassicTuning>> = {
  PI: tuning({ gain: 0.4, integralS: 250 }),
  'PI + FF': tuning({ gain: 0.3, integralS: 300, forward: 1.8, forwardSpeed: 6, forwardAtS: 30, forwardLagS: 30 }),
  Smith: tuning({ gain: 0.6, integralS: 200, smithGain: -0.55, smithLagS: 60, smithDelayS: 110 }),
  'Smith + FF': tuning({
    gain: 0.5,
    integralS: 250,
    forward: 1.8,
    forwardSpeed: 6,
    forwardAtS: 30,
    forwardLagS: 30,
    smithGain: -0.55,
    smithLagS: 60,
    smithDelayS: 110,
  }),
}

function tuning(some: Partial<ClassicTuning>): ClassicTuning {
  return {
    gain: 0,
    integralS: 300,
    forward: 0,
    forwardSpeed: 0,
    forwardAtS: 30,
    forwardLagS: 30,
    smithGain: 0,
    smithLagS: 60,
    smithDelayS: 110,
    ...some,
  }
}

export const classicController = (settings: ClassicTuning, model: TrackedDryer) => {
  const controller = createClassic(settings, model, LIMITS)
  return controller.next
}

/** What is made small: error of the steady part, and a little for lost leaf at the ends. */
function cost(settings: ClassicTuning, model: TrackedDryer): number {
  const runs = TRAINING_SEEDS.map(seed => runLoop(seed, HOURS, plantParameters, classicController(settings, model)))
  return runs.reduce((sum, run) => sum + run.rms + (0.05 * run.lostKg) / Math.max(1, run.endsKg), 0) / runs.length
}

export function tune(start: ClassicTuning, model: TrackedDryer, rounds = 2): { settings: ClassicTuning; cost: number } {
  let settings = start
  let best = cost(settings, model)
  let factor = 1.6
  for (let round = 0; round < rounds; round += 1) {
    for (const name of Object.keys(start) as (keyof ClassicTuning)[]) {
      const uses = name.startsWith('smith')
        ? start.smithGain !== 0
        : name.startsWith('forward')
          ? start.forward !== 0
          : true
      if (!uses || settings[name] === 0) continue
      for (const scale of [factor, 1 / factor]) {
        const tried = { ...settings, [name]: settings[name] * scale }
        const now = cost(tried, model)
        if (now < best) {
          best = now
          settings = tried
          break
        }
      }
    }
    factor = Math.sqrt(factor)
  }
  return { settings, cost: best }
}
