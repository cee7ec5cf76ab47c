import { afterAll, beforeAll, expect, it } from 'vitest'
import { type PlantRig, startPlantRig } from '../../testing/plant-rig.ts'
import { fuzzBodies } from './fuzz.ts'

let rig: PlantRig
let url: string
beforeAll(async () => {
  rig = await startPlantRig()
  url = (await rig.plant.listen()).url
})
afterAll(() => rig.end())

/** In full by `node plant-server/src/http/fuzz/main.ts`; `MILLWRIGHT_FUZZ` sets another number. */
const COUNT = Number(process.env.MILLWRIGHT_FUZZ ?? 2000)

it('bodies that no honest client sends get a coded refusal, and the server goes on', { timeout: 600_000 }, async () => {
  const callers = [`Bearer ${rig.plant.localToken}`, `Bearer ${await rig.token('operator')}`, '', 'Basic Ojo=']
  const { sent, statuses, codes, faults } = await fuzzBodies({ url, callers, count: COUNT, seed: 6 })
  expect(faults).toEqual([])
  expect(sent).toBe(COUNT)
  expect(Object.keys(codes).length).toBeGreaterThan(5)
  expect(Object.keys(statuses).length).toBeGreaterThan(4)
  const health = await fetch(`${url}/healthz`)
  expect(health.status).toBe(200)
})
