import { type LoadOptions, loadProgram } from './program.ts'

/** Scenarios as a person writes them: inputs over scans, and what must hold at the end of each step. */
export interface ScenarioFile {
  readonly pou: string
  /** Outputs that never change by design. */
  readonly constant?: readonly string[]
  readonly scenarios: readonly ScenarioText[]
}

export interface ScenarioText {
  /** The sentence of the request that it tries. */
  readonly says: string
  /** Another unit of the same file. */
  readonly pou?: string
  readonly cycle_ms?: number
  readonly initial?: Readonly<Record<string, unknown>>
  readonly steps: readonly {
    readonly set?: Readonly<Record<string, unknown>>
    readonly scans?: number
    readonly expect?: Readonly<Record<string, unknown>>
  }[]
}

export interface ScenarioAnswer {
  readonly says: string
  readonly passed: boolean
  /** The first thing that was not as expected. */
  readonly failure?: {
    readonly step: number
    readonly name: string
    readonly expected: unknown
    readonly found: unknown
  }
}

export interface ScenariosResult {
  readonly answers: readonly ScenarioAnswer[]
  /** Of all scenarios together, by unit. */
  readonly coverage: Readonly<Record<string, { readonly statements: number; readonly branches: number }>>
  /** Values that each output of the main unit showed at the end of a scan. */
  readonly seen: Readonly<Record<string, readonly unknown[]>>
}

/** What is wrong with a scenario file's form, or nothing. */
export function scenarioFaults(file: unknown): string | undefined {
  const f = file as ScenarioFile | null
  if (typeof f !== 'object' || f === null || typeof f.pou !== 'string') return 'pou: names no unit'
  if (!Array.isArray(f.scenarios)) return 'scenarios: is no list'
  for (const [i, each] of f.scenarios.entries()) {
    if (typeof each !== 'object' || each === null || !Array.isArray(each.steps))
      return `scenarios[${i}].steps: is no list`
    for (const [k, step] of each.steps.entries()) {
      if (typeof step !== 'object' || step === null) return `scenarios[${i}].steps[${k}]: is no step`
      if (step.scans !== undefined && !(Number.isInteger(step.scans) && step.scans >= 1 && step.scans <= 1_000_000))
        return `scenarios[${i}].steps[${k}].scans: is no number of scans`
    }
  }
  return undefined
}

/** Runs every scenario on a fresh start. Undefined where the text does not compile. */
export function runScenarios(text: string, file: ScenarioFile, options: LoadOptions = {}): ScenariosResult | undefined {
  const hits = new Map<string, { statements: boolean[]; branches: boolean[] }>()
  const seen = new Map<string, Set<unknown>>()
  const answers: ScenarioAnswer[] = []
  for (const scenario of file.scenarios) {
    const pou = scenario.pou ?? file.pou
    const loaded = loadProgram(text, pou, options)
    if (!loaded.ok) return undefined
    const running = loaded.start()
    let failure: ScenarioAnswer['failure']
    const expected = (step: number, name: string, wanted: unknown, found: unknown) => {
      if (failure === undefined && JSON.stringify(found) !== JSON.stringify(wanted))
        failure = { step, name, expected: wanted, found }
    }
    for (const [name, value] of Object.entries(scenario.initial ?? {}))
      if (!running.set(name, value)) expected(0, name, value, 'no such variable')
    const outputs = pou === file.pou ? running.interface.filter(each => each.direction !== 'input') : []
    scenario.steps.forEach((step, k) => {
      for (let scan = 0; scan < (step.scans ?? 1); scan += 1) {
        const trap = running.scan(scan === 0 ? (step.set ?? {}) : {}, scenario.cycle_ms ?? 100)
        if (trap !== undefined) expected(k + 1, `line ${trap.line}`, 'no trap', trap.message)
        for (const { name } of outputs) {
          const values = seen.get(name) ?? new Set()
          values.add(running.get(name))
          seen.set(name, values)
        }
      }
      for (const [name, wanted] of Object.entries(step.expect ?? {})) expected(k + 1, name, wanted, running.get(name))
    })
    const own = running.hits()
    const all = hits.get(pou) ?? { statements: [], branches: [] }
    own.statements.forEach((hit, i) => {
      all.statements[i] = all.statements[i] === true || hit === 1
    })
    own.branches.forEach((hit, i) => {
      all.branches[i] = all.branches[i] === true || hit === 1
    })
    hits.set(pou, all)
    answers.push({ says: scenario.says, passed: failure === undefined, ...(failure === undefined ? {} : { failure }) })
  }
  const share = (list: readonly boolean[]) => (list.length === 0 ? 1 : list.filter(each => each).length / list.length)
  return {
    answers,
    coverage: Object.fromEntries(
      [...hits].map(([pou, each]) => [pou, { statements: share(each.statements), branches: share(each.branches) }]),
    ),
    seen: Object.fromEntries([...seen].map(([name, values]) => [name, [...values]])),
  }
}
