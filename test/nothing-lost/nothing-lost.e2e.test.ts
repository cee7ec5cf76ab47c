/**
 * The kill test, shortened: `main.ts` runs it in full. First it must catch an outbox that does not sync; then parts are
 * killed, the network fails, disks fill and forget, and nothing is lost.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { seededRandom } from '@millwright/fixtures'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type RunOptions, runExperiment } from './run.ts'
import { hasCompiler } from './shim/build.ts'

const hasMosquitto = ((): boolean => {
  try {
    execFileSync('mosquitto', ['-h'], { stdio: 'ignore' })
    return true
  } catch (error) {
    // It has no status 0 for its help.
    return (error as { code?: string }).code !== 'ENOENT'
  }
})()
// In CI nothing may be missing.
const skip = process.env.CI === undefined && !hasCompiler
if (skip)
  process.stderr.write('the kill test is skipped: no gcc found. Install it with: apt-get install gcc libc6-dev\n')

let parent: string
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'mw-nothing-lost-'))
})
afterAll(() => rmSync(parent, { recursive: true, force: true }))

const experiment = (broker: RunOptions['broker'], kills: number, more: Partial<RunOptions> = {}) =>
  runExperiment({
    folder: mkdtempSync(join(parent, 'run-')),
    broker,
    kills,
    lifeMs: 3000,
    tags: 200,
    random: seededRandom(7).next,
    say: text => void process.stderr.write(`${text}\n`),
    ...more,
  })

describe.skipIf(skip)('nothing is lost, whatever is killed', () => {
  it('an outbox that does not sync is caught', async () => {
    // Six kills may all come where the server already has everything: then again, with other chances.
    for (const seed of [7, 8, 9]) {
      const { values } = await experiment('embedded', 6, { agentLies: true, random: seededRandom(seed).next })
      expect(values.offered).toBeGreaterThan(1000)
      if (values.lost > 0) return
    }
    expect.fail('three outboxes without a sync seemed whole')
  }, 900_000)

  const check = async (broker: RunOptions['broker'], kills: number) => {
    const { values, captures, gapsCounted, rate } = await experiment(broker, kills)
    expect(values).toMatchObject({ lost: 0, doubled: 0, wrong: 0, bridged: 0, examples: [] })
    expect(captures).toMatchObject({ lost: 0, doubled: 0, wrong: 0, stored: captures.dropped, examples: [] })
    expect(values.due).toBeGreaterThan(1000)
    expect(gapsCounted).toBeGreaterThan(0)
    expect(rate).toBeGreaterThan(500)
  }
  const what = 'every value and capture is stored once, equal; times without an agent are marked'
  it.skipIf(process.env.CI === undefined && !hasMosquitto)(
    `Mosquitto as broker: ${what}`,
    () => check('mosquitto', 14),
    500_000,
  )
  it(`the embedded broker: ${what}`, () => check('embedded', 10), 500_000)
})
