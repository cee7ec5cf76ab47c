/**
 * Feed-forward + PI in velocity form (Åström and Hägglund, Advanced PID Control, ch. 3.6): each proposal is a change from
 * the output as it stands, so that hand-over is bumpless and a refused proposal winds nothing up. Pure.
 */
import type { FeedForwardPiConfig } from './config.ts'

export interface PiState {
  /** Error and disturbance when the output was last changed. */
  readonly error: number
  readonly disturbance: number | undefined
  /** Integral of the error since then, unit x s. */
  readonly integral: number
  readonly t: number
}

export interface PiInput {
  readonly now: number
  /** setpoint - measured, in the target's unit. */
  readonly error: number
  readonly disturbance: number | undefined
}

export const startPi = ({ now, error, disturbance }: PiInput): PiState => ({ error, disturbance, integral: 0, t: now })

/** Takes time into account without changing the output. `before.t` moves to now. */
export function integrate(before: PiState, input: PiInput): PiState {
  const seconds = Math.max(0, (input.now - before.t) / 1000)
  return {
    ...before,
    // A disturbance that was unknown at the last change cannot be compared: start from the first one seen.
    disturbance: before.disturbance ?? input.disturbance,
    integral: before.integral + input.error * seconds,
    t: input.now,
  }
}

export interface PiChange {
  readonly total: number
  readonly feedback: number
  readonly forward: number
}

/** Wished change of the output since the last one. */
export function wishedChange(config: FeedForwardPiConfig, state: PiState, input: PiInput): PiChange {
  const feedback = config.gain * (input.error - state.error + state.integral / config.integralS)
  const forward =
    config.forward === undefined || input.disturbance === undefined || state.disturbance === undefined
      ? 0
      : config.forward.gain * (input.disturbance - state.disturbance)
  return { total: feedback + forward, feedback, forward }
}
