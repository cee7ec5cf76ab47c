import type { LocalText } from '@millwright/contract'
import { Type } from 'typebox'
import { plcWords } from '../words/knowledge.ts'
import { say } from '../words/say.ts'
import { defineTool } from './tool.ts'

interface DraftResult {
  understood: boolean
  green: boolean
  name: string
  scenarios: { passed: number; total: number }
  problems: string[]
  notes: LocalText[]
  summary: LocalText | null
  /** The draft as the workshop shows it: specification, code, evidence. */
  draft: unknown
}

/** PLC code from words, through the gate; a green draft is offered as a proposal to save it. */
export const draftPlc = defineTool({
  name: 'draftPlc',
  description:
    'Drafts PLC code in Structured Text from a request in words, or changes the draft of this conversation; checked and simulated. Saving needs a person.',
  schema: Type.Object({
    text: Type.String({ description: 'The request in the words of the asker', maxLength: 4000 }),
    change: Type.Optional(Type.Boolean({ description: 'True where the text changes the previous draft' })),
  }),
  roles: ['process_engineer', 'administrator'],
  effect: 'propose',
  async run(args, { plant, caller, memory }) {
    const draft = await plant.plc.draft(args.text, args.change === false ? undefined : memory.plcDraft)
    if (draft.understood) memory.plcDraft = draft.specification
    const result: DraftResult = {
      understood: draft.understood,
      green: draft.green,
      name: draft.name,
      scenarios: { ...draft.scenarios },
      problems: [...draft.problems],
      notes: [...draft.notes],
      summary: draft.summary ?? null,
      draft: draft.full,
    }
    if (!draft.green) return { result }
    const fill = (template: LocalText): LocalText => {
      const values = { name: draft.name, ...draft.scenarios }
      return { zh: say(template, 'zh', values), en: say(template, 'en', values) }
    }
    const proposal = await plant.proposals.propose(
      {
        kind: 'save_plc_program',
        title: fill(plcWords.title),
        summary: fill(plcWords.summary),
        roles: ['process_engineer'],
        payload: { name: draft.name, st: draft.st, specification: draft.specification, evidence: draft.evidence },
      },
      caller,
    )
    return { result, proposals: [proposal] }
  },
  say(result: DraftResult, { lang }) {
    const end = lang === 'zh' ? '。' : '.'
    const notes = result.notes.map(note => (/[.。]$/.test(note[lang]) ? note[lang] : `${note[lang]}${end}`))
    const summary = result.summary === null ? [] : [result.summary[lang]]
    if (!result.understood) return [say(plcWords.notUnderstood, lang), ...notes]
    const values = { name: result.name, ...result.scenarios, problems: result.problems.slice(0, 3).join('; ') }
    return result.green
      ? [say(plcWords.green, lang, values), ...summary, ...notes, say(plcWords.approve, lang)]
      : [say(plcWords.notGreen, lang, values), ...notes]
  },
})
