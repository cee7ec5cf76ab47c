/** `mw-edge softsensor fit|predict`: soft sensors on any table, without Python. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CommandIo, describe, type Problem, parseArguments, UsageError } from '@millwright/contract'
import { type CsvTable, parseCsv } from '../moisture/csv.ts'
import { fitLadder } from '../moisture/ladder.ts'
import { parseSoftSensorFile, type SoftSensorFile } from '../moisture/model-file.ts'
import { predictRows } from '../moisture/predict-rows.ts'

const MODEL_FILE = 'softsensor.json'

export async function run(argv: readonly string[], io: CommandIo): Promise<number> {
  const [what, ...rest] = argv
  if (what === 'fit') return fit(rest, io)
  if (what === 'predict') return predict(rest, io)
  throw new UsageError('name "fit" or "predict"')
}

function fit(argv: readonly string[], io: CommandIo): number {
  const args = parseArguments(argv, {
    options: ['target', 'inputs', 'time', 'horizon', 'target-late', 'regime', 'out', 'sample-seconds', 'name'],
  })
  const [csv] = args.positionals
  const { target, out } = args.options
  const inputs = (args.options.inputs ?? '')
    .split(',')
    .map(name => name.trim())
    .filter(Boolean)
  if (csv === undefined || target === undefined || out === undefined || inputs.length === 0) {
    throw new UsageError('CSV, --target, --inputs and --out are needed')
  }
  // Several horizons, nearest first, make the fan that a control loop shows.
  const horizons = (args.options.horizon ?? '0').split(',').map(text => wholeNumber(text, 'horizon'))
  const late = args.options['target-late'] ?? '0'
  const targetLate = late === 'never' ? 'never' : wholeNumber(late, 'target-late')
  const started = performance.now()
  const { regime } = args.options
  const table = read(csv, [...new Set([...inputs, target, ...(regime ? [regime] : [])])], args.options.time, io)
  if (table === undefined) return 1
  if (table.rows < 50) {
    report(io, [{ code: 'MW-0101', place: csv, values: { detail: `${table.rows} rows; at least 50 are needed` } }])
    return 1
  }
  const fan = horizons.map(horizon =>
    fitLadder(table, { target, inputs, horizon, targetLate, ...(regime ? { regime } : {}) }),
  )
  const { winner, rungs } = fan.at(-1)!
  const file: SoftSensorFile = {
    kind: 'millwright-softsensor',
    version: 1,
    name: args.options.name ?? `${target}-${winner.name.replace(' ', '-')}`,
    target,
    inputs,
    targetLate,
    sampleSeconds: Number(args.options['sample-seconds'] ?? 0) || 0,
    rung: winner.name,
    models: fan.map(each => each.winner.model),
    bands: fan.map(each => each.winner.bands),
    ...(regime ? { regime } : {}),
    notes: {
      rows: table.rows,
      heldOut: 'rolling origin: four folds over the last three fifths, each forecast by a model of earlier rows',
      ladders: fan.map((each, i) => ({
        horizon: horizons[i],
        rungs: each.rungs.map(({ model, bands, errors, ...figures }) => figures),
      })),
    },
  }
  mkdirSync(out, { recursive: true })
  writeFileSync(join(out, MODEL_FILE), `${JSON.stringify(file, undefined, 1)}\n`)
  const seconds = (performance.now() - started) / 1000
  const shown = rungs.map(({ name, rmse, r2, skill }) => ({ name, rmse, r2, skill }))
  io.out(`${JSON.stringify({ winner: winner.name, rungs: shown, rows: table.rows, seconds })}\n`)
  return 0
}

function predict(argv: readonly string[], io: CommandIo): number {
  const args = parseArguments(argv, { options: ['model', 'out', 'time'] })
  const [csv] = args.positionals
  const { model, out } = args.options
  if (csv === undefined || model === undefined) throw new UsageError('CSV and --model are needed')
  const sensor = readModel(join(model, MODEL_FILE), io)
  if (sensor === undefined) return 1
  const { targetLate, regime } = sensor
  const known = targetLate === 'never' ? [] : [sensor.target]
  const columns = [...new Set([...sensor.inputs, ...known, ...(regime === undefined ? [] : [regime])])]
  const table = read(csv, columns, args.options.time, io)
  if (table === undefined) return 1
  const lines = predictRows(sensor, table).map(({ row, y, lo, hi, state }) =>
    JSON.stringify({ t: table.time[row], y_hat: y, lo, hi, state }),
  )
  const text = lines.length === 0 ? '' : `${lines.join('\n')}\n`
  if (out === undefined) io.out(text)
  else writeFileSync(out, text)
  return 0
}

function wholeNumber(text: string, name: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new UsageError(`--${name} takes a whole number of rows, not "${text}"`)
  return Number(text)
}

function report(io: CommandIo, problems: readonly Problem[]): void {
  for (const problem of problems) io.err(`${problem.code} ${describe(problem).en}\n`)
}

function readText(path: string, io: CommandIo): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    report(io, [
      { code: 'MW-0102', place: path, values: { detail: error instanceof Error ? error.message : String(error) } },
    ])
    return undefined
  }
}

function read(path: string, columns: readonly string[], time: string | undefined, io: CommandIo): CsvTable | undefined {
  const text = readText(path, io)
  if (text === undefined) return undefined
  const parsed = parseCsv(text, columns, time, path)
  if (parsed.ok) return parsed.value
  report(io, parsed.fault)
  return undefined
}

function readModel(path: string, io: CommandIo): SoftSensorFile | undefined {
  const text = readText(path, io)
  if (text === undefined) return undefined
  const parsed = parseSoftSensorFile(text, path)
  if (parsed.ok) return parsed.value
  report(io, parsed.fault)
  return undefined
}
