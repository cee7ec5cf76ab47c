/** Bad configuration files at the readers that the programs start with: a coded fault with its place, or a file that stands. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, type Problem, systemClock } from '@millwright/contract'
import { parseConfig as parseAgent, parseRecipe } from '@millwright/edge-agent'
import { loadPlantFile, parseConfig as parseServer } from '@millwright/plant-server'
import { badText, randomOf } from './support/mutate.ts'
import { recipeText } from './support/recipe.ts'
import type { Outcome } from './support/result.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const text = (...path: string[]) => readFileSync(join(ROOT, ...path), 'utf8')

type Read = (text: string) => { readonly ok: boolean; readonly fault?: readonly Problem[] }
const agent: Read = file => parseAgent(file, '/plant/agent.yaml', { MW_EXAMPLE_DATA: '/data' })
/** A file is read in some milliseconds; one that takes longer holds up the start of a plant. */
const MOST_MS = 5000

const FILES: readonly { readonly name: string; readonly good: string; readonly read: Read }[] = [
  // The example names sources, tags and a station with all their keys.
  { name: 'agent', good: text('edge-agent', 'config', 'example.yaml').replaceAll(/^ *#.*\n/gm, ''), read: agent },
  { name: 'station', good: stationFile(), read: agent },
  {
    name: 'server',
    good: text('plant-server', 'src', 'config', 'example.yaml').replaceAll(/^ *#.*\n/gm, ''),
    read: file => parseServer(file, '/plant', 'server.yaml'),
  },
  {
    name: 'recipe',
    good: recipeText,
    read: file => {
      const parsed = parseRecipe(file, 'recipe.json')
      return parsed.ok ? parsed : { ok: false, fault: [parsed.fault] }
    },
  },
  {
    name: 'plant',
    good: text('fixtures', 'orders', 'sample-plant.json'),
    read: file => loadPlantFile(file, 1_764_000_000_000, 'plant.json'),
  },
]

/** One camera, one PLC, one station: most changes meet the station. */
function stationFile(): string {
  const example = text('edge-agent', 'config', 'example.yaml').replaceAll(/^ *#.*\n/gm, '')
  const part = (name: string) => new RegExp(`^${name}:\\n(?: .*\\n?|\\n)+`, 'm').exec(example)?.[0] ?? ''
  const listed = (section: string, wanted: RegExp) =>
    section
      .split(/\n(?= {2}- )/)
      .filter(entry => wanted.test(entry))
      .join('\n')
  return [
    'agent: a\ngroup: g\ndata: /data\nserver: { mqtt: mqtt://x, http: http://x }',
    `sources:\n${listed(part('sources'), /^ {2}- id: (aoi-3|cell)/)}`,
    `tags:\n${listed(part('tags'), /cell\//)}`,
    part('stations'),
  ].join('\n')
}

export function fuzzConfiguration(count: number, seed: number, say: (text: string) => void): Outcome {
  const random = randomOf(seed)
  const codes: Record<string, number> = {}
  const faults: string[] = []
  let accepted = 0
  let slowestMs = 0
  for (const { name, good, read } of FILES)
    if (!read(good).ok)
      faults.push(`the whole ${name} file is refused: ${JSON.stringify(read(good).fault).slice(0, 300)}`)
  for (let index = 0; index < count; index += 1) {
    const { name, good, read } = FILES[index % FILES.length]!
    let file = badText(random, good)
    if (random() < 0.3) file = badText(random, file)
    const began = systemClock.now()
    try {
      const parsed = read(file)
      if (parsed.ok) accepted += 1
      for (const problem of parsed.fault ?? []) {
        codes[problem.code] = (codes[problem.code] ?? 0) + 1
        // Both languages have words for it, and it says where.
        if (describe(problem).en === '' || !problem.place)
          faults.push(`#${index} ${name}: ${problem.code} without a place`)
      }
      if (!parsed.ok && (parsed.fault ?? []).length === 0) faults.push(`#${index} ${name}: refused without a fault`)
    } catch (error) {
      faults.push(`#${index} ${name} threw ${String(error).slice(0, 200)}`)
    }
    const ms = systemClock.now() - began
    slowestMs = Math.max(slowestMs, ms)
    if (ms > MOST_MS) faults.push(`#${index} ${name} took ${ms} ms`)
    if (index % 20_000 === 19_999) say(`  ${index + 1} files`)
  }
  return { sent: count, accepted, codes, faults: faults.slice(0, 20), faultCount: faults.length, slowestMs }
}
