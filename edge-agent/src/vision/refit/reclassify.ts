import type { DefectClass, Recipe, RegionModel } from '@millwright/contract'
import type { Finding } from '../finding.ts'
import { shiftOf } from './kernel-logistic.ts'
import { traitsOf } from './traits.ts'

/** Log odds a whole score is worth: 0 at the recipe's own threshold. */
const STEEPNESS = 6
/** Log odds by which the class that the checks gave stands ahead. */
export const AHEAD = 2

/** Log odds that a finding is real, before reviews: how far its score lies over its class's threshold. */
export function oddsOf(name: DefectClass, score: number, recipe: Pick<Recipe, 'rules'>): number {
  return STEEPNESS * (score - thresholdOf(name, recipe))
}

function thresholdOf(name: DefectClass, { rules }: Pick<Recipe, 'rules'>): number {
  return rules.find(rule => rule.class === name)?.minScore ?? 0.5
}

export interface Region {
  readonly class: DefectClass
  readonly score: number
  readonly traits: readonly number[]
}

/** Class and score of a region with what the reviews taught; both as they were where nothing was learnt. */
export function relearn(
  region: Region,
  learnt: RegionModel | undefined,
  recipe: Pick<Recipe, 'rules'>,
): { class: DefectClass; score: number } {
  if (learnt === undefined) return { class: region.class, score: region.score }
  const seen = learnt.samples.map(s => s.traits)
  const shift = shiftOf(learnt.real, seen, region.traits)
  const odds = oddsOf(region.class, region.score, recipe) + shift
  let name = region.class
  let most = Number.NEGATIVE_INFINITY
  for (const learntClass of learnt.classes) {
    const own = (learntClass.class === region.class ? AHEAD : -AHEAD) + shiftOf(learntClass, seen, region.traits)
    if (own > most) [name, most] = [learntClass.class, own]
  }
  // Where no class that reviews tell apart is likelier than not, the checks' own stands.
  if (most < 0) name = region.class
  // Over the new class's threshold by as much as over the old one's.
  const score = thresholdOf(name, recipe) + odds / STEEPNESS
  return { class: name, score: Math.min(1, Math.max(0, score)) }
}

/** Findings with what the reviews taught, where the recipe holds it. */
export function reclassify(findings: readonly Finding[], recipe: Recipe, width: number, height: number): Finding[] {
  const { regions } = recipe
  if (regions === undefined) return [...findings]
  return findings.map(found => {
    const traits = traitsOf(found, width, height)
    return { ...found, ...relearn({ class: found.class, score: found.score, traits }, regions, recipe) }
  })
}
