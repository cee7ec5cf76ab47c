/**
 * `node test/nothing-lost/main.ts [--kills N] [--broker embedded|mosquitto|both] [--life SECONDS] [--tags N] [--seed N]
 * [--folder DIR] [--keep] [--out FILE]`: kills parts of the suite at random under load, and counts. First it shows that an
 * outbox without fsync would be caught. Prints one JSON result. Exit 0: nothing lost; 1: something was; 2: wrong usage.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArguments, UsageError } from '@millwright/contract'
import { seededRandom } from '@millwright/fixtures'
import { thisMachine } from '../bench/machine.ts'
import { type RunOptions, type RunResult, runExperiment } from './run.ts'

const USAGE =
  'node test/nothing-lost/main.ts [--kills N] [--broker embedded|mosquitto|both] [--life SECONDS] [--tags N] [--seed N] [--folder DIR] [--out FILE] [--keep] [--no-self-check]\n'

const say = (text: string) => void process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`)

async function main(): Promise<number> {
  const { options, flags, positionals } = parseArguments(process.argv.slice(2), {
    options: ['kills', 'broker', 'life', 'tags', 'seed', 'folder', 'out'],
    flags: ['keep', 'no-self-check'],
  })
  if (positionals.length > 0) throw new UsageError(`what is "${positionals[0]}"?`)
  const number = (name: string, otherwise: number): number => {
    const value = options[name] === undefined ? otherwise : Number(options[name])
    if (!(value > 0)) throw new UsageError(`--${name} is a number above 0`)
    return value
  }
  const broker = options.broker ?? 'both'
  if (!['embedded', 'mosquitto', 'both'].includes(broker))
    throw new UsageError('--broker is embedded, mosquitto or both')
  const kills = number('kills', 200)
  const seed = number('seed', 1)
  const random = seededRandom(seed).next
  const parent = resolve(options.folder ?? tmpdir())
  mkdirSync(parent, { recursive: true })

  const stop = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort())

  const experiment = async (
    which: RunOptions['broker'],
    wanted: number,
    more: Partial<RunOptions> = {},
  ): Promise<RunResult> => {
    const folder = mkdtempSync(join(parent, 'mw-nothing-lost-'))
    try {
      const result = await runExperiment({
        folder,
        stop: stop.signal,
        broker: which,
        kills: wanted,
        lifeMs: number('life', 3.5) * 1000,
        tags: number('tags', 600),
        random,
        say,
        ...more,
      })
      const { values, captures, kills: killed, rate } = result
      say(JSON.stringify({ broker: which, ok: result.ok, killed, rate, values, captures }))
      return result
    } finally {
      if (!flags.has('keep')) rmSync(folder, { recursive: true, force: true })
    }
  }

  const selfCheck = flags.has('no-self-check') ? undefined : await experiment('embedded', 6, { agentLies: true })
  const caught = selfCheck === undefined || selfCheck.values.lost > 0
  if (selfCheck)
    say(`an outbox without fsync: ${selfCheck.values.lost} values missed, ${caught ? 'caught' : 'NOT caught'}`)
  const runs: RunResult[] = []
  const outside = broker === 'both' ? Math.ceil(kills * 0.85) : kills
  if (broker !== 'embedded') runs.push(await experiment('mosquitto', outside))
  if (broker !== 'mosquitto') runs.push(await experiment('embedded', broker === 'both' ? kills - outside : kills))
  const ok = caught && runs.every(run => run.ok)
  const result = {
    date: new Date().toISOString(),
    machine: thisMachine(),
    ok,
    kills: runs.reduce((sum, run) => sum + Object.values(run.kills).reduce((a, b) => a + b, 0), 0),
    seed,
    selfCheck: selfCheck && {
      caught,
      valuesLost: selfCheck.values.lost,
      capturesLost: selfCheck.captures.lost,
      kills: selfCheck.kills,
    },
    runs,
  }
  const text = `${JSON.stringify(result, undefined, 2)}\n`
  process.stdout.write(text)
  if (options.out !== undefined) writeFileSync(resolve(options.out), text)
  return ok ? 0 : 1
}

try {
  process.exitCode = await main()
} catch (error) {
  const wrongUsage = error instanceof UsageError
  process.stderr.write(
    `nothing-lost: ${wrongUsage ? `${error.message}\n${USAGE}` : `${error instanceof Error ? error.stack : error}\n`}`,
  )
  process.exitCode = wrongUsage ? 2 : 3
}
process.exit()
