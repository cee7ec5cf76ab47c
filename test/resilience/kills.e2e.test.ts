/**
 * Journey 7: parts are killed with -9 under load, the server hangs, the network to it is cut; every value that
 * was emitted while an agent was connected (but for the last second before its own kill) and every capture file is stored
 * exactly once, equal to the simulator's own log; the time without an agent is a marked gap, counted, never bridged.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readTruthLog } from '@millwright/fixtures'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunningPlant, startPlant } from '../journeys/support/plant.ts'
import { waitFor } from '../journeys/support/wait.ts'
import { adminClient } from './admin-client.ts'
import { cutNetworkForAMinute, freezeServerForAMinute } from './cuts.ts'
import { type Relay, startRelay } from './relay.ts'

/** Tags compared value by value: fast and slow ones of both lines, whose agents store every change. */
const COMPARED = {
  'primary/dryer/outlet_moisture': { log: 'primary', source: 'ns=1;s=Dryer.OutletMoisture' },
  'primary/dryer/steam_pressure': { log: 'primary', source: 'ns=1;s=Dryer.SteamPressure' },
} as const
/** Within this of its own kill an agent may lose what it has just been given, ms. */
const LAST_SECOND = 1000

let plant: RunningPlant
const relays: Relay[] = []
const kills: { part: string; from: number; until: number }[] = []

async function killAndWait(part: string): Promise<void> {
  const before = plant.pid(part)
  const from = Date.now()
  plant.kill(part)
  await waitFor(`${part} to be started again`, 60_000, () => plant.pid(part) !== before)
  kills.push({ part, from, until: Date.now() })
}

describe('nothing is lost', () => {
  beforeAll(async () => {
    const data = mkdtempSync(join(tmpdir(), 'mw-kills-'))
    // The agents reach the server through relays only; the server's ports are known once the plant has chosen them.
    const port = (name: 'mqtt' | 'http') => () =>
      (JSON.parse(readFileSync(join(data, 'ports.json'), 'utf8')) as RunningPlant['ports'])[name]
    const [mqtt, http] = await Promise.all([startRelay(port('mqtt')), startRelay(port('http'))])
    relays.push(mqtt, http)
    plant = await startPlant({
      log: true,
      data,
      env: { MW_SERVER_MQTT: `mqtt://127.0.0.1:${mqtt.port}`, MW_SERVER_HTTP: `http://127.0.0.1:${http.port}` },
    })
  }, 200_000)
  afterAll(async () => {
    await plant?.stop()
    for (const relay of relays) await relay.close()
    if (plant !== undefined) rmSync(plant.data, { recursive: true, force: true })
  }, 60_000)

  it('values and captures survive kills of agents and server, stored exactly once', async () => {
    const admin = await adminClient(plant)
    const count = async (tag: string) => (await admin.history(tag, 0, Date.now() + 1000)).length
    const grows = async (tag: string, by: number) => {
      const start = await count(tag)
      await waitFor(`${tag} to grow`, 90_000, async () => (await count(tag)) >= start + by, 1000)
    }
    await grows('primary/dryer/outlet_moisture', 10)
    await killAndWait('agent-primary')
    await grows('primary/dryer/outlet_moisture', 10)
    await killAndWait('server')
    await grows('primary/dryer/outlet_moisture', 10)
    await killAndWait('agent-packing')
    await killAndWait('server')
    await grows('primary/dryer/outlet_moisture', 15)
    await freezeServerForAMinute(plant)
    await grows('primary/dryer/outlet_moisture', 15)
    await cutNetworkForAMinute(plant, relays, admin.agents)
    await grows('primary/dryer/outlet_moisture', 15)
    for (const relay of relays) expect(relay.passed(), 'the agents speak through the relays').toBeGreaterThan(10_000)
    const until = Date.now() - 3000
    await waitFor(
      'the outboxes to be empty',
      60_000,
      async () => (await admin.agents()).every(each => each.online && each.outboxPending <= 5),
      1000,
    )

    for (const [tag, { log, source }] of Object.entries(COMPARED)) {
      const stored = await admin.history(tag, 0, until)
      const times = stored.map(([t]) => t)
      expect(times, `${tag} in time order, nothing doubled`).toEqual([...new Set(times)].sort((a, b) => a - b))
      const byTime = new Map(stored.map(([t, value]) => [t, value]))
      const first = stored[0]![0]
      const down = kills.filter(each => each.part === 'agent-primary')
      const agentLived = (t: number) =>
        down.every(({ from, until: back }) => t < from - LAST_SECOND || t > back + 15_000)
      const emitted = [...readTruthLog(join(plant.data, 'truth', `${log}.jsonl`))].filter(
        each => each.tag === source && each.t > first && each.t < until && agentLived(each.t),
      )
      expect(emitted.length, 'the log holds enough to compare').toBeGreaterThan(25)
      const lost = emitted.filter(each => byTime.get(each.t) !== each.value)
      expect(lost, `${tag}: every emitted value is stored, equal`).toEqual([])
      const gaps = stored.filter(([, value, quality]) => value === null && quality === 'bad')
      expect(gaps.length, `${tag}: the time without an agent is marked`).toBeGreaterThanOrEqual(down.length)
    }
    expect((await admin.agents()).find(each => each.agent === 'primary')?.gaps).toBeGreaterThan(0)

    // Captures: each file that the station dropped well before now is one inspection, its bytes equal.
    const dropped = [...readTruthLog(join(plant.data, 'truth', 'captures.jsonl'))].filter(
      each => each.t < until - 30_000,
    )
    expect(dropped.length).toBeGreaterThan(0)
    await waitFor(
      'every capture to be inspected',
      120_000,
      async () => {
        const inspections = await admin.inspections()
        return dropped.every(
          ({ tag, value }) =>
            inspections
              .filter(each => each.line.image.endsWith(tag))
              .map(each => each.sha256)
              .join() === value,
        )
      },
      2000,
    )
  }, 720_000)

  it('Ctrl-C ends every part within 15 s', async () => {
    const { status, seconds } = await plant.stop()
    expect(status).toBe(0)
    expect(seconds).toBeLessThan(15)
  }, 60_000)
})
