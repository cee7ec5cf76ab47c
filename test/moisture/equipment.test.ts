/** The dryer watches itself: faults of the simulated plant are found and told with evidence, and a sound plant is left in peace. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseTrackedDryer } from '@millwright/edge-agent'
import type { Disturbance } from '@millwright/fixtures'
import { describe, expect, it } from 'vitest'
import { createRig } from './closed-rig.ts'

const path = join(import.meta.dirname, '../../models/dryer-moisture/tracked.json')
const parsed = parseTrackedDryer(readFileSync(path, 'utf8'), path)
if (!parsed.ok) throw new Error(`the shipped model cannot be read: ${JSON.stringify(parsed.fault)}`)
const model = parsed.value

const cases: { fault: Disturbance; finding: string; withinS: number }[] = [
  { fault: 'fouling', finding: 'fouling', withinS: 3600 },
  { fault: 'sensorBiased', finding: 'meter_off', withinS: 900 },
  { fault: 'valveSticking', finding: 'valve_sticks', withinS: 900 },
]

async function closed(seed: number) {
  const rig = await createRig(model, seed)
  await rig.run(900)
  await rig.setLevel('closed')
  await rig.run(1500)
  return rig
}
const found = ({ alarms }: { alarms: { name: string; input: string }[] }) =>
  alarms
    .filter(({ name, input }) => name.startsWith('equipment.') && input === 'raise')
    .map(({ name }) => name.split('.').at(-1)!)

describe('equipment', () => {
  it.each(cases)('$fault is found as $finding within $withinS s', async ({ fault, finding, withinS }) => {
    const rig = await closed(11)
    expect(found(rig)).toEqual([])
    rig.set({ disturbance: fault })
    await rig.run(withinS)
    expect(found(rig)).toContain(finding)
    const told = rig.alarms.find(({ name }) => name.endsWith(finding))!
    expect(told.message.en).toMatch(/\d/)
    expect(told.message.zh).toMatch(/\d/)
  })
  it('a sound plant gives neither advice nor trips over four hours with three batches', {
    timeout: 120_000,
  }, async () => {
    const rig = await closed(12)
    await rig.run(4 * 3600)
    expect(rig.alarms).toEqual([])
    expect(rig.state().control.mode).toBe('remote')
  })
  it('a laboratory value takes a bias of the meter out of the control', { timeout: 120_000 }, async () => {
    const rig = await closed(13)
    rig.set({ disturbance: 'sensorBiased' })
    const meanOver = async (seconds: number) => {
      const seen: number[] = []
      await rig.run(seconds, ({ dryerOutlet }) => {
        if (dryerOutlet.present_s > 200) seen.push(dryerOutlet.moisture_pct)
      })
      return seen.reduce((sum, y) => sum + y, 0) / seen.length
    }
    await rig.run(600)
    const biased = await meanOver(300)
    expect(biased).toBeLessThan(12.35)
    const { dryerOutlet } = rig.state()
    expect(await rig.laboratory(0, dryerOutlet.moisture_pct)).toMatchObject({ status: 'done', before: 0 })
    await rig.run(300)
    expect(Math.abs((await meanOver(900)) - 12.5)).toBeLessThan(0.12)
  })
})
