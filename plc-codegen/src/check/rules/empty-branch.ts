/**
 * A branch or loop that holds no statement: forgotten, or not needed.
 * Passes: `IF a THEN b := 1; END_IF`  Fails: `IF a THEN END_IF`
 */
import type { Rule } from './rule.ts'

export const emptyBranch: Rule = {
  name: 'empty-branch',

  codes: ['ST655'],
  apply({ statements, report }) {
    for (const each of statements) {
      if (each.kind === 'if') {
        for (const branch of each.branches) if (branch.body.length === 0) report('ST655', branch.condition.span)
      } else if (each.kind === 'for' || each.kind === 'while') {
        const at = each.kind === 'for' ? each.variable.span : each.condition.span
        if (each.body.length === 0) report('ST655', at)
      }
    }
  },
}
