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
    timeout: 30_000,
  }, async () => {
    const rig = await closed(12)
    await rig.run(4 * 3600)
    expect(rig.alarms).toEqual([])
    expect(rig.state().control.mode).toBe('remote')
  })
})
