/**
 * A function or block that uses global variables instead of parameters (PLCopen CP6).
 * Passes: `FUNCTION_BLOCK F VAR_INPUT g : INT; END_VAR`  Fails: `FUNCTION_BLOCK F VAR_EXTERNAL g : INT; END_VAR`
 */
import type { Rule } from './rule.ts'

export const externalInBlock: Rule = {
  name: 'external-in-block',
  guideline: 'CP6',
  codes: ['ST624'],
  apply({ pou, expressions, typing, report }) {
    if (pou.kind === 'PROGRAM' || pou.kind === 'ORGANIZATION_BLOCK') return
    const seen = new Set<string>()
    for (const variable of pou.variables.values()) {
      if (variable.section !== 'VAR_EXTERNAL' || variable.constant) continue
      seen.add(variable.name.toUpperCase())
      report('ST624', variable.span, { name: variable.name })
    }
    for (const each of expressions) {
      const ref = each.kind === 'name' ? typing.refs.get(each) : undefined
      if (ref?.to !== 'variable' || ref.scope !== 'global' || ref.variable.constant) continue
      const upper = ref.variable.name.toUpperCase()
      if (seen.has(upper)) continue
      seen.add(upper)
      report('ST624', each.span, { name: ref.variable.name })
    }
  },
}
