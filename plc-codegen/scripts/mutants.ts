/**
 * Breaks every reference program by every rule and judges its properties: a property that is proved on a mutant must
 * withstand as many guided scans as were asked for. Writes `docs/evidence/mutants.md`.
 *
 *   node scripts/mutants.ts [--scans 1000000] [--limit 1000] [--part 1/1] [--out FILE]
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
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

const rows: string[] = []
const totals = { mutants: 0, refused: 0, killed: 0, survived: 0, proved: 0, bounded: 0, unknown: 0, unsound: 0 }
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
  const killed = specs.map(() => 0)
  const survived = specs.map(() => 0)
  const open = specs.map(() => 0)
  const unsound: string[] = []
  const mutants = mutantsOf(text)
  let count = 0
  let refused = 0
  for (const mutant of mutants) {
    totals.mutants += 1
    const result = verify(mutant.text, pou, specs, { now: cpu, limitMs, totalMs: limitMs * specs.length })
    if (!result.ok) {
      refused += 1
      totals.refused += 1
      continue
    }
    count += 1
    const proved: number[] = []
    result.answers.forEach((answer, i) => {
      if (before[i]?.verdict === 'proved' && answer.verdict === 'violated') killed[i]! += 1
      else if (answer.verdict === 'proved') survived[i]! += 1
      else if (answer.verdict !== 'violated') open[i]! += 1
      if (answer.verdict === 'proved') {
        proved.push(i)
        totals.proved += 1
      }
      if (answer.verdict === 'bounded') totals.bounded += 1
      if (answer.verdict === 'unknown') totals.unknown += 1
    })
    for (const i of refuted(mutant.text, pou, specs, proved, scans, 4711 + totals.mutants)) {
      totals.unsound += 1
      unsound.push(`property ${i + 1}, line ${mutant.line}: ${mutant.change}`)
    }
  }
  totals.killed += killed.reduce((a, b) => a + b, 0)
  totals.survived += survived.reduce((a, b) => a + b, 0)
  process.stderr.write(`${id}: ${mutants.length} mutants, ${Math.round((performance.now() - began) / 1000)} s\n`)
  rows.push(`\n## ${id} (${pou}): ${mutants.length} mutants, ${refused} refused by the compiler, ${count} judged\n`)
  rows.push('| property | unchanged | killed | proved on | open | what |', '|---|---|---|---|---|---|')
  specs.forEach((spec, i) => {
    const what = Object.values(spec.property?.pattern_params ?? {}).join(' / ') || 'assertions'
    rows.push(
      `| ${i + 1} | ${before[i]?.verdict ?? ''} | ${killed[i]} | ${survived[i]} | ${open[i]} | ${what.slice(0, 90).replaceAll('|', '\\|')} |`,
    )
  })
  for (const each of unsound) rows.push(`\n**proved and yet broken**: ${each}`)
  write()
}
process.exitCode = totals.unsound === 0 ? 0 : 1

function write(): void {
  const head = `# Mutants of the reference programs

Made by \`node scripts/mutants.ts --scans ${scans}\`: every comparison flipped, every AND and OR swapped, every assignment
dropped, every constant one up and one down, in the order of the files, none left out. A property that is proved on a mutant
is then attacked with ${scans} random, boundary and guided scans.

${totals.mutants} mutants, ${totals.refused} of them refused by the compiler. Properties killed ${totals.killed} times; proved on a mutant
${totals.survived} times; bounded ${totals.bounded}, unknown ${totals.unknown}. **Proved and yet broken: ${totals.unsound}.**
`
  writeFileSync(out, `${head}${rows.join('\n')}\n`)
}
