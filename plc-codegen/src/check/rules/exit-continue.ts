/**
 * EXIT and CONTINUE hide how a loop ends (PLCopen L10).
 * Passes: `WHILE NOT done DO … END_WHILE`  Fails: `WHILE TRUE DO IF done THEN EXIT; END_IF; END_WHILE`
 */
import type { Rule } from './rule.ts'

export const exitContinue: Rule = {
  name: 'exit-continue',
  guideline: 'L10',
  codes: ['ST632'],
  apply({ statements, report }) {
    for (const each of statements)
      if (each.kind === 'exit' || each.kind === 'continue')
        report('ST632', each.span, { word: each.kind.toUpperCase() })
  },
}
