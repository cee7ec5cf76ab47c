/**
 * GOTO hides the way through a body (PLCopen CP19).
 * Passes: IF and loops.  Fails: `GOTO done; … done:`
 */
import type { Rule } from './rule.ts'

export const jump: Rule = {
  name: 'jump',
  guideline: 'CP19',
  codes: ['ST650'],
  apply({ statements, report }) {
    for (const each of statements) if (each.kind === 'jump') report('ST650', each.span, { label: each.label.text })
  },
}
