/**
 * Forecast and control of the simulated dryer, one table: `node test/moisture/evaluate.ts [--seeds 20] [--hours 2.5]
 * [--parts control,forecast] [--out FILE]`. Everything is trained and tuned on the nominal plant and training seeds, and judged
 * on other seeds with steam gain ±20 % and delay ±30 % off, on the true outlet.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname } from 'node:path'
import { judgeControl } from './judge-control.ts'
import { judgeForecasts } from './judge-forecasts.ts'
import { RECORDED_SEEDS, recordRun, trainDryer } from './train.ts'

const argument = (name: string, fallback: string) => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? fallback : (process.argv[at + 1] ?? fallback)
}
const seeds = Number(argument('seeds', '20'))
const hours = Number(argument('hours', '2.5'))
const parts = argument('parts', 'control,forecast').split(',')
const out = argument('out', '')
const started = performance.now()
const say = (text: string) => process.stderr.write(`${((performance.now() - started) / 1000).toFixed(0)} s ${text}\n`)

const runs = RECORDED_SEEDS.map(seed => recordRun(seed))
const model = trainDryer(runs)
say(`model fitted, residual ${JSON.stringify(model.notes)}`)
const cases = Array.from({ length: seeds }, (_, i) => ({
  seed: 1 + i,
  steamGain: [0.8, 1.2, 1][i % 3]!,
  delayGain: [0.7, 1.3, 1][Math.floor(i / 3) % 3]!,
}))
const lines = [
  `Moisture on the simulated dryer, ${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model ?? 'unknown'} (${cpus().length} threads), Node ${process.version}`,
  `${seeds} seeds of ${hours} h, steam gain x 0.8, 1, 1.2 and delay x 0.7, 1, 1.3 in turn; trained on the nominal plant`,
  '',
]
if (parts.includes('control')) lines.push(...judgeControl(model, cases, hours, say), '')
if (parts.includes('forecast')) lines.push(...judgeForecasts(model, runs, cases, hours, say), '')
lines.push(`${((performance.now() - started) / 1000).toFixed(0)} s`)
process.stdout.write(`${lines.join('\n')}\n`)
if (out !== '') {
  mkdirSync(dirname(out), { recursive: true })
  writeFileSync(out, `${lines.join('\n')}\n`)
}
