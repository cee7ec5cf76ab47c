/** Full-text search over sections: BM25 (Robertson & Zaragoza 2009) for the order, coverage of the question for the refusal. */
import type { Citation, KnowledgeDocument, Lang } from '@millwright/contract'
import { stepsOf } from './parse-document.ts'
import { withWrittenWords } from './shop-words.ts'
import { termsOf } from './terms.ts'

export interface Hit {
  readonly citation: Citation
  readonly text: string
  readonly score: number
  /** Share of the question's weight that the section has, 0..1. */
  readonly coverage: number
}

export interface Search {
  /** Best first; only sections that cover enough of the question. None: the documents do not answer it. */
  find(question: string, lang: Lang, most?: number): Hit[]
}

const K1 = 2
const B = 0.4
/** How often a term of the document's title or the section's heading counts. */
const TITLE_WEIGHT = 2
const HEADING_WEIGHT = 4
/** Who asks how to do something wants a section with steps. */
const ASKS_FOR_STEPS = /步骤|第.{1,3}步|怎么|如何|怎样|\bhow\b|\bsteps?\b/i
const STEPS_WEIGHT = 1.4
const SEAM_WEIGHT = 0.5
/** Least share of the question's weight that a section must cover. */
export const LEAST_COVERAGE = 0.42

interface Entry {
  readonly citation: Citation
  readonly text: string
  readonly counts: ReadonlyMap<string, number>
  readonly length: number
  readonly hasSteps: boolean
}

export function createSearch(documents: readonly KnowledgeDocument[]): Search {
  const byLang = {
    zh: indexOf(documents.filter(doc => doc.lang === 'zh')),
    en: indexOf(documents.filter(doc => doc.lang === 'en')),
  }
  return { find: (question, lang, most = 3) => byLang[lang](question, most) }
}

function indexOf(documents: readonly KnowledgeDocument[]): (question: string, most: number) => Hit[] {
  const entries = documents.flatMap(doc => doc.sections.map(section => entryOf(doc, section)))
  const mean = entries.reduce((sum, entry) => sum + entry.length, 0) / Math.max(entries.length, 1)
  const frequency = new Map<string, number>()
  for (const { counts } of entries)
    for (const term of counts.keys()) frequency.set(term, (frequency.get(term) ?? 0) + 1)
  const weight = (term: string) => {
    const n = frequency.get(term) ?? 0
    const idf = Math.log(1 + (entries.length - n + 0.5) / (n + 0.5))
    // A pair of characters that no document has is more often the seam of two words than a word.
    return n === 0 && /\p{Script=Han}/u.test(term) ? SEAM_WEIGHT * idf : idf
  }
  return (question, most) => {
    // What is searched for is the question in the documents' words too; what must be covered is what the person said,
    // or what was written for it.
    const said = [...new Set(termsOf(question))]
    const terms = [...new Set(termsOf(withWrittenWords(question)))]
    const total = said.reduce((sum, term) => sum + weight(term), 0)
    if (total === 0 && terms.length === 0) return []
    const wantsSteps = ASKS_FOR_STEPS.test(question)
    return entries
      .map(entry => {
        const bonus = wantsSteps && entry.hasSteps ? STEPS_WEIGHT : 1
        let score = 0
        let covered = 0
        let met = 0
        for (const term of terms) {
          const count = entry.counts.get(term)
          if (count === undefined) continue
          covered += weight(term)
          met += 1
          score += (bonus * weight(term) * count * (K1 + 1)) / (count + K1 * (1 - B + (B * entry.length) / mean))
        }
        return {
          citation: entry.citation,
          text: entry.text,
          score,
          coverage: total === 0 ? 1 : Math.min(1, covered / total),
          met,
        }
      })
      .filter(hit => hit.coverage >= LEAST_COVERAGE && (hit.met > 1 || terms.length === 1))
      .sort((a, b) => b.score - a.score)
      .slice(0, most)
      .map(({ met: _met, ...hit }) => hit)
  }
}

function entryOf(doc: KnowledgeDocument, section: KnowledgeDocument['sections'][number]): Entry {
  const counts = new Map<string, number>()
  let length = 0
  const add = (text: string, times: number) => {
    for (const term of termsOf(text)) {
      counts.set(term, (counts.get(term) ?? 0) + times)
      length += 1
    }
  }
  add(doc.title, TITLE_WEIGHT)
  add(section.heading, HEADING_WEIGHT)
  add(section.text, 1)
  const citation: Citation = {
    doc: doc.id,
    title: doc.title,
    anchor: section.anchor,
    heading: section.heading,
    quote: section.text,
  }
  return { citation, text: section.text, counts, length, hasSteps: stepsOf(section.text).length > 1 }
}
