/**
 * Bad Sparkplug payloads and MQTT topics, by the hundred thousand, at a real plant server and a real edge agent.
 * `node test/sparkplug/fuzz.ts [--messages N] [--seed S]`; the last full run is committed as `fuzz-result.json`.
 */
import { writeFileSync } from 'node:fs'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArguments } from '@millwright/contract'
import { fuzzEdge, fuzzServer } from './support/fuzz.ts'

const { options } = parseArguments(process.argv.slice(2), { options: ['messages', 'seed', 'out'] })
const messages = Number(options.messages ?? 100_000)
const seed = Number(options.seed ?? 1)
const say = (text: string) => void process.stderr.write(`${text}\n`)

const server = await fuzzServer(messages, seed, say)
const edge = await fuzzEdge(messages, seed, say)
const result = {
  date: new Date().toISOString(),
  machine: { cores: cpus().length, model: cpus()[0]?.model, memoryGb: Math.round(totalmem() / 2 ** 30) },
  seed,
  server,
  edge,
}
if (options.out !== undefined || messages >= 100_000)
  writeFileSync(options.out ?? join(import.meta.dirname, 'fuzz-result.json'), `${JSON.stringify(result, null, 2)}\n`)
process.stdout.write(`${JSON.stringify(result)}\n`)
process.exit(server.alive && server.counted && edge.alive ? 0 : 1)
