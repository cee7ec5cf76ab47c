/**
 * `node plant-server/src/http/fuzz/main.ts [COUNT] [SEED]`: bodies by script against every route of a plant server over HTTP;
 * 100,000 by default. Prints what came back as JSON. Exit 0: each refused with a code; 1: not so; anything else: it crashed.
 */
import { cpus, loadavg, totalmem } from 'node:os'
import { systemClock } from '@millwright/contract'
import { startPlantRig } from '../../testing/plant-rig.ts'
import { fuzzBodies } from './fuzz.ts'

const [count = '100000', seed = '1'] = process.argv.slice(2)
const rig = await startPlantRig()
try {
  const { url } = await rig.plant.listen()
  const callers = [
    `Bearer ${rig.plant.localToken}`,
    `Bearer ${await rig.token('operator')}`,
    `Basic ${btoa('primary:secret-of-primary')}`,
    '',
  ]
  const begun = new Date(systemClock.now()).toISOString()
  const result = await fuzzBodies({ url, callers, count: Number(count), seed: Number(seed) })
  const alive = (await fetch(`${url}/healthz`)).status === 200
  const seconds = Math.round((systemClock.now() - Date.parse(begun)) / 1000)
  const [load = 0] = loadavg()
  const machine = {
    cores: cpus().length,
    model: cpus()[0]?.model,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    load: Math.round(load * 10) / 10,
  }
  process.stdout.write(
    `${JSON.stringify({ begun, seconds, machine, seed: Number(seed), alive, ...result }, undefined, 2)}\n`,
  )
  process.exitCode = alive && result.faults.length === 0 ? 0 : 1
} finally {
  await rig.end()
}
