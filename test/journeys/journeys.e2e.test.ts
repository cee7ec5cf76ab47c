/**
 * The suite as its users meet it, against the processes of `npm start` in real Chromium. Journeys alternate languages.
 * Those that disturb the plant itself (kills, another plant) stand in files of their own.
 */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, it } from 'vitest'
import { administratorAndRights } from './administrator-and-rights.ts'
import { anyoneAsks } from './anyone-asks.ts'
import { badInputAtTheBorders } from './bad-input.ts'
import { engineerDraftsPlc } from './engineer-drafts-plc.ts'
import { everyPageOpens } from './every-page.ts'
import { operatorAtTheLine } from './operator-at-the-line.ts'
import { plannerWhatIf } from './planner-what-if.ts'
import { qaReports } from './qa-reports.ts'
import { qaReviews } from './qa-reviews.ts'
import { openBrowser, skipBrowser } from './support/browser.ts'
import { hasPhoneScreens, phoneScreens, type RunningPlant, startPlant } from './support/plant.ts'

let plant: RunningPlant
let browser: Browser
const here = () => ({ plant, browser })

describe.skipIf(skipBrowser)('journeys', () => {
  beforeAll(async () => {
    ;[plant, browser] = await Promise.all([
      startPlant(hasPhoneScreens ? { captures: phoneScreens } : {}),
      openBrowser(),
    ])
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    await plant?.stop()
  }, 60_000)

  it('5 planner asks, tries a machine down, publishes, undoes (en)', () => plannerWhatIf(here()))
  it('4 process engineer drafts PLC code by chat (zh, then en)', () => engineerDraftsPlc(here()))
  it.skipIf(!hasPhoneScreens)('2 QA reviews real photographs (en)', () => qaReviews(here()))
  it('3 QA writes the report of a lot, in both languages (zh)', () => qaReports(here()))
  it('6 anyone asks: overkill, an hour ago, a procedure, the unknown (en)', () => anyoneAsks(here()))
  it('8 administrator: users, audit chain; nobody oversteps a role (zh)', () => administratorAndRights(here()))
  it('10 bad input at each border is refused with code and place (en)', () => badInputAtTheBorders(here()))
  it('1 operator: live line, proposal, guard, alarm (zh)', () => operatorAtTheLine(here()), 420_000)
  it('every page opens once in each language without an error', () => everyPageOpens(here()), 240_000)
})
