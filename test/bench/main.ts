/**
 * `npm run bench [-- --quick] [--only NAME,NAME] [--minutes N] [--rows N] [--keep DIR] [--triggers N] [--out FILE]`: measures, prints a table, writes JSON.
 * No bars: figures are recorded with the machine they were taken on. Exit 0: each row measured or skipped; 1: one failed; 130: broken off.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { describe, ProblemError, parseArguments, UsageError } from '@millwright/contract'
import { acquisition } from './acquisition.ts'
import { ask } from './ask.ts'
import { drain } from './drain.ts'
import { history } from './history.ts'
import { ingest } from './ingest.ts'
import { inspect } from './inspect.ts'
import { latency } from './latency.ts'
import { thisMachine } from './machine.ts'
import { type Bench, type BenchOptions, CannotMeasure, type Row } from './row.ts'
import { schedule } from './schedule.ts'
import { stCheck } from './st-check.ts'
import { start } from './start.ts'
import { createUndo } from './support/undo.ts'
import { machineLine, tableOf } from './table.ts'
import { trigger } from './trigger.ts'

/** In this order: the short ones first, and `start`, which fills the machine with processes, last. */
const BENCHES: readonly Bench[] = [
  stCheck,
  inspect,
  trigger,
  ingest,
  drain,
  acquisition,
  history,
  ask,
  latency,
  schedule,
  start,
]
const USAGE = `Usage: npm run bench -- [--quick] [--only ${BENCHES.map(each => each.name).join(',')}] [--minutes N] [--rows N] [--keep DIR] [--triggers N] [--out FILE]\n`

interface Wanted {
  readonly benches: readonly Bench[]
  readonly quick: boolean
  readonly minutes: number
  readonly rows: number | undefined
  readonly keep: string | undefined
  readonly triggers: number | undefined
  readonly out: string
}

function readArguments(argv: readonly string[]): Wanted {
  const { positionals, options, flags } = parseArguments(argv, {
    options: ['only', 'minutes', 'rows', 'keep', 'triggers', 'out'],
    flags: ['quick'],
  })
  if (positionals.length > 0) throw new UsageError(`what is "${positionals[0]}"?`)
  const quick = flags.has('quick')
  const minutes = options.minutes === undefined ? (quick ? 1 : 10) : Number(options.minutes)
  if (!(minutes > 0 && minutes <= 24 * 60)) throw new UsageError('--minutes is above 0 and at most 1440')
  const rows = options.rows === undefined ? undefined : Number(options.rows)
  if (rows !== undefined && !(Number.isInteger(rows) && rows >= 100_000 && rows <= 1e9))
    throw new UsageError('--rows is 100000 or more')
  const triggers = options.triggers === undefined ? undefined : Number(options.triggers)
  if (triggers !== undefined && !(Number.isInteger(triggers) && triggers >= 10 && triggers <= 100_000))
    throw new UsageError('--triggers is 10 or more')
  const names = options.only?.split(',').map(name => name.trim())
  const unknown = names?.find(name => !BENCHES.some(bench => bench.name === name))
  if (unknown !== undefined) throw new UsageError(`there is no row "${unknown}"`)
  const from = process.env.INIT_CWD ?? process.cwd()
  return {
    benches: BENCHES.filter(bench => names?.includes(bench.name) ?? true),
    quick,
    minutes,
    rows,
    keep: options.keep === undefined ? undefined : resolve(from, options.keep),
    triggers,
    out: options.out === undefined ? join(import.meta.dirname, 'out', 'bench.json') : resolve(from, options.out),
  }
}

async function measure({ name, unit, run }: Bench, options: BenchOptions): Promise<Row> {
  try {
    return await run(options)
  } catch (error) {
    if (error instanceof CannotMeasure)
      return { name, unit, outcome: error.outcome, code: error.code, why: error.message }
    if (error instanceof ProblemError)
      return { name, unit, outcome: 'failed', code: error.problem.code, why: describe(error.problem).en }
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { name, unit, outcome: 'failed', code: 'MW-0103', why }
  }
}

async function main({ benches, quick, minutes, rows: wantedRows, keep, triggers, out }: Wanted): Promise<number> {
  const undo = createUndo()
  let brokenOff = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (brokenOff) return
      brokenOff = true
      void undo.all().then(() => process.exit(130))
    })
  const machine = thisMachine()
  const begun = new Date(Date.now()).toISOString()
  const say = (text: string) => void process.stderr.write(`${text}\n`)
  say(machineLine(machine))
  const rows: Row[] = []
  // Written after each row: what was measured stands even where a later row is broken off.
  mkdirSync(dirname(out), { recursive: true })
  for (const bench of benches) {
    say(`${bench.name} ...`)
    const row = await measure(bench, {
      quick,
      minutes,
      ...(wantedRows === undefined ? {} : { rows: wantedRows }),
      ...(keep === undefined ? {} : { keep }),
      ...(triggers === undefined ? {} : { triggers }),
      defer: undo.defer,
      say,
    })
    await undo.all()
    // Its processes were ended under it: that is no figure.
    if (brokenOff) return 130
    rows.push(row)
    writeFileSync(out, `${JSON.stringify({ begun, quick, machine, rows }, undefined, 2)}\n`)
  }
  process.stdout.write(`${tableOf(rows, machine)}\n`)
  if (quick) process.stdout.write('A sample (--quick): not figures to report.\n')
  process.stdout.write(`Written to ${out}\n`)
  return rows.some(row => 'outcome' in row && row.outcome === 'failed') ? 1 : 0
}

try {
  process.exitCode = await main(readArguments(process.argv.slice(2)))
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  process.stderr.write(`npm run bench: ${error.message}\n${USAGE}`)
  process.exitCode = 2
}
