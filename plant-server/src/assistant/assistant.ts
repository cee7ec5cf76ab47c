/**
 * The assistant: a question in, an answer out whose every figure stands in a tool result or a citation.
 *
 *   question → (language model | rules) → tools, with the asker's rights → sentences → check → answer
 */
import { type Answer, type Clock, type Lang, type Problem, ProblemError } from '@millwright/contract'
import type { Caller } from '../http/handlers.ts'
import { askLlm } from './ask-llm.ts'
import { askRules, type Draft, explain, sentencesOfRuns } from './ask-rules.ts'
import { checkSentences, evidenceOf } from './cite-check.ts'
import type { Conversations } from './conversations.ts'
import type { Llm } from './llm.ts'
import type { Plant } from './ports.ts'
import type { ToolRun } from './tools/registry.ts'
import type { ToolContext } from './tools/tool.ts'
import { langOf, type Vocabulary } from './understand/entities.ts'
import { refusalWords } from './words/refusals.ts'

export interface AskOptions {
  /** Language of the answer; that of the question where none is named. */
  readonly lang?: Lang | undefined
  readonly conversation?: string | undefined
}

export interface Assistant {
  /** Never throws for what a person asks; refusals are answers with `refused`. */
  ask(question: string, caller: Caller, options?: AskOptions): Promise<Answer>
}

export interface AssistantDeps {
  readonly plant: Plant
  readonly clock: Clock
  readonly timeZone: string
  readonly conversations: Conversations
  /** Absent: rules alone. */
  readonly llm?: Llm
  /** Told when the language model failed and the rules stood in. */
  readonly onProblem?: (problem: Problem) => void
  /** Monotonic ms, for the time an answer took; the clock's where none is given. */
  readonly stopwatch?: () => number
}

export function createAssistant(deps: AssistantDeps): Assistant {
  const stopwatch = deps.stopwatch ?? deps.clock.now
  return {
    async ask(question, caller, options = {}) {
      const begun = stopwatch()
      const lang = options.lang ?? langOf(question)
      const context: ToolContext = {
        plant: deps.plant,
        caller,
        clock: deps.clock,
        timeZone: deps.timeZone,
        memory: deps.conversations.of(caller.name, options.conversation),
      }
      const byModel = deps.llm === undefined ? undefined : await withModel(deps.llm, question, lang, context)
      const answer =
        byModel ??
        toAnswer(await askRules(question, lang, await vocabularyOf(deps.plant, question), context), lang, 'rules')
      return { ...answer, ms: Math.round(stopwatch() - begun) }
    },
  }

  async function withModel(llm: Llm, question: string, lang: Lang, context: ToolContext) {
    try {
      const draft = await askLlm(question, lang, llm, context)
      if (draft === undefined) return undefined
      // Nothing of its prose held: the templates say what the tools found.
      const sentences = draft.kept.length > 0 ? draft.kept : sentencesOfRuns(draft.runs, lang, deps.timeZone)
      return toAnswer({ runs: draft.runs, sentences }, lang, `llm:${llm.name}`, draft.struck)
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error
      deps.onProblem?.(error.problem)
      return undefined
    }
  }

  function toAnswer(
    draft: Draft,
    lang: Lang,
    engine: string,
    struckBefore: readonly string[] = [],
  ): Omit<Answer, 'ms'> {
    const runs = draft.runs.filter((run): run is Extract<ToolRun, { ok: true }> => run.ok)
    const evidence = evidenceOf(
      draft.runs.map(run =>
        run.ok ? [run.call.arguments, run.outcome.result, run.outcome.citations ?? []] : [run.call],
      ),
      deps.timeZone,
    )
    // What a refusal says comes from the problem table and the question, not from the plant.
    const checked =
      draft.refused === undefined && draft.unchecked !== true
        ? checkSentences(draft.sentences, evidence)
        : { kept: draft.sentences, struck: [] }
    const isEmpty = checked.kept.length === 0
    const refused = draft.refused?.code ?? (isEmpty ? 'MW-5001' : undefined)
    const sentences = isEmpty ? [refusalWords.nothingLeft[lang], explain({ code: 'MW-5001' }, lang)] : checked.kept
    return {
      answer: join(sentences, lang),
      lang,
      engine,
      tools: draft.runs.map(run => run.call),
      citations: refused === undefined ? runs.flatMap(run => [...(run.outcome.citations ?? [])]) : [],
      proposals: runs.flatMap(run => [...(run.outcome.proposals ?? [])]),
      struck: [...struckBefore, ...checked.struck],
      ...(refused === undefined ? {} : { refused }),
    }
  }
}

/** Sentences in a row; what has lines of its own (a section of a document) keeps them. */
const join = (sentences: readonly string[], lang: Lang): string =>
  sentences.reduce((text, sentence) => {
    if (text === '') return sentence
    const separator = text.includes('\n') || sentence.includes('\n') ? '\n' : lang === 'zh' ? '' : ' '
    return `${text}${separator}${sentence}`
  }, '')

/** Lots are many, so they are looked up only where a question may name one. */
const MAY_NAME_LOT = /批次|报告|检验|图像|\blots?\b|report|\bL-\d|-AOI/i

async function vocabularyOf(plant: Plant, question: string): Promise<Vocabulary> {
  const [orders, equipment, products, tags, lots] = await Promise.all([
    plant.orders.orderIds(),
    plant.orders.equipment(),
    plant.orders.products(),
    plant.tags.definitions(),
    MAY_NAME_LOT.test(question) ? plant.figures.lots({ limit: 500 }) : [],
  ])
  return { orders, equipment, products, tags, lots: lots.map(({ id }) => id) }
}
