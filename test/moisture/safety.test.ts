/** Closed loop under faults: no limit crossed, back to the plant's own control in time, alarm raised, bumpless return. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseTrackedDryer } from '@millwright/edge-agent'
import { describe, expect, it } from 'vitest'
import { config } from './closed-rig.ts'
import { closedRig, isSafe, safetyCases, tryFault } from './safety.ts'

const path = join(import.meta.dirname, '../../models/dryer-moisture/tracked.json')
const parsed = parseTrackedDryer(readFileSync(path, 'utf8'), path)
if (!parsed.ok) throw new Error(`the shipped model cannot be read: ${JSON.stringify(parsed.fault)}`)
const model = parsed.value

const { window } = config.predictive!

describe('closed loop', () => {
  it.each(safetyCases)('$name: handed to the plant in time, no limit crossed, alarm, bumpless return', async each => {
    const result = await tryFault(model, each, 3)
    expect(result).toSatisfy(found => isSafe(each, found))
    if (each.tells) expect(result.alarmText.length).toBeGreaterThan(20)
  })

  it('an inverted sensor is found out before the leaf leaves its limits for long', async () => {
    const rig = await closedRig(model, 5)
    rig.set({ disturbance: 'sensorInverted' })
    let out = 0
    await rig.run(1800, state => {
      if (state.control.mode === 'remote' && Math.abs(state.dryerOutlet.moisture_pct - 12.5) > 1) out += 1
      if (state.control.mode === 'remote') expect(state.setpoints.steamPressure).toBeLessThanOrEqual(window.high)
    })
    expect(out).toBeLessThan(180)
  })

  it('holds the outlet near its setpoint once it is closed', async () => {
    const rig = await closedRig(model, 7)
    const errors: number[] = []
    await rig.run(1500, state => {
      if (state.dryerOutlet.present_s > 200) errors.push(state.dryerOutlet.moisture_pct - 12.5)
    })
    const rms = Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / errors.length)
    expect(errors.length).toBeGreaterThan(500)
    expect(rms).toBeLessThan(0.25)
  })
})
