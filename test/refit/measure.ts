/**
 * What a refit on the reviews of one handset does on all others, on real photographs: `node test/refit/measure.ts --data DIR [--out FILE]`.
 * The truth has sizes but no places, so that the reviewer of this measure pairs by class and size (30 %, or 6 px), as many as can be.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { JudgedLine, Recipe } from '@millwright/contract'
import { defaultRecipe, inspectImage, openParts, type ReviewLine, refit } from '@millwright/edge-agent/vision'
import grouping from './handsets.json' with { type: 'json' }

const { values } = parseArgs({ options: { data: { type: 'string' }, out: { type: 'string' } } })
if (values.data === undefined) throw new Error('--data DIR names the folder with the photographs and objects.json')
const folder = values.data

type Size = readonly [number, number]
const MAIN: Record<string, string> = { Oil: 'oil', Scr: 'scratch', Sta: 'stain' }
const rows = JSON.parse(readFileSync(join(folder, 'objects.json'), 'utf8')) as {
  image: string
  class: string
  height_px: number
  width_px: number
}[]
const truth = Map.groupBy(rows, row => row.image.replace(/\.\w+$/, ''))
const groups: Record<string, string[]> = grouping.handsets
const parts = await openParts(defaultRecipe.model)

/** For each seen size the number of the true one it is paired with; the largest pairing, by augmenting paths. */
function pair(seen: readonly Size[], real: readonly Size[]): Map<number, number> {
  const owner = new Map<number, number>()
  const near = (a: number, b: number) => Math.abs(a - b) <= Math.max(6, 0.3 * b)
  const place = (s: number, tried: Set<number>): boolean => {
    for (const [r, size] of real.entries()) {
      if (tried.has(r) || !near(seen[s]![0], size[0]) || !near(seen[s]![1], size[1])) continue
      tried.add(r)
      const other = owner.get(r)
      if (other !== undefined && !place(other, tried)) continue
      owner.set(r, s)
      return true
    }
    return false
  }
  for (const s of seen.keys()) place(s, new Set())
  return new Map([...owner].map(([r, s]) => [s, r]))
}

const sizes = (line: JudgedLine): Size[] => line.defects.map(d => [d.bbox[3], d.bbox[2]])
const realOf = (name: string) => truth.get(name.replace(/\.\w+$/, '')) ?? []

/** What a person would say of each defect told: its true class by its size, or a false call. */
function review(line: JudgedLine, image: string): ReviewLine {
  const real = realOf(line.image)
  const paired = pair(
    sizes(line),
    real.map(r => [r.height_px, r.width_px]),
  )
  const defects = line.defects.map((d, i) => {
    const of = paired.get(i)
    return { class: of === undefined ? 'none' : real[of]!.class, bbox: d.bbox } as ReviewLine['defects'][number]
  })
  return { image, defects }
}

const inspect = (name: string, recipe: Recipe) => inspectImage(parts, join(folder, name), name, recipe)

interface Figures {
  photos: number
  mainRight: number
  objects: number
  found: number
  falseObjects: number
}

function judged(lines: readonly JudgedLine[]): Figures {
  const sum: Figures = { photos: 0, mainRight: 0, objects: 0, found: 0, falseObjects: 0 }
  for (const line of lines) {
    const real = realOf(line.image)
    const main = [...line.defects].sort((a, b) => b.score - a.score || b.area_px - a.area_px)[0]?.class
    let hits = 0
    for (const kind of new Set(real.map(r => r.class))) {
      const seen = line.defects.filter(d => d.class === kind).map((d): Size => [d.bbox[3], d.bbox[2]])
      const same = real.filter(r => r.class === kind).map((r): Size => [r.height_px, r.width_px])
      hits += pair(seen, same).size
    }
    sum.photos += 1
    sum.mainRight += main === MAIN[line.image.slice(0, 3)] ? 1 : 0
    sum.objects += real.length
    sum.found += hits
    sum.falseObjects += line.defects.length - hits
  }
  return sum
}

const base = new Map<string, JudgedLine>()
for (const name of Object.values(groups).flat()) base.set(name, await inspect(name, defaultRecipe))
const turns = []
for (const [handset, names] of Object.entries(groups)) {
  const reviews = names.map(name => review(base.get(name)!, join(folder, name)))
  const fitted = await refit(parts, reviews, 'reviews', defaultRecipe)
  const others = Object.values(groups)
    .flat()
    .filter(name => !names.includes(name))
  const lines: JudgedLine[] = []
  for (const name of others) lines.push(await inspect(name, fitted.recipe))
  const turn = {
    handset,
    reviewed: names.length,
    samples: fitted.regions.samples.length,
    challenge: fitted.regions.challenge.length,
    offered: fitted.worse.length === 0,
    before: judged(others.map(name => base.get(name)!)),
    after: judged(lines),
  }
  turns.push(turn)
  console.log(JSON.stringify(turn))
}
if (values.out !== undefined) writeFileSync(values.out, `${JSON.stringify({ turns }, null, 2)}\n`)
