/**
 * Statements behind RETURN, EXIT or CONTINUE in the same list (PLCopen CP2).
 * Passes: `IF a THEN RETURN; END_IF; b := 1;`  Fails: `RETURN; b := 1;`
 */
import type { Statement } from '../../syntax/tree.ts'
import { bodiesOf } from '../../syntax/visit.ts'
import type { Report, Rule } from './rule.ts'

export const deadCode: Rule = {
  name: 'dead-code',
  guideline: 'CP2',
  codes: ['ST603'],
  apply({ pou, report }) {
    if (pou.node !== undefined) inspect(pou.node.body, report)
  },
}

function inspect(statements: readonly Statement[], report: Report): void {
  for (const [i, statement] of statements.entries()) {
    for (const body of bodiesOf(statement)) inspect(body, report)
    if (statement.kind !== 'return' && statement.kind !== 'exit' && statement.kind !== 'continue') continue
    const next = statements.slice(i + 1).find(each => each.kind !== 'empty')
    // A label can be reached by a jump.
    if (next !== undefined && next.kind !== 'label') report('ST603', next.span, { after: statement.kind.toUpperCase() })
    return
  }
}
