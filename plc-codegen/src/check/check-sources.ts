import type { Language } from '../problems.ts'
import type { Dialect } from '../syntax/dialect.ts'
import { checkProject, type Source } from './check.ts'
import { type Diagnostic, toDiagnostics } from './diagnostics.ts'
import type { RuleSettings } from './rules/configuration.ts'

export interface CheckOptions {
  /** Recognised from each text where absent. */
  readonly dialect?: Dialect
  /** Language of messages and remedies; English where absent. */
  readonly lang?: Language
  /** Severity or `off` of rules by name, PLCopen number or code. */
  readonly rules?: RuleSettings
}

/** Checks the files as one project. Diagnostics come file by file, in the order of the text. */
export function checkSources(files: readonly Source[], options: CheckOptions = {}): Diagnostic[] {
  const checked = checkProject(files, options.dialect, options.rules)
  return checked.files.flatMap(each =>
    toDiagnostics(each.file, each.text, each.problems, options.lang ?? 'en', checked.severities),
  )
}
