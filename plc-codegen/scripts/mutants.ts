/**
 * Breaks every reference program by every rule and judges its properties: a property that is proved on a mutant must
 * withstand as many guided scans as were asked for. Writes `docs/evidence/mutants.md`.
 *
 *   node scripts/mutants.ts [--scans 1000000] [--limit 1000] [--part 1/1] [--out FILE]
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { mutantsOf } from '../src/prove/mutate.ts'
import type { PropertySpec } from '../src/prove/property.ts'
import { refuted } from '../src/prove/soundness.ts'
import { verify } from '../src/prove/verify.ts'

interface Task {
  readonly id: string
  readonly instruction: string
  readonly properties_to_be_validated: PropertySpec[]
}

const option = (name: string, otherwise: string) => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : process.argv[at + 1]!
}
const scans = Number(option('scans', '1000000'))
const limitMs = Number(option('limit', '1000'))
const only = option('only', '')
const out = new URL(option('out', '../docs/evidence/mutants.md'), import.meta.url)
const reference = new URL('../reference/', import.meta.url)
const tasks = JSON.parse(
  readFileSync(new URL('../../../shared/data/plc/tasks/verified-properties-23.json', import.meta.url), 'utf8'),
) as Task[]
const cpu = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

interface Row {
  readonly pou: string
  readonly mutants: number
  refused: number
  proved: number
  bounded: number
  unknown: number
  readonly properties: { what: string; unchanged: string; killed: number; survived: number; open: number }[]
  readonly unsound: string[]
}
const store = new URL('./mutants.json', out)
let unsoundHere = 0
const began = performance.now()
for (const name of readdirSync(reference)
  .filter(each => each.endsWith('.st'))
  .sort()) {
  const id = name.slice(0, -3)
  if (only !== '' && !only.split(',').includes(id)) continue
  const task = tasks.find(each => each.id === id)!
  const text = readFileSync(new URL(name, reference), 'utf8')
  const own = [...text.matchAll(/^\s*(?:FUNCTION_BLOCK|PROGRAM)\s+(\w+)/gim)].map(each => each[1]!)
  const asked = [...task.instruction.matchAll(/^\s*(?:FUNCTION_BLOCK|PROGRAM)\s+(\w+)/gm)].map(each => each[1]!)
  const pou = asked.reverse().find(each => own.some(mine => mine.toLowerCase() === each.toLowerCase())) ?? own.at(-1)!
  const specs = task.properties_to_be_validated
  const plain = verify(text, pou, specs, { now: cpu, limitMs })
  const before = plain.ok ? plain.answers : []
  const mutants = mutantsOf(text)
  const row: Row = {
    pou,
    mutants: mutants.length,
    refused: 0,
    proved: 0,
    bounded: 0,
    unknown: 0,
    properties: specs.map((spec, i) => ({
      what: Object.values(spec.property?.pattern_params ?? {}).join(' / ') || 'assertions',
      unchanged: before[i]?.verdict ?? '',
      killed: 0,
      survived: 0,
      open: 0,
    })),
    unsound: [],
  }
  mutants.forEach((mutant, number) => {
    const result = verify(mutant.text, pou, specs, { now: cpu, limitMs, totalMs: limitMs * specs.length })
    if (!result.ok) {
      row.refused += 1
      return
    }
    const proved: number[] = []
    result.answers.forEach((answer, i) => {
      const property = row.properties[i]!
      if (answer.verdict === 'violated') property.killed += before[i]?.verdict === 'proved' ? 1 : 0
      else if (answer.verdict === 'proved') property.survived += 1
      else property.open += 1
      if (answer.verdict === 'proved') proved.push(i)
      if (answer.verdict === 'bounded') row.bounded += 1
      if (answer.verdict === 'unknown') row.unknown += 1
    })
    row.proved += proved.length
    for (const i of refuted(mutant.text, pou, specs, proved, scans, 4711 + number)) {
      unsoundHere += 1
      row.unsound.push(`property ${i + 1}, line ${mutant.line}: ${mutant.change}`)
    }
  })
  process.stderr.write(`${id}: ${mutants.length} mutants, ${Math.round((performance.now() - began) / 1000)} s\n`)
  write(id, row)
}
process.exitCode = unsoundHere === 0 ? 0 : 1

/** Adds one program's row to what other runs found and writes the page anew. */
function write(id: string, row: Row): void {
  const all = existsSync(store) ? (JSON.parse(readFileSync(store, 'utf8')) as Record<string, Row>) : {}
  all[id] = row
  writeFileSync(store, `${JSON.stringify(all, null, 1)}\n`)
  const list = Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1))
  const sum = (of: (each: Row) => number) => list.reduce((total, [, each]) => total + of(each), 0)
  const inRows = (of: (each: Row['properties'][number]) => number) =>
    sum(each => each.properties.reduce((total, property) => total + of(property), 0))
  const head = `# Mutants of the reference programs

Made by \`node scripts/mutants.ts --scans ${scans}\`: every comparison flipped, every AND and OR swapped, every assignment
dropped, every constant one up and one down, in the order of the files, none left out. A property that is proved on a mutant
is then attacked with ${scans} random, boundary and guided scans (or 2 * 10^8 steps, where a mutant loops to the watchdog; a unit
without inputs has one run only, which is followed for 20,000 scans). "killed": proved on the program, violated on the mutant.

${sum(each => each.mutants)} mutants of ${list.length} programs, ${sum(each => each.refused)} refused by the compiler. Properties killed ${inRows(each => each.killed)} times, proved on
a mutant ${inRows(each => each.survived)} times; bounded ${sum(each => each.bounded)}, unknown ${sum(each => each.unknown)}. **Proved and yet broken: ${sum(each => each.unsound.length)}.**
`
  const body = list.map(([name, each]) =>
    [
      `\n## ${name} (${each.pou}): ${each.mutants} mutants, ${each.refused} refused by the compiler\n`,
      '| property | unchanged | killed | proved on | open | what |',
      '|---|---|---|---|---|---|',
      ...each.properties.map(
        (property, i) =>
          `| ${i + 1} | ${property.unchanged} | ${property.killed} | ${property.survived} | ${property.open} | ${property.what.slice(0, 90).replaceAll('|', '\\|')} |`,
      ),
      ...each.unsound.map(what => `\n**proved and yet broken**: ${what}`),
    ].join('\n'),
  )
  writeFileSync(out, `${head}${body.join('\n')}\n`)
}
