import type { LoadedProgram, Running } from '../run/program.ts'
import type { Scenario, Words } from './specification.ts'

export interface ScenarioResult {
  readonly id: string
  readonly title: Words
  readonly passed: boolean
  readonly steps: readonly { readonly text: Words; readonly passed: boolean }[]
  /** The first thing that went wrong. */
  readonly failure?: Words
}

/** Runs a scenario on a fresh start of the program. */
export function runScenario(program: LoadedProgram, scenario: Scenario): { result: ScenarioResult; running: Running } {
  const running = program.start()
  const steps: { text: Words; passed: boolean }[] = []
  let failure: Words | undefined
  let time = 0
  for (const step of scenario.steps) {
    let wrong: Words | undefined
    let inputs: Readonly<Record<string, unknown>> = step.set
    for (let passed = 0; passed < step.forMs && wrong === undefined; passed += step.cycleMs) {
      const trap = running.scan(inputs, step.cycleMs)
      inputs = {}
      time += step.cycleMs
      if (trap !== undefined)
        wrong = at(time, { zh: `第 ${trap.line} 行：${trap.message}`, en: `line ${trap.line}: ${trap.message}` })
      const on = (scenario.exclusive ?? []).filter(name => running.get(name) === true)
      if (on.length > 1)
        wrong = at(time, { zh: `${on.join('、')} 同时为 TRUE`, en: `${on.join(' and ')} are TRUE together` })
    }
    for (const [name, wanted] of Object.entries(step.expect)) {
      const found = running.get(name)
      if (wrong === undefined && found !== wanted) {
        wrong = at(time, {
          zh: `${name} 应为 ${show(wanted)}，却是 ${show(found)}`,
          en: `${name} must be ${show(wanted)}, but is ${show(found)}`,
        })
      }
    }
    steps.push({ text: step.text, passed: wrong === undefined })
    if (wrong !== undefined) {
      failure = { zh: `${step.text.zh}：${wrong.zh}`, en: `${step.text.en}: ${wrong.en}` }
      break
    }
  }
  const result = {
    id: scenario.id,
    title: scenario.title,
    passed: failure === undefined,
    steps,
    ...(failure === undefined ? {} : { failure }),
  }
  return { result, running }
}

function at(ms: number, words: Words): Words {
  return { zh: `${ms} 毫秒时 ${words.zh}`, en: `at ${ms} ms ${words.en}` }
}

function show(value: unknown): string {
  return typeof value === 'boolean' ? String(value).toUpperCase() : String(value)
}
