/**
 * A CASE that says nothing about other values (PLCopen L17).
 * Passes: `CASE s OF 1: a := 1; ELSE a := 0; END_CASE`  Fails: `CASE s OF 1: a := 1; END_CASE`
 */
import { core } from '../types.ts'
import type { Rule } from './rule.ts'

export const caseWithoutElse: Rule = {
  name: 'case-without-else',
  guideline: 'L17',
  codes: ['ST604'],
  apply({ statements, report, typing }) {
    statements.forEach(statement => {
      if (statement.kind !== 'case' || statement.otherwise !== undefined) return
      const selector = core(typing.types.get(statement.selector) ?? { kind: 'unknown' })
      // An enumeration whose every value has its branch leaves nothing over.
      const labels = statement.branches.reduce((sum, branch) => sum + branch.labels.length, 0)
      if (selector.kind === 'enum' && labels >= selector.values.size) return
      report('ST604', { start: statement.span.start, end: statement.selector.span.end })
    })
  },
}
