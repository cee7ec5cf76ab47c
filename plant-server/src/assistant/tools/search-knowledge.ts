import type { Lang } from '@millwright/contract'
import { Type } from 'typebox'
import { stepsOf } from '../../knowledge/parse-document.ts'
import { knowledgeWords } from '../words/knowledge.ts'
import { say } from '../words/say.ts'
import { defineTool, everyone } from './tool.ts'

interface KnowledgeResult {
  found: number
  sections: { doc: string; title: string; anchor: string; heading: string; text: string; steps: number }[]
  /** The step asked for. */
  step: { number: number; text: string | null } | null
}

/** What the plant's documents say, with the place where they say it; nothing where they do not. */
export const searchKnowledge = defineTool({
  name: 'searchKnowledge',
  description:
    'Searches the procedures and manuals of the plant; answers with sections and their place, or finds nothing. `step` picks one numbered step.',
  schema: Type.Object({
    query: Type.String({ maxLength: 4000 }),
    lang: Type.Optional(Type.Union([Type.Literal('zh'), Type.Literal('en')])),
    step: Type.Optional(Type.Integer({ minimum: 1, maximum: 99 })),
  }),
  roles: everyone,
  effect: 'read',
  async run(args, { plant, caller }) {
    const lang = (args.lang as Lang | undefined) ?? (/\p{Script=Han}/u.test(args.query) ? 'zh' : caller.lang)
    const hits = plant.library.find(args.query, lang, 2)
    const [best] = hits
    const steps = best === undefined ? [] : stepsOf(best.text)
    // Only the first section is quoted unless the second is nearly as good.
    const shown = hits
      .filter(hit => best !== undefined && hit.score >= 0.9 * best.score)
      .slice(0, args.step === undefined ? 2 : 1)
    const result: KnowledgeResult = {
      found: hits.length,
      sections: shown.map(({ citation, text }) => ({
        doc: citation.doc,
        title: citation.title,
        anchor: citation.anchor,
        heading: citation.heading,
        text,
        steps: stepsOf(text).length,
      })),
      step: args.step === undefined ? null : { number: args.step, text: steps[args.step - 1] ?? null },
    }
    return { result, citations: shown.map(hit => hit.citation) }
  },
  say(result: KnowledgeResult, { lang }) {
    const [best] = result.sections
    if (best === undefined) return []
    if (result.step !== null) {
      const common = { title: best.title, heading: best.heading, number: result.step.number }
      return result.step.text === null
        ? [say(knowledgeWords.noStep, lang, { ...common, count: best.steps })]
        : [say(knowledgeWords.step, lang, { ...common, text: result.step.text })]
    }
    return result.sections.map(section => `${say(knowledgeWords.section, lang, section)}\n${section.text}`)
  },
})
