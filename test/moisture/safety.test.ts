/** Closed loop under faults: no limit crossed, back to the plant's own control in time, alarm raised, bumpless return. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseTrackedDryer } from '@millwright/edge-agent'
import { heartbeatTimeout_s } from '@millwright/fixtures'
import { describe, expect, it } from 'vitest'
import { config, createRig, type Faults } from './closed-rig.ts'

const path = join(import.meta.dirname, '../../models/dryer-moisture/tracked.json')
const parsed = parseTrackedDryer(readFileSync(path, 'utf8'), path)
if (!parsed.ok) throw new Error(`the shipped model cannot be read: ${JSON.stringify(parsed.fault)}`)
const model = parsed.value

const { predictive, guard } = config
const { window, holdS, watch } = predictive!
/** Until the plant's PI has the steam: found out, then the heartbeat's silence. */
const within = (foundS: number) => foundS + heartbeatTimeout_s + 5

const cases: { name: string; fault: Faults; foundS: number; tells: boolean }[] = [
  { name: 'the sensor is lost', fault: { disturbance: 'sensorLost' }, foundS: holdS + 2, tells: true },
  { name: 'the sensor is frozen', fault: { disturbance: 'sensorFrozen' }, foundS: watch.frozenS + 2, tells: true },
  { name: 'the sensor spikes', fault: { disturbance: 'sensorSpiking' }, foundS: 3 * watch.leapsWithinS, tells: true },
  { name: 'the network is cut', fault: { cut: true }, foundS: holdS + 2, tells: true },
  { name: 'the controller is killed', fault: { killed: true }, foundS: 0, tells: false },
  { name: 'the clock leaps ahead', fault: { clockMs: 3_600_000 }, foundS: 2, tells: true },
  { name: 'the clock leaps back', fault: { clockMs: -3_600_000 }, foundS: 2, tells: true },
  { name: 'the machine refuses the setpoint', fault: { disturbance: 'setpointRefused' }, foundS: 150, tells: true },
]

const isTrip = ({ name }: { name: string }) => name.endsWith('.tripped')

async function closed(seed: number) {
  const rig = await createRig(model, seed)
  await rig.run(900)
  expect(rig.state().control.mode).toBe('local')
  expect(await rig.setLevel('closed')).toMatchObject({ status: 'done' })
  await rig.run(900)
  expect(rig.state().control.mode).toBe('remote')
  expect(rig.steamSteps.length).toBeGreaterThan(10)
  return rig
}

describe('closed loop', () => {
  it.each(cases)(
    '$name: handed to the plant in time, no limit crossed, alarm, bumpless return',
    async ({ fault, foundS, tells }) => {
      const rig = await closed(3)
      const before = rig.state().setpoints.steamPressure
      rig.set(fault)
      let handedAfter = Number.POSITIVE_INFINITY
      let second = 0
      let last = before
      await rig.run(within(foundS) + 60, state => {
        second += 1
        const { steamPressure } = state.setpoints
        if (state.control.mode === 'local' && handedAfter === Number.POSITIVE_INFINITY) {
          handedAfter = second
          // The plant's own PI goes on from the steam as it stands.
          expect(Math.abs(steamPressure - last)).toBeLessThan(0.1)
        }
        last = steamPressure
        if (state.control.mode === 'remote') {
          expect(steamPressure).toBeGreaterThanOrEqual(window.low)
          expect(steamPressure).toBeLessThanOrEqual(window.high)
        }
      })
      expect(handedAfter).toBeLessThanOrEqual(within(foundS))
      expect(rig.alarms.some(alarm => isTrip(alarm) && alarm.input === 'raise' && alarm.message.en.length > 20)).toBe(
        tells,
      )
      for (const step of rig.steamSteps) expect(Math.abs(step)).toBeLessThanOrEqual(guard.maxStep * (1 + 1e-9))

      rig.set({})
      await rig.run(120)
      if (fault.killed) return
      const standing = rig.state().setpoints.steamPressure
      expect(await rig.setLevel('closed')).toMatchObject({ status: 'done' })
      await rig.run(12)
      expect(rig.state().control.mode).toBe('remote')
      expect(Math.abs(rig.state().setpoints.steamPressure - standing)).toBeLessThanOrEqual(3 * guard.maxStep + 0.05)
      expect(rig.alarms.filter(isTrip).at(-1)?.input).toBe(tells ? 'return' : undefined)
    },
  )

  it('an inverted sensor is found out before the leaf leaves its limits for long', async () => {
    const rig = await closed(5)
    rig.set({ disturbance: 'sensorInverted' })
    let out = 0
    await rig.run(1800, state => {
      if (state.control.mode === 'remote' && Math.abs(state.dryerOutlet.moisture_pct - 12.5) > 1) out += 1
      if (state.control.mode === 'remote') expect(state.setpoints.steamPressure).toBeLessThanOrEqual(window.high)
    })
    expect(out).toBeLessThan(180)
  })

  it('holds the outlet near its setpoint once it is closed', async () => {
    const rig = await closed(7)
    const errors: number[] = []
    await rig.run(1500, state => {
      if (state.dryerOutlet.present_s > 200) errors.push(state.dryerOutlet.moisture_pct - 12.5)
    })
    const rms = Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length)
    expect(errors.length).toBeGreaterThan(500)
    expect(rms).toBeLessThan(0.25)
  })
})
