/**
 * Mutated texts through every entry: none may crash, none may take more than 100 ms of work. Every text is read and checked;
 * every tenth is also printed, formatted, coloured, loaded and run. Each seed is a row of `docs/evidence/fuzz.json`; the page
 * `docs/evidence/fuzz.md` sums them, so that a million can be done in stretches.
 *
 *   node scripts/fuzz.ts [--count 100000] [--seed 1]
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mutate, random, seedText } from '../src/fuzz/mutate.ts'
import { checkSources, format, loadProgram, parseText, printText, tokenize } from '../src/index.ts'

const option = (name: string, otherwise: number) => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : Number(process.argv[at + 1])
}
const count = option('count', 100_000)
const seed = option('seed', 1)
const folders = [
  new URL('../reference/', import.meta.url),
  new URL('../../../shared/data/plc/st-corpus/', import.meta.url),
]
const seeds = [
  seedText,
  ...folders
    .filter(each => existsSync(each))
    .flatMap(folder =>
      readdirSync(folder)
        .filter(each => each.endsWith('.st'))
        .map(each => readFileSync(new URL(each, folder), 'utf8').slice(0, 900)),
    ),
]
const next = random(seed)
const cpuMs = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}
const crashes: string[] = []
const slow: { ms: number; text: string }[] = []
let longest = 0

function through(text: string, whole: boolean): void {
  checkSources([{ file: 'f', text }])
  if (!whole) return
  printText(parseText(text).unit)
  tokenize(text)
  format(text)
  const name = /(?:FUNCTION_BLOCK|PROGRAM|FUNCTION)\s+(\w+)/i.exec(text)?.[1]
  const loaded = name === undefined ? undefined : loadProgram(text, name)
  if (loaded?.ok === true) {
    const running = loaded.start()
    // A body that loops to the watchdog takes its million steps: one scan shows that it ends.
    for (let scan = 0; scan < 2; scan += 1) if (running.scan({}, 100) !== undefined) break
  }
}

function timed(text: string, whole: boolean): number {
  const began = cpuMs()
  through(text, whole)
  return cpuMs() - began
}

let current = seeds[0]!
const began = cpuMs()
for (let i = 0; i < count; i += 1) {
  current = next() < 0.15 ? seeds[Math.floor(next() * seeds.length)]! : mutate(current, next).slice(0, 1500)
  if (current.length < 20) current = seeds[Math.floor(next() * seeds.length)]!
  const whole = i % 10 === 0
  try {
    let ms = timed(current, whole)
    // A pause of the machine is no hang: what is slow is tried again.
    for (let again = 0; ms > 100 && again < 4; again += 1) ms = Math.min(ms, timed(current, whole))
    if (ms > longest && i > 1000) longest = ms
    if (ms > 100) slow.push({ ms, text: current })
  } catch (error) {
    crashes.push(`${error instanceof Error ? error.stack : String(error)}\n${JSON.stringify(current)}`)
  }
  if (i % 20_000 === 19_999) process.stderr.write(`${i + 1}: ${crashes.length} crashes, ${slow.length} slow\n`)
}

interface Row {
  readonly seed: number
  readonly inputs: number
  readonly minutes: number
  readonly longestMs: number
  readonly memoryMb: number
  readonly crashes: readonly string[]
  readonly slow: readonly { readonly ms: number; readonly text: string }[]
}
const store = new URL('../docs/evidence/fuzz.json', import.meta.url)
const rows = (existsSync(store) ? (JSON.parse(readFileSync(store, 'utf8')) as Row[]) : []).filter(
  each => each.seed !== seed,
)
rows.push({
  seed,
  inputs: count,
  minutes: Math.round((cpuMs() - began) / 6000) / 10,
  longestMs: Math.round(longest),
  memoryMb: Math.round(process.resourceUsage().maxRSS / 1024),
  crashes: crashes.slice(0, 10),
  slow: slow.slice(0, 10),
})
rows.sort((a, b) => a.seed - b.seed)
writeFileSync(store, `${JSON.stringify(rows, null, 1)}\n`)
const total = (of: (row: Row) => number) => rows.reduce((sum, each) => sum + of(each), 0)
writeFileSync(
  new URL('../docs/evidence/fuzz.md', import.meta.url),
  `# Mutated inputs

Made by \`node scripts/fuzz.ts --count INPUTS --seed N\` from ${seeds.length} programs: pieces cut out, words put in, pieces repeated.
Every text is read and checked, every tenth also printed, formatted, coloured, loaded and run.

${total(each => each.inputs)} inputs in ${Math.round(total(each => each.minutes))} minutes of work: **${total(each => each.crashes.length)} crashes, ${total(each => each.slow.length)} over 100 ms** (longest ${Math.max(...rows.map(each => each.longestMs))} ms; largest process ${Math.max(...rows.map(each => each.memoryMb))} MB).

| seed | inputs | crashes | over 100 ms | longest ms | largest MB |
|---|---|---|---|---|---|
${rows.map(each => `| ${each.seed} | ${each.inputs} | ${each.crashes.length} | ${each.slow.length} | ${each.longestMs} | ${each.memoryMb} |`).join('\n')}
${rows.flatMap(each => [...each.crashes.map(one => `\n\`\`\`\n${one}\n\`\`\`\n`), ...each.slow.map(one => `\n${Math.round(one.ms)} ms: \`${JSON.stringify(one.text)}\`\n`)]).join('')}`,
)
process.exitCode = crashes.length + slow.length === 0 ? 0 : 1
