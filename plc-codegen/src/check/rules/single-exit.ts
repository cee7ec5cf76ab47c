/**
 * A RETURN before the end of a body (PLCopen CP14).
 * Passes: one end.  Fails: `IF NOT ready THEN RETURN; END_IF; …`
 */
import type { Rule } from './rule.ts'

export const singleExit: Rule = {
  name: 'single-exit',
  guideline: 'CP14',
  codes: ['ST651'],
  apply({ pou, statements, report }) {
    const last = pou.node?.body.at(-1)
    for (const each of statements) if (each.kind === 'return' && each !== last) report('ST651', each.span)
  },
}
