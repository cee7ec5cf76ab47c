/**
 * The gate: text → parse → check → scenarios. Every writer's text goes through it, a pattern's as well as a model's; what
 * does not come through is not green and says what fails.
 */
import { checkSources } from '../check/check-sources.ts'
import type { Diagnostic } from '../check/diagnostics.ts'
import type { Language } from '../problems.ts'
import { type LoadedProgram, loadProgram } from '../run/program.ts'
import { type Chart, recordChart } from './chart.ts'
import { plant } from './patterns/pump-alternation/plant.ts'
import { writePumpAlternation } from './patterns/pump-alternation/write.ts'
import { runScenario, type ScenarioResult } from './run-scenario.ts'
import { canonicalJson, type Specification, type Words } from './specification.ts'

export type Verdict = 'passed' | 'failed'

export interface Evidence {
  readonly parse: Verdict
  readonly check: Verdict
  readonly scenarios: Verdict
  /** Share of statements and branches that the scenarios reached together, 0 to 1. */
  readonly statements: number
  readonly branches: number
}

export interface Draft {
  readonly st: string
  readonly specification: Specification
  readonly diagnostics: readonly Diagnostic[]
  readonly scenarios: readonly ScenarioResult[]
  readonly chart: Chart
  readonly evidence: Evidence
  /** Everything passed, and every statement and branch was reached. */
  readonly green: boolean
  /** What stands in the way, where it is not green. */
  readonly failures: readonly Words[]
}

/** Writes Structured Text from a specification. */
export type Writer = (specification: Specification) => string

export interface DraftOptions {
  readonly writer?: Writer
  readonly lang?: Language
}

/** The program of a draft that is run. */
export const MAIN = 'Main'

export function draft(specification: Specification, options: DraftOptions = {}): Draft {
  const { lang = 'en', writer = writePumpAlternation } = options
  const st = writer(specification)
  const file = `${specification.id}.st`
  // The strict table: what passes here is taken by every tool.
  const diagnostics = checkSources([{ file, text: st }], { dialect: 'iec', lang })
  const parse: Verdict = diagnostics.some(each => each.severity === 'error' && /^ST[12]/.test(each.code))
    ? 'failed'
    : 'passed'
  const loaded = loadProgram(st, MAIN, { dialect: 'iec', lang, file })
  const check: Verdict =
    parse === 'passed' && loaded.ok && diagnostics.every(each => each.severity !== 'error') ? 'passed' : 'failed'
  const failures: Words[] = []
  const wrong = loaded.diagnostics.filter(each => each.severity === 'error')
  if (check === 'failed')
    failures.push(
      ...wrong.map(each => ({
        zh: `第 ${each.line} 行 ${each.code} ${each.message}`,
        en: `line ${each.line} ${each.code} ${each.message}`,
      })),
    )
  if (!loaded.ok || check === 'failed') {
    const evidence: Evidence = { parse, check, scenarios: 'failed', statements: 0, branches: 0 }
    const untried = specification.scenarios.map(each => ({ id: each.id, title: each.title, passed: false, steps: [] }))
    return {
      st,
      specification,
      diagnostics: loaded.diagnostics,
      scenarios: untried,
      chart: { t_ms: [], signals: {} },
      evidence,
      green: false,
      failures,
    }
  }
  return tryOut(st, specification, diagnostics, loaded, failures)
}

function tryOut(
  st: string,
  specification: Specification,
  diagnostics: readonly Diagnostic[],
  program: LoadedProgram,
  failures: Words[],
): Draft {
  const runs = specification.scenarios.map(each => runScenario(program, each))
  const reached = (which: 'statements' | 'branches'): number => {
    const all = runs.map(each => each.running.hits()[which])
    const places = all[0] ?? []
    const hit = places.filter((_, i) => all.some(each => each[i] === 1)).length
    return places.length === 0 ? 0 : hit / places.length
  }
  const results = runs.map(each => each.result)
  for (const each of results) {
    if (each.failure !== undefined)
      failures.push({ zh: `${each.title.zh}：${each.failure.zh}`, en: `${each.title.en}: ${each.failure.en}` })
  }
  const statements = reached('statements')
  const branches = reached('branches')
  if (statements < 1 || branches < 1) {
    failures.push({
      zh: `场景没有走到全部代码：语句 ${percent(statements)}，分支 ${percent(branches)}`,
      en: `the scenarios do not reach all code: statements ${percent(statements)}, branches ${percent(branches)}`,
    })
  }
  const passed = results.length > 0 && results.every(each => each.passed)
  const evidence: Evidence = {
    parse: 'passed',
    check: 'passed',
    scenarios: passed ? 'passed' : 'failed',
    statements,
    branches,
  }
  const chart = recordChart(program, plant(specification.settings), specification.signals)
  return {
    st,
    specification,
    diagnostics,
    scenarios: results,
    chart,
    evidence,
    green: passed && statements === 1 && branches === 1,
    failures,
  }
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`
}

/** Everything that the evidence rests on as canonical JSON: whoever keeps a draft hashes this text with SHA-256. */
export function evidenceText(each: Draft): string {
  const { st, specification, diagnostics, scenarios, evidence, green } = each
  return canonicalJson({ st, specification, diagnostics, scenarios, evidence, green })
}
