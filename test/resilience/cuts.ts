/** A minute without the server, as its agents and its pages meet it. */
import { setTimeout as pause } from 'node:timers/promises'
import type { AgentStatus } from '@millwright/contract'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { openBrowser, signIn, skipBrowser } from '../journeys/support/browser.ts'
import type { RunningPlant } from '../journeys/support/plant.ts'
import { waitFor } from '../journeys/support/wait.ts'
import type { Relay } from './relay.ts'

const MINUTE_MS = 60_000

/** Runs with the line's page open in a browser, or with none where there is no browser. */
async function withLinePage(plant: RunningPlant, run: (page: Page | undefined) => Promise<void>): Promise<void> {
  if (skipBrowser) return run(undefined)
  const browser = await openBrowser()
  try {
    const { page } = await signIn(browser, plant.url, 'operator', 'en')
    await page.goto(`${plant.url}/lines/primary`)
    await page.getByTestId('measure').first().waitFor()
    await run(page)
  } finally {
    await browser.close()
  }
}

/** A server that hangs: connections stay open and nothing comes back, to agents and browsers alike. */
export const freezeServerForAMinute = (plant: RunningPlant) =>
  withLinePage(plant, async page => {
    const server = plant.pid('server')
    process.kill(server, 'SIGSTOP')
    try {
      await page?.getByTestId('stale-notice').waitFor({ timeout: 60_000 })
      await pause(MINUTE_MS)
    } finally {
      process.kill(server, 'SIGCONT')
    }
    await page?.getByTestId('stale-notice').waitFor({ state: 'detached', timeout: 60_000 })
  })

/**
 * The cable between the agents and the server is pulled for a minute; people still reach the server, whose page says that
 * the line's values may be old.
 */
export const cutNetworkForAMinute = (
  plant: RunningPlant,
  relays: readonly Relay[],
  agents: () => Promise<AgentStatus[]>,
) =>
  withLinePage(plant, async page => {
    const stale = page?.locator('[data-testid=measure] [data-trust=stale]').first()
    const passed = () => relays.map(relay => relay.passed())
    for (const relay of relays) relay.set('cut')
    const before = passed()
    const end = performance.now() + MINUTE_MS
    try {
      await stale?.waitFor({ timeout: MINUTE_MS })
      await waitFor('the server to miss its agents', MINUTE_MS, async () =>
        (await agents()).every(each => !each.online),
      )
      await pause(Math.max(0, end - performance.now()))
      expect(passed(), 'no byte passed').toEqual(before)
    } finally {
      for (const relay of relays) relay.set('whole')
    }
    await waitFor('the agents to be back', 60_000, async () => (await agents()).every(each => each.online))
    await stale?.waitFor({ state: 'detached', timeout: 60_000 })
  })
