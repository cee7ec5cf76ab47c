/**
 * Mutated texts through every entry: none may crash, none may take more than 100 ms of work. Every text is read and checked;
 * every tenth is also printed, formatted, coloured, loaded and run. Writes `docs/evidence/fuzz.md`.
 *
 *   node scripts/fuzz.ts [--count 1000000] [--seed 1]
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mutate, random, seedText } from '../src/fuzz/mutate.ts'
import { checkSources, format, loadProgram, parseText, printText, tokenize } from '../src/index.ts'

const option = (name: string, otherwise: number) => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : Number(process.argv[at + 1])
}
const count = option('count', 1_000_000)
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
  if (i % 50_000 === 49_999) {
    process.stderr.write(`${i + 1}: ${crashes.length} crashes, ${slow.length} slow\n`)
    write(i + 1)
  }
}
write(count)
process.exitCode = crashes.length + slow.length === 0 ? 0 : 1

function write(done: number): void {
  const minutes = Math.round((cpuMs() - began) / 6000) / 10
  writeFileSync(
    new URL('../docs/evidence/fuzz.md', import.meta.url),
    `# Mutated inputs

Made by \`node scripts/fuzz.ts --count ${count} --seed ${seed}\` from ${seeds.length} programs: pieces cut out, words put in, pieces repeated.
Every text is read and checked, every tenth also printed, formatted, coloured, loaded and run.

${done} inputs in ${minutes} minutes of work: **${crashes.length} crashes, ${slow.length} over 100 ms** (longest ${Math.round(longest)} ms).
${[...crashes.slice(0, 20).map(each => `\n\`\`\`\n${each}\n\`\`\`\n`), ...slow.slice(0, 20).map(each => `\n${Math.round(each.ms)} ms: \`${JSON.stringify(each.text)}\`\n`)].join('')}`,
  )
}
