import type { ProblemCode, Severity } from '../../problems.ts'
import type { Rule } from './rule.ts'

/** A severity for a rule by its name, its PLCopen number or a code; `all` speaks for every rule that is not named. */
export type RuleSettings = Readonly<Record<string, Severity | 'off'>>

/** Rules that are a matter of house style: they speak only where a project asks for them. */
const quiet: ReadonlySet<string> = new Set([
  'address-arithmetic',
  'dynamic-memory',
  'unused-unit',
  'external-in-block',
  'complexity',
  'implicit-conversion',
  'exit-continue',
  'loop-variable-after',
  'if-without-else',
  'physical-address',
  'variable-prefix',
  'reserved-name',
  'consistent-case',
  'name-length',
  'character-set',
  'name-reused',
  'type-prefix',
  'division-maybe-zero',
  'magic-number',
  'jump',
  'single-exit',
  'called-twice',
  'many-parameters',
  'deep-nesting',
  'compared-with-true',
])

export interface Configured {
  readonly rules: readonly Rule[]
  /** Severities that differ from the table's. */
  readonly severities: ReadonlyMap<ProblemCode, Severity>
}

/** The rules that run, and how loudly. */
export function configure(all: readonly Rule[], settings: RuleSettings = {}): Configured {
  const wanted = new Map(Object.entries(settings).map(([key, value]) => [key.toUpperCase(), value]))
  const severities = new Map<ProblemCode, Severity>()
  const rules = all.filter(rule => {
    const said =
      wanted.get(rule.name.toUpperCase()) ??
      (rule.guideline === undefined ? undefined : wanted.get(rule.guideline)) ??
      rule.codes.map(code => wanted.get(code)).find(each => each !== undefined)
    const found = said ?? wanted.get('ALL')
    if (found === undefined) return !quiet.has(rule.name)
    if (found === 'off') return false
    for (const code of rule.codes) severities.set(code, found)
    return true
  })
  return { rules, severities }
}

/** What is wrong with settings read from a file, or nothing. */
export function settingsFault(all: readonly Rule[], settings: unknown): string | undefined {
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) return 'is no object'
  const names = new Set(
    all.flatMap(rule => [rule.name, rule.guideline ?? '', ...rule.codes]).map(each => each.toUpperCase()),
  )
  for (const [key, value] of Object.entries(settings)) {
    if (key.toUpperCase() !== 'ALL' && !names.has(key.toUpperCase())) return `there is no rule "${key}"`
    if (!['off', 'notice', 'warning', 'error'].includes(value)) return `${key} is one of off, notice, warning, error`
  }
  return undefined
}
