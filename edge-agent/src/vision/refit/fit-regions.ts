import { createHash } from 'node:crypto'
import type { DefectClass, Recipe, RegionModel, RegionSample } from '@millwright/contract'
import { type Case, devianceOf, fitShift, type Shift } from './kernel-logistic.ts'
import { AHEAD, oddsOf, relearn } from './reclassify.ts'

/** What is tried; the pair under which left-out captures are foreseen best is taken. */
const RIDGES = [0.1, 0.3, 1, 3]
const REACHES = [0.7, 1, 1.4]
const FOLDS = 5
/** Reviews that must name a class before it is told from others. */
const ENOUGH = 4
/** Every so manieth capture goes to the challenge set. */
const KEPT = 4
/** Reviews a recipe holds; of more the oldest leave. */
const MOST = 400

export interface Fitted {
  readonly regions: RegionModel
  readonly before: Record<string, Tally>
  readonly after: Record<string, Tally>
  /** Classes of the challenge set on which the new recipe is right less often. */
  readonly worse: readonly string[]
}

/** Of the challenge set's regions of one label: how many there are, and how many come out right. */
export interface Tally {
  readonly right: number
  readonly of: number
}

/** Fits the region classifier to new reviews and those kept, and holds it against the recipe in use on the challenge set. */
export function fitRegions(reviewed: readonly RegionSample[], recipe: Recipe): Fitted {
  const old = recipe.regions
  const known = new Set(reviewed.map(s => s.capture))
  // A capture that is reviewed again counts as it is seen now.
  const stay = (samples: readonly RegionSample[] = []) => samples.filter(s => !known.has(s.capture))
  const samples = [...stay(old?.samples), ...reviewed.filter(s => !isKept(s.capture))].slice(-MOST)
  const challenge = [...stay(old?.challenge), ...reviewed.filter(s => isKept(s.capture))].slice(-MOST)
  const regions: RegionModel = { ...learn(samples, recipe), samples, challenge }
  const before = tally(challenge, old, recipe)
  const after = tally(challenge, regions, recipe)
  const worse = Object.keys(before).filter(label => after[label]!.right < before[label]!.right)
  return { regions, before, after, worse }
}

/** By the name's hash: the same capture is kept back at every refit. */
function isKept(name: string): boolean {
  return createHash('sha256').update(name).digest()[0]! % KEPT === 0
}

function learn(samples: readonly RegionSample[], recipe: Recipe): Pick<RegionModel, 'real' | 'classes'> {
  const real = fit(
    samples.map(s => ({ ...common(s), before: oddsOf(s.class, s.score, recipe), truth: s.label !== 'none' })),
  )
  const counts = new Map<DefectClass, number>()
  for (const { label } of samples) if (label !== 'none') counts.set(label, (counts.get(label) ?? 0) + 1)
  const named = [...counts].flatMap(([name, count]) => (count >= ENOUGH ? [name] : []))
  // One class alone says nothing of what tells it from others.
  const classes =
    named.length < 2
      ? []
      : named.map(name => ({
          class: name,
          // A false call has no class: it weighs nothing here, but keeps its place among the samples.
          ...fit(
            samples.map(s => ({
              ...common(s),
              before: s.class === name ? AHEAD : -AHEAD,
              truth: s.label === name,
              weight: s.label === 'none' ? 0 : 1,
            })),
          ),
        }))
  return { real, classes }
}

const common = ({ traits, capture }: RegionSample) => ({ traits, capture, weight: 1 })

function fit(cases: readonly Case[]): Shift {
  // Confirmations alone correct nothing.
  if (!cases.some(wrong)) return { reach: REACHES[0]!, weights: cases.map(() => 0) }
  const order = [...new Set(cases.map(c => c.capture))]
  const fold = (c: Case) => order.indexOf(c.capture) % FOLDS
  let best = { reach: REACHES[0]!, ridge: RIDGES.at(-1)!, off: Number.POSITIVE_INFINITY }
  for (const reach of REACHES) {
    for (const ridge of RIDGES) {
      let off = 0
      for (let k = 0; k < FOLDS; k += 1) {
        const seen = cases.filter(c => fold(c) !== k)
        const left = cases.filter(c => fold(c) === k && c.weight > 0)
        if (left.length > 0) off += left.length * devianceOf(left, fitShift(seen, reach, ridge), seen)
      }
      if (off < best.off) best = { reach, ridge, off }
    }
  }
  return fitShift(cases, best.reach, best.ridge)
}

/** Did the checks say otherwise than the person? */
const wrong = ({ before, truth, weight }: Case) => weight > 0 && before > 0 !== truth

function tally(samples: readonly RegionSample[], learnt: RegionModel | undefined, recipe: Recipe) {
  const out: Record<string, { right: number; of: number }> = {}
  for (const sample of samples) {
    const now = relearn(sample, learnt, recipe)
    const told = oddsOf(now.class, now.score, recipe) >= 0
    out[sample.label] ??= { right: 0, of: 0 }
    const entry = out[sample.label]!
    entry.of += 1
    if (sample.label === 'none' ? !told : told && now.class === sample.label) entry.right += 1
  }
  return out
}
