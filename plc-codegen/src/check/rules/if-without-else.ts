/**
 * A chain of ELSIF that says nothing about the rest (PLCopen L17; a plain IF without ELSE is left alone).
 * Passes: `IF a THEN … ELSIF b THEN … ELSE … END_IF`  Fails: `IF a THEN … ELSIF b THEN … END_IF`
 */
import type { Rule } from './rule.ts'

export const ifWithoutElse: Rule = {
  name: 'if-without-else',
  guideline: 'L17',
  codes: ['ST634'],
  apply({ statements, report }) {
    for (const each of statements)
      if (each.kind === 'if' && each.branches.length > 1 && each.otherwise === undefined)
        report('ST634', { start: each.span.start, end: each.branches[0]!.condition.span.end })
  },
}
