/** One fault of the closed loop, run through: what the guard, the heartbeat and the plant's own control make of it, in figures. */
import type { TrackedDryer } from '@millwright/edge-agent'
import { heartbeatTimeout_s } from '@millwright/fixtures'
import { config, createRig, type Faults } from './closed-rig.ts'

const { predictive, guard } = config
const { window, holdS, watch } = predictive!
/** Until the plant's PI has the steam: found out, then the heartbeat's silence. */
const within = (foundS: number) => foundS + heartbeatTimeout_s + 5

export interface SafetyCase {
  readonly name: string
  readonly fault: Faults
  /** Longest time until it is found out, s. */
  readonly foundS: number
  /** Does the agent live to tell? */
  readonly tells: boolean
}

export const safetyCases: readonly SafetyCase[] = [
  { name: 'the sensor is lost', fault: { disturbance: 'sensorLost' }, foundS: holdS + 2, tells: true },
  { name: 'the sensor is frozen', fault: { disturbance: 'sensorFrozen' }, foundS: watch.frozenS + 2, tells: true },
  { name: 'the sensor spikes', fault: { disturbance: 'sensorSpiking' }, foundS: 3 * watch.leapsWithinS, tells: true },
  { name: 'the sensor is inverted', fault: { disturbance: 'sensorInverted' }, foundS: 600, tells: true },
  { name: 'the network is cut', fault: { cut: true }, foundS: holdS + 2, tells: true },
  { name: 'the controller is killed', fault: { killed: true }, foundS: 0, tells: false },
  { name: 'the clock leaps ahead', fault: { clockMs: 3_600_000 }, foundS: 2, tells: true },
  { name: 'the clock leaps back', fault: { clockMs: -3_600_000 }, foundS: 2, tells: true },
  { name: 'the machine refuses the setpoint', fault: { disturbance: 'setpointRefused' }, foundS: 150, tells: true },
]

export interface SafetyResult {
  readonly allowedS: number
  /** Until the plant's own control had the steam; infinite where it never had. */
  readonly handedS: number
  /** Change of the steam in the second of the hand-over, bar. */
  readonly bump: number
  /** Seconds in which the steam stood outside the window while the agent had it, and steps larger than allowed. */
  readonly outside: number
  readonly tooLarge: number
  readonly alarmed: boolean
  readonly alarmText: string
  /** Change of the steam within 12 s of closing the loop again; NaN where the agent is dead. */
  readonly returnBump: number
  readonly returned: boolean
}

const isTrip = ({ name }: { name: string }) => name.endsWith('.tripped')

/** A rig whose loop has been closed for a quarter of an hour. */
export async function closedRig(model: TrackedDryer, seed: number) {
  const rig = await createRig(model, seed)
  await rig.run(900)
  await rig.setLevel('closed')
  await rig.run(900)
  if (rig.state().control.mode !== 'remote' || rig.steamSteps.length <= 10) throw new Error('the loop does not act')
  return rig
}

export async function tryFault(
  model: TrackedDryer,
  { fault, foundS }: SafetyCase,
  seed: number,
): Promise<SafetyResult> {
  const rig = await closedRig(model, seed)
  let last = rig.state().setpoints.steamPressure
  let [second, handedS, bump, outside] = [0, Number.POSITIVE_INFINITY, 0, 0]
  rig.set(fault)
  await rig.run(within(foundS) + 60, ({ setpoints: { steamPressure }, control: { mode } }) => {
    second += 1
    if (mode === 'local' && handedS === Number.POSITIVE_INFINITY) {
      handedS = second
      bump = Math.abs(steamPressure - last)
    }
    last = steamPressure
    if (mode === 'remote' && (steamPressure < window.low || steamPressure > window.high)) outside += 1
  })
  const raised = rig.alarms.filter(alarm => isTrip(alarm) && alarm.input === 'raise')
  const tooLarge = rig.steamSteps.filter(step => Math.abs(step) > guard.maxStep * (1 + 1e-9)).length
  const found = {
    allowedS: within(foundS),
    handedS,
    bump,
    outside,
    tooLarge,
    alarmed: raised.length > 0,
    alarmText: raised[0]?.message.en ?? '',
  }
  rig.set({})
  await rig.run(120)
  if (fault.killed) return { ...found, returnBump: Number.NaN, returned: rig.state().control.mode === 'local' }
  const standing = rig.state().setpoints.steamPressure
  await rig.setLevel('closed')
  await rig.run(12)
  const { control, setpoints } = rig.state()
  return {
    ...found,
    returnBump: Math.abs(setpoints.steamPressure - standing),
    returned: control.mode === 'remote' && rig.alarms.filter(isTrip).at(-1)?.input === 'return',
  }
}

/** What is asked: in time, within limits, told, and back without a bump (a return may make the moves of its 12 s). */
export const isSafe = ({ tells }: SafetyCase, r: SafetyResult): boolean =>
  r.handedS <= r.allowedS &&
  // The plant's own control answers a spike of the meter within the same second: one allowed step is no bump.
  r.bump <= guard.maxStep &&
  r.outside === 0 &&
  r.tooLarge === 0 &&
  r.alarmed === tells &&
  r.returned &&
  !(r.returnBump > 3 * guard.maxStep + 0.05)
