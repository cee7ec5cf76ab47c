/**
 * A number in the code that has no name. 0, 1, 2, 10, 100, 1000, indices and labels are known.
 * Passes: `IF level > HIGH_LIMIT THEN`  Fails: `IF level > 873 THEN`
 */
import type { Expression } from '../../syntax/tree.ts'
import { childrenOf, expressionsOf } from '../../syntax/visit.ts'
import type { Report, Rule } from './rule.ts'

export const magicNumber: Rule = {
  name: 'magic-number',

  codes: ['ST648'],
  apply({ statements, report }) {
    for (const statement of statements) {
      if (statement.kind === 'case') continue
      for (const expression of expressionsOf(statement)) look(expression, report)
    }
  },
}

const familiar = new Set([0, 1, 2, 10, 100, 1000, 0.5])

function look(expression: Expression, report: Report): void {
  if (expression.kind === 'literal') {
    const number = expression.literal === 'integer' || expression.literal === 'real'
    if (number && !familiar.has(Number(expression.value))) report('ST648', expression.span, { text: expression.text })
    return
  }
  for (const child of expression.kind === 'index' ? [expression.target] : childrenOf(expression)) look(child, report)
}
