/**
 * `node test/bad-input/main.ts configuration|images|opcua [--count N] [--seed S] [--record]`: bad input by the hundred thousand.
 * Prints the outcome as JSON; `--record` also writes it to `results/`. Exit 0: refused with a code each time; 1: not so.
 */
import { writeFileSync } from 'node:fs'
import { cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArguments, systemClock, UsageError } from '@millwright/contract'
import type { Outcome } from './support/result.ts'

type Fuzz = (count: number, seed: number, say: (text: string) => void) => Outcome | Promise<Outcome>
const KINDS: Readonly<Record<string, () => Promise<Fuzz>>> = {
  configuration: async () => (await import('./configuration.ts')).fuzzConfiguration,
  images: async () => (await import('./images.ts')).fuzzImages,
  opcua: async () => (await import('./opcua.ts')).fuzzOpcua,
}

const { options, flags, positionals } = parseArguments(process.argv.slice(2), {
  options: ['count', 'seed'],
  flags: ['record'],
})
const [kind = ''] = positionals
const choose = KINDS[kind]
if (choose === undefined) throw new UsageError(`name one of ${Object.keys(KINDS).join(', ')}`)
const seed = Number(options.seed ?? 1)
const fuzz = await choose()
const began = systemClock.now()
const outcome = await fuzz(Number(options.count ?? 100_000), seed, text => void process.stderr.write(`${text}\n`))
const result = {
  date: new Date(began).toISOString(),
  seconds: Math.round((systemClock.now() - began) / 1000),
  machine: {
    cores: cpus().length,
    model: cpus()[0]?.model,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  },
  seed,
  ...outcome,
}
const text = `${JSON.stringify(result, null, 2)}\n`
process.stdout.write(text)
if (flags.has('record')) writeFileSync(join(import.meta.dirname, 'results', `${kind}.json`), text)
process.exit(outcome.faultCount === 0 ? 0 : 1)
