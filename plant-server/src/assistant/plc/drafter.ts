/**
 * PLC drafting through plc-codegen. A specification that comes from outside is never trusted: it is made again from the requests
 * it names, so the scenarios of the gate are always those that the words ask for.
 */
import { canonicalJson, type LocalText, ProblemError, parser } from '@millwright/contract'
import { Type } from 'typebox'
import type { PlcDraft, PlcDrafter } from '../ports.ts'

/** What is used of plc-codegen; `@millwright/plc-codegen` has this form. */
/** What is read of a specification. */
export interface ReadSpecification {
  readonly id: string
  readonly requests: readonly string[]
  readonly title?: LocalText
  readonly parameters?: readonly { readonly value: number; readonly unit: string; readonly comment: LocalText }[]
}

export interface PlcCodegen<S extends ReadSpecification> {
  understandRequest(
    text: string,
    previous?: S,
  ): { readonly specification?: S; readonly problems: readonly { readonly text: LocalText }[] }
  draft(specification: S, options?: { readonly writer?: (specification: S) => string }): CodegenDraft<S>
  /** Diagnostics of a text alone. */
  checkSources(
    sources: readonly { readonly file: string; readonly text: string }[],
    options: { readonly dialect: 'iec' },
  ): readonly { readonly severity: string; readonly line: number; readonly code: string; readonly message: string }[]
}

interface CodegenDraft<S> {
  readonly st: string
  readonly specification: S
  readonly scenarios: readonly { readonly passed: boolean }[]
  readonly evidence: unknown
  readonly green: boolean
  readonly failures: readonly LocalText[]
}

/** The part of a specification from outside that is read: the words it was made from, oldest first. */
const Requests = parser(
  Type.Object({ requests: Type.Array(Type.String({ maxLength: 4000 }), { minItems: 1, maxItems: 50 }) }),
)

const UNTRUSTED: LocalText = {
  zh: '规格与其请求不一致，场景无法作为依据',
  en: 'the specification is not what its requests give, so its scenarios prove nothing',
}
const WITHOUT: LocalText = { zh: '没有规格，无法运行场景', en: 'there is no specification, so no scenario was run' }

export function createPlcDrafter<S extends ReadSpecification>(codegen: PlcCodegen<S>): PlcDrafter {
  /** The specification that the requests of another one give; undefined where they give none. */
  function remade(value: unknown): S | undefined {
    const parsed = Requests.parse(value, 'specification')
    if (!parsed.ok) throw new ProblemError(parsed.fault[0]!)
    return parsed.value.requests.reduce<S | undefined>(
      (before, text, i) =>
        i > 0 && before === undefined ? undefined : codegen.understandRequest(text, before).specification,
      undefined,
    )
  }

  const brief = (draft: CodegenDraft<S>) => ({
    green: draft.green,
    evidence: draft.evidence,
    scenarios: { passed: draft.scenarios.filter(each => each.passed).length, total: draft.scenarios.length },
    problems: draft.failures.map(failure => failure.en),
  })

  return {
    async draft(text, previous): Promise<PlcDraft> {
      const before = previous === undefined || previous === null ? undefined : remade(previous)
      const understood = codegen.understandRequest(text, before)
      const notes = understood.problems.map(problem => problem.text)
      const { specification } = understood
      if (specification === undefined)
        return {
          understood: false,
          notes,
          name: '',
          st: '',
          specification: null,
          evidence: null,
          green: false,
          scenarios: { passed: 0, total: 0 },
          problems: notes.map(note => note.en),
          full: null,
        }
      const draft = codegen.draft(specification)
      return {
        understood: true,
        notes,
        name: specification.id.replaceAll(/\W/g, '_'),
        st: draft.st,
        specification,
        full: { ...draft, notes },
        ...summaryOf(draft.specification),
        ...brief(draft),
      }
    },
    async gate(st, specification) {
      if (specification === undefined || specification === null) return { ...checkAlone(codegen, st), green: false }
      const own = remade(specification)
      if (own === undefined || canonicalJson(own) !== canonicalJson(specification))
        return { ...checkAlone(codegen, st), problems: [UNTRUSTED.en], green: false }
      return brief(codegen.draft(own, { writer: () => st }))
    },
  }
}

/** Title and settings in a sentence each language, so that a change is seen without opening the card. */
function summaryOf({ title, parameters = [] }: ReadSpecification): { summary?: LocalText } {
  if (title === undefined) return {}
  const value = ({ value, unit }: (typeof parameters)[number]) =>
    unit === 'ms' ? timeOf(value) : unit === '' ? String(value) : `${value} ${unit}`
  const list = (lang: 'zh' | 'en', separator: string) =>
    parameters.map(each => `${each.comment[lang]} ${value(each)}`).join(separator)
  return { summary: { zh: `${title.zh}：${list('zh', '，')}。`, en: `${title.en}: ${list('en', ', ')}.` } }
}

const timeOf = (ms: number) =>
  ms % 3_600_000 === 0 ? `${ms / 3_600_000} h` : ms % 60_000 === 0 ? `${ms / 60_000} min` : `${ms / 1000} s`

/** Parser and type checker, where there are no scenarios to run. */
function checkAlone<S extends ReadSpecification>(codegen: PlcCodegen<S>, st: string) {
  const errors = codegen
    .checkSources([{ file: 'program.st', text: st }], { dialect: 'iec' })
    .filter(each => each.severity === 'error')
  return {
    evidence: { check: errors.length === 0 ? 'passed' : 'failed', scenarios: 'none' },
    scenarios: { passed: 0, total: 0 },
    problems: [WITHOUT.en, ...errors.map(each => `line ${each.line} ${each.code} ${each.message}`)],
  }
}
