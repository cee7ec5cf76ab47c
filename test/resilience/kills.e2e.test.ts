/**
 * Journey 7: parts are killed with -9 under load, the network to the server is cut, the server restarts; every value that
 * was emitted while an agent was connected (but for the last second before its own kill) and every capture file is stored
 * exactly once, equal to the simulator's own log; the time without an agent is a marked gap, counted, never bridged.
 */
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { readTruthLog } from '@millwright/fixtures'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, signIn, skipBrowser } from '../journeys/support/browser.ts'
import { type RunningPlant, startPlant } from '../journeys/support/plant.ts'
import { waitFor } from '../journeys/support/wait.ts'
import { adminClient } from './admin-client.ts'

/** Tags compared value by value: fast and slow ones of both lines, whose agents store every change. */
const COMPARED = {
  'primary/dryer/outlet_moisture': { log: 'primary', source: 'ns=1;s=Dryer.OutletMoisture' },
  'primary/dryer/steam_pressure': { log: 'primary', source: 'ns=1;s=Dryer.SteamPressure' },
} as const
/** Within this of its own kill an agent may lose what it has just been given, ms. */
const LAST_SECOND = 1000

let plant: RunningPlant
const kills: { part: string; from: number; until: number }[] = []

async function killAndWait(part: string): Promise<void> {
  const before = plant.pid(part)
  const from = Date.now()
  plant.kill(part)
  await waitFor(`${part} to be started again`, 60_000, () => plant.pid(part) !== before)
  kills.push({ part, from, until: Date.now() })
}

/** To agents and browsers a frozen server is a cut cable: connections stay open and nothing comes back. */
async function cutForAMinute(): Promise<void> {
  const server = plant.pid('server')
  const browser = skipBrowser ? undefined : await openBrowser()
  const page = browser === undefined ? undefined : (await signIn(browser, plant.url, 'operator', 'en')).page
  await page?.goto(`${plant.url}/lines/primary`)
  await page?.getByTestId('measure').first().waitFor()
  process.kill(server, 'SIGSTOP')
  try {
    if (page !== undefined) await page.getByTestId('stale-notice').waitFor({ timeout: 60_000 })
    await pause(60_000)
  } finally {
    process.kill(server, 'SIGCONT')
  }
  if (page !== undefined) await page.getByTestId('stale-notice').waitFor({ state: 'detached', timeout: 60_000 })
  await browser?.close()
}

describe('nothing is lost', () => {
  beforeAll(async () => {
    plant = await startPlant({ log: true })
  }, 200_000)
  afterAll(async () => {
    await plant?.stop()
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
    await cutForAMinute()
    await grows('primary/dryer/outlet_moisture', 15)
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
  }, 600_000)

  it('Ctrl-C ends every part within 15 s', async () => {
    const { status, seconds } = await plant.stop()
    expect(status).toBe(0)
    expect(seconds).toBeLessThan(15)
  }, 60_000)
})
