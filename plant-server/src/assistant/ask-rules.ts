/** A question answered by rules alone: understand, run, say. */
import { describe, type Lang, type Problem } from '@millwright/contract'
import { runTool, type ToolRun } from './tools/registry.ts'
import type { ToolContext } from './tools/tool.ts'
import type { Vocabulary } from './understand/entities.ts'
import { planCalls } from './understand/plan-calls.ts'
import { missingWords, refusalWords } from './words/refusals.ts'
import { say } from './words/say.ts'

export interface Draft {
  readonly runs: readonly ToolRun[]
  readonly sentences: readonly string[]
  /** The sentences say nothing of the plant: no figure of theirs needs a source. */
  readonly unchecked?: boolean
  /** Why the question is not answered, where it is not. */
  readonly refused?: Problem
}

/** The sentences of tool runs; of runs that failed, the problem in words. */
export function sentencesOfRuns(runs: readonly ToolRun[], lang: Lang, timeZone: string): string[] {
  return runs.flatMap(run =>
    run.ok ? run.tool.say(run.outcome.result, { lang, timeZone }) : [explain(run.problem, lang)],
  )
}

/** A problem as a sentence of its own. */
export function explain(problem: Problem, lang: Lang): string {
  const text = describe(problem)[lang]
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${lang === 'zh' ? '。' : '.'}`
}

export async function askRules(
  question: string,
  lang: Lang,
  vocabulary: Vocabulary,
  context: ToolContext,
): Promise<Draft> {
  const clock = { now: context.clock.now(), timeZone: context.timeZone }
  const understood = planCalls(question, vocabulary, clock, context.memory)
  switch (understood.kind) {
    case 'missing': {
      const problem: Problem = { code: understood.code, values: { what: missingWords[understood.what][lang] } }
      const separator = lang === 'zh' ? '、' : ', '
      const names =
        understood.names.length === 0
          ? []
          : [say(refusalWords.ambiguous, lang, { names: understood.names.join(separator) })]
      return { runs: [], sentences: [explain(problem, lang), ...names], refused: problem }
    }
    case 'write-wish':
      return { runs: [], sentences: [refusalWords.noWrite[lang]], unchecked: true, refused: { code: 'MW-5009' } }
    case 'help':
      return { runs: [], sentences: [refusalWords.help[lang]], unchecked: true }
    case 'documents': {
      const run = await runTool(understood.call.name, understood.call.arguments, context)
      const sentences = sentencesOfRuns([run], lang, context.timeZone)
      if (run.ok && sentences.length > 0) return { runs: [run], sentences }
      const problem: Problem = run.ok ? { code: 'MW-5001' } : run.problem
      return { runs: [run], sentences: [explain(problem, lang)], refused: problem }
    }
    case 'calls': {
      const runs: ToolRun[] = []
      for (const call of understood.calls) runs.push(await runTool(call.name, call.arguments, context))
      const failed = runs.filter(run => !run.ok)
      const refused = failed.length === runs.length ? failed[0]?.problem : undefined
      return {
        runs,
        sentences: [
          ...(understood.writeWish === true ? [refusalWords.noWrite[lang]] : []),
          ...sentencesOfRuns(runs, lang, context.timeZone),
        ],
        ...(refused === undefined ? {} : { refused }),
      }
    }
  }
}
