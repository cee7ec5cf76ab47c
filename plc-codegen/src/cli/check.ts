import { checkSources } from '../check/check-sources.ts'
import type { Diagnostic } from '../check/diagnostics.ts'
import { type RuleSettings, settingsFault } from '../check/rules/configuration.ts'
import { rules } from '../check/stages.ts'
import { fill, type Language, problemTable } from '../problems.ts'
import { type Io, oneOf, parseArguments, UsageError } from './command-line.ts'
import { readText } from './read-text.ts'

/** `mw-plc check FILE...`: the files are one project; a JSON line per diagnostic, or lines for people. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const { positionals, options, flags } = parseArguments(argv, {
    options: ['dialect', 'lang', 'rules'],
    flags: ['json'],
  })
  if (positionals.length === 0) throw new UsageError('name at least one file')
  const dialect = oneOf(options, 'dialect', ['iec', 'codesys', 'scl'])
  const lang: Language = oneOf(options, 'lang', ['zh', 'en']) ?? 'en'
  const settings = options.rules === undefined ? undefined : readRules(options.rules)
  const unreadable: Diagnostic[] = []
  const files = positionals.flatMap(file => {
    try {
      return [{ file, text: readText(file) }]
    } catch (error) {
      unreadable.push(fileProblem(file, error, lang))
      return []
    }
  })
  const found = [
    ...unreadable,
    ...checkSources(files, {
      lang,
      ...(dialect === undefined ? {} : { dialect }),
      ...(settings === undefined ? {} : { rules: settings }),
    }),
  ]
  const lines = found.map(each => (flags.has('json') ? JSON.stringify(each) : shown(each)))
  if (lines.length > 0) io.out(`${lines.join('\n')}\n`)
  return found.some(each => each.severity === 'error') ? 1 : 0
}

/** `plcopen` turns every rule on; else a JSON file of severities. */
function readRules(word: string): RuleSettings {
  if (word === 'plcopen') return { all: 'warning' }
  let settings: unknown
  try {
    settings = JSON.parse(readText(word))
  } catch (error) {
    throw new UsageError(`--rules ${word}: ${error instanceof Error ? error.message : String(error)}`)
  }
  const fault = settingsFault(rules, settings)
  if (fault !== undefined) throw new UsageError(`--rules ${word}: ${fault}`)
  return settings as RuleSettings
}

function shown(d: Diagnostic): string {
  return `${d.file}:${d.line}:${d.column}: ${d.severity} ${d.code} ${d.message}\n    ${d.remedy}`
}

export function fileProblem(file: string, error: unknown, lang: Language): Diagnostic {
  const what = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  const row = problemTable.ST710
  return {
    file,
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 1,
    code: 'ST710',
    severity: row.severity,
    message: fill(row.message[lang], { file, what }),
    remedy: row.remedy[lang],
  }
}
