import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { Language } from '../problems.ts'
import { readyUnit } from '../run/program.ts'
import { runScenarios, type ScenarioFile, scenarioFaults } from '../run/scenarios.ts'
import { fileProblem } from './check.ts'
import { type Io, oneOf, parseArguments, UsageError } from './command-line.ts'
import { readText } from './read-text.ts'
import { refuse, traceProblem } from './run.ts'

/** `mw-plc scenarios FILE --scenarios FILE.yaml`: exit 0 when every scenario passes. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const { positionals, options } = parseArguments(argv, { options: ['scenarios', 'dialect', 'lang'], flags: ['json'] })
  const [file] = positionals
  if (file === undefined || positionals.length > 1 || options.scenarios === undefined)
    throw new UsageError('needs one file and --scenarios')
  const dialect = oneOf(options, 'dialect', ['iec', 'codesys', 'scl'])
  const lang: Language = oneOf(options, 'lang', ['zh', 'en']) ?? 'en'
  let text: string
  let scenarios: unknown
  try {
    text = readText(file)
    scenarios = parse(readFileSync(options.scenarios, 'utf8'))
  } catch (error) {
    return refuse([fileProblem(options.scenarios, error, lang)], io)
  }
  const fault = scenarioFaults(scenarios)
  if (fault !== undefined) return refuse([traceProblem(options.scenarios, '$', fault, lang)], io)
  const settings = { file, lang, ...(dialect === undefined ? {} : { dialect }) }
  const result = runScenarios(text, scenarios as ScenarioFile, settings)
  if (result === undefined) {
    const ready = readyUnit(text, (scenarios as ScenarioFile).pou, settings)
    return refuse(
      ready.diagnostics.filter(each => each.severity === 'error'),
      io,
    )
  }
  io.out(`${JSON.stringify(result)}\n`)
  return result.answers.every(each => each.passed) ? 0 : 1
}
