/** Which tag a text means: by its full name, or by what name and descriptions say in both languages. */
import type { TagDefinition } from '@millwright/contract'
import { termsOf } from '../../knowledge/terms.ts'
import { conceptsIn, quantities } from './lexicon.ts'

export interface TagMatch {
  readonly tag: TagDefinition
  /** Cosine of idf-weighted features, 0..1; 1 for a full name. */
  readonly score: number
}

/** Least score at which a text is taken to mean a tag. */
export const LEAST_TAG_SCORE = 0.35

/** The tags that a text may mean, best first; empty where none is likely. */
export function findTags(text: string, tags: readonly TagDefinition[]): TagMatch[] {
  const folded = text.toLowerCase()
  const named = tags
    .filter(
      ({ tag }) => folded.includes(tag) || folded.split(/[\s,，。?？]+/).includes(tag.slice(tag.indexOf('/') + 1)),
    )
    .sort((a, b) => b.tag.length - a.tag.length)
  if (named[0] !== undefined) return [{ tag: named[0], score: 1 }]

  const asked = conceptsIn(text)
  if (![...asked].some(id => quantities.has(id))) return []
  const features = tags.map(featuresOf)
  const frequency = new Map<string, number>()
  for (const set of features) for (const feature of set) frequency.set(feature, (frequency.get(feature) ?? 0) + 1)
  const weight = (feature: string) => {
    const idf = Math.log(1 + tags.length / (frequency.get(feature) ?? tags.length))
    return feature.startsWith('#') ? CONCEPT_WEIGHT * idf : idf
  }
  const question = new Set([...[...asked].map(id => `#${id}`), ...termsOf(text)])
  const shown = [...question].filter(feature => frequency.has(feature))
  const norm = Math.sqrt(shown.reduce((sum, feature) => sum + weight(feature) ** 2, 0))
  const quantity = [...asked].filter(id => quantities.has(id))
  return tags
    .map((tag, i) => {
      const own = features[i]!
      // What is measured must agree: an inlet temperature never answers for an inlet moisture.
      if (!quantity.some(id => own.has(`#${id}`))) return { tag, score: 0 }
      const shared = shown.filter(feature => own.has(feature)).reduce((sum, feature) => sum + weight(feature) ** 2, 0)
      const size = Math.sqrt([...own].filter(isConcept).reduce((sum, feature) => sum + weight(feature) ** 2, 0))
      return { tag, score: norm === 0 || size === 0 ? 0 : Math.min(1, shared / (norm * size)) }
    })
    .filter(match => match.score >= LEAST_TAG_SCORE)
    .map(match => ({ ...match, rank: match.score * nameFit(match.tag, asked) }))
    .sort((a, b) => b.rank - a.rank || a.tag.tag.length - b.tag.tag.length)
}

/** A tag that bears what is asked in its name goes before one that only mentions it. */
function nameFit({ tag }: TagDefinition, asked: ReadonlySet<string>): number {
  const inName = conceptsIn(tag.replaceAll(/[/_-]/g, ' '))
  return 0.7 + 0.3 * ([...asked].filter(id => inName.has(id)).length / Math.max(asked.size, 1))
}

const CONCEPT_WEIGHT = 2
const isConcept = (feature: string) => feature.startsWith('#')

/** Definitions are never changed in place, so what their words say is found once. */
const known = new WeakMap<TagDefinition, ReadonlySet<string>>()

function featuresOf(definition: TagDefinition): ReadonlySet<string> {
  const before = known.get(definition)
  if (before !== undefined) return before
  const { tag, description } = definition
  const text = `${tag.replaceAll(/[/_-]/g, ' ')} ; ${description.en} ; ${description.zh}`
  const features = new Set([...[...conceptsIn(text)].map(id => `#${id}`), ...termsOf(text)])
  known.set(definition, features)
  return features
}
