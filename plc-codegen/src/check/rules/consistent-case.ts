/**
 * A name written otherwise than where it is declared (PLCopen N4).
 * Passes: `Level := Level + 1;`  Fails: `VAR Level : INT; END_VAR level := 1;`
 */
import type { Rule } from './rule.ts'

export const consistentCase: Rule = {
  name: 'consistent-case',
  guideline: 'N4',
  codes: ['ST639'],
  apply({ expressions, typing, report }) {
    for (const each of expressions) {
      if (each.kind !== 'name') continue
      const ref = typing.refs.get(each)
      if (ref?.to !== 'variable' || ref.variable.name === each.name) continue
      report('ST639', each.span, { name: each.name, declared: ref.variable.name })
    }
  },
}
