/** How old a value is when a person sees it, and how a page of thousands of tags opens and scrolls. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { chromiumPath, openBrowser } from '../journeys/support/browser.ts'
import { root } from '../journeys/support/plant.ts'
import { waitFor } from '../journeys/support/wait.ts'
import { percentile, spreadOf } from './figures.ts'
import { scrollTable, type Watched, watchValues } from './latency-page.ts'
import { type Bench, type BenchOptions, failure, skipped } from './row.ts'
import { type LivePlant, startLivePlant } from './support/live-plant.ts'

const LIVE_TAGS = 2000
const ALL_TAGS = 5000
/** Of all tags together, in both plants: every process of them runs on this one machine. */
const PER_SECOND = 2000
const PASSWORD = 'a password for the bench'

export const latency: Bench = {
  name: 'latency',
  unit: 'ms',
  async run(options) {
    if (chromiumPath === undefined) throw skipped('MW-0102', 'cannot be read: Chromium (apt-get install chromium)')
    await promisify(execFile)(process.execPath, [join(root, 'fixtures', 'launch', 'build.mjs')], { cwd: root })
    const seconds = options.quick ? 8 : 40

    const some = await openPlant(LIVE_TAGS, options)
    await some.measure(true)
    await pause(seconds * 1000)
    const { latencies } = await some.read()
    await some.close()
    if (latencies.length < 100) throw failure(`only ${latencies.length} changes were seen`)

    const all = await openPlant(ALL_TAGS, options)
    const { firstValues } = await all.read()
    if (firstValues === undefined) throw failure('no values came')
    await all.measure(true)
    await all.page.evaluate(scrollTable, seconds * 500)
    const { frames } = await all.read()
    await all.close()
    return {
      name: 'latency',
      unit: 'ms',
      values: {
        p50: percentile(latencies, 0.5),
        p95: percentile(latencies, 0.95),
        p99: percentile(latencies, 0.99),
        first_values: firstValues,
        frame_p50: percentile(frames, 0.5),
        frame_p99: percentile(frames, 0.99),
        frame_longest: Math.max(...frames),
        frames_count: frames.length,
      },
      n: latencies.length,
      spread: spreadOf(latencies),
      how: `source time to the animation frame of Chromium in which the document shows the value: an OPC UA server whose ${LIVE_TAGS} values change once a second each (the value is its source time), edge agent, broker, plant server, the page of all tags, which has them all subscribed, one process each on this machine; then a plant of ${ALL_TAGS} tags with as many changes a second: first_values from navigation until every row in view has one, frame_* between two animation frames while the table scrolls a quarter of its view a frame`,
    }
  },
}

interface OpenPlant {
  readonly page: Page
  measure(on: boolean): Promise<void>
  read(): Promise<Watched>
  close(): Promise<void>
}

async function openPlant(tags: number, options: BenchOptions): Promise<OpenPlant> {
  const plant = await startLivePlant(tags, PER_SECOND, options)
  const browser = await openBrowser()
  options.defer(() => browser.close())
  const page = await (await browser.newContext({ viewport: { width: 1600, height: 1000 } })).newPage()
  await signIn(plant, page)
  await waitFor('values of all tags', 60_000, async () => {
    const values = (await page.evaluate(async () => (await fetch('/api/values')).json())) as { tag: string }[]
    return values.filter(each => each.tag.startsWith('bench/value_')).length === tags
  })
  await page.addInitScript(watchValues, plant.base)
  await page.goto(`${plant.server.url.replace(/\/$/, '')}/tags`)
  await page.waitForFunction(() => globalThis.mwWatched?.firstValues !== undefined, undefined, { timeout: 60_000 })
  options.say(`  ${tags} tags on the page`)
  return {
    page,
    measure: on => page.evaluate(wanted => void Object.assign(globalThis.mwWatched ?? {}, { measuring: wanted }), on),
    read: () => page.evaluate(() => globalThis.mwWatched as Watched),
    async close() {
      await browser.close()
      await plant.stop()
    },
  }
}

/** A person of the bench, made by the local administrator. */
async function signIn(plant: LivePlant, page: Page): Promise<void> {
  const url = plant.server.url.replace(/\/$/, '')
  const { token } = JSON.parse(readFileSync(join(plant.data, 'server', 'running.json'), 'utf8')) as { token: string }
  const reply = await fetch(`${url}/api/users`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'bench', role: 'operator', lang: 'en', password: PASSWORD, reason: 'bench' }),
  })
  if (!reply.ok) throw failure(await reply.text())
  await page.goto(`${url}/sign-in`)
  await page.getByRole('textbox').first().fill('bench')
  await page.locator('input[type=password]').fill(PASSWORD)
  await page.locator('button[type=submit]').click()
  await page.waitForURL(address => !address.pathname.startsWith('/sign-in'))
}
