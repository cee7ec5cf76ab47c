/**
 * The controllers that plants have: PI, with feed-forward from the inlet's water balance, with a Smith predictor (Smith 1957;
 * Åström and Hägglund 2006, ch. 8). All in velocity form, so that hand-over is bumpless and a limit winds nothing up. They see
 * the same samples as the predictive controller, material tracking too. Pure.
 */
import { append, emptyHistory, type History, trim, whenMaterial } from '../../moisture/tracking/history.ts'
import type { LineSample, TrackedDryer } from '../../moisture/tracking/model.ts'

export interface ClassicTuning {
  /** Output change per % of error, and integral time, s. */
  readonly gain: number
  readonly integralS: number
  /** Output change per % of inlet moisture, and per whole of belt speed. */
  readonly forward: number
  readonly forwardSpeed: number
  /** Where in the drum the inlet is taken, material seconds behind its meter, and how it is smoothed, s. */
  readonly forwardAtS: number
  readonly forwardLagS: number
  /** Smith predictor: gain in % per unit of output (0: none), lag, s, and delay, material seconds. */
  readonly smithGain: number
  readonly smithLagS: number
  readonly smithDelayS: number
}

export interface ClassicController {
  /** The next output, from the present one. */
  next(sample: LineSample, current: number): number
}

const FILTER_S = 15

export function createClassic(
  tuning: ClassicTuning,
  model: TrackedDryer,
  limits: { setpoint: number; low: number; high: number; ratePerS: number },
): ClassicController {
  const { stepS: h } = model
  const history: History = emptyHistory()
  const outputs: number[] = []
  let filtered = Number.NaN
  let error = Number.NaN
  let inlet = Number.NaN
  let speed = Number.NaN
  let undelayed = 0
  let delayed = 0
  let base = Number.NaN
  const towards = (before: number, now: number, lasts: number) =>
    Number.isNaN(before) ? now : now + (before - now) * Math.exp(-h / Math.max(0.1, lasts))

  return {
    next(sample, current) {
      append(history, { ...sample, wall: Number.isNaN(sample.wall) ? 132 : sample.wall, steam: sample.steam }, model)
      outputs.push(current)
      if (history.material.length > 260) {
        trim(history, 200)
        outputs.splice(0, outputs.length - 200)
      }
      const now = history.material.length - 1
      const at = (material: number) => whenMaterial(history, history.material[now]! - material)

      let forward = 0
      const seen = at(tuning.forwardAtS)
      const leaf = seen === undefined ? Number.NaN : history.inlet[Math.round(seen)]!
      if (!Number.isNaN(leaf)) {
        const before = inlet
        inlet = towards(inlet, leaf, tuning.forwardLagS)
        if (!Number.isNaN(before)) forward += tuning.forward * (inlet - before)
      }
      const beforeSpeed = speed
      speed = towards(speed, sample.speed / model.geometry.nominalSpeed, 30)
      if (!Number.isNaN(beforeSpeed)) forward += tuning.forwardSpeed * (speed - beforeSpeed)

      const then = at(tuning.smithDelayS)
      if (Number.isNaN(base)) base = current
      undelayed = towards(undelayed, tuning.smithGain * (current - base), tuning.smithLagS)
      const past = then === undefined ? base : outputs[Math.max(0, Math.round(then))]!
      delayed = towards(delayed, tuning.smithGain * (past - base), tuning.smithLagS)

      let feedback = 0
      if (Number.isNaN(sample.outlet)) error = Number.NaN
      else {
        filtered = towards(Number.isNaN(error) ? Number.NaN : filtered, sample.outlet, FILTER_S)
        const next = filtered + (tuning.smithGain === 0 ? 0 : undelayed - delayed) - limits.setpoint
        const before = Number.isNaN(error) ? next : error
        feedback = tuning.gain * (next - before + (next * h) / tuning.integralS)
        error = next
      }
      const largest = limits.ratePerS * h
      const change = Math.max(-largest, Math.min(largest, forward + feedback))
      return Math.max(limits.low, Math.min(limits.high, current + change))
    },
  }
}
