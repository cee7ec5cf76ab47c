/**
 * A BOOL compared with TRUE or FALSE: it is already the answer.
 * Passes: `IF run THEN`  Fails: `IF run = TRUE THEN`
 */
import type { Rule } from './rule.ts'

export const comparedWithTrue: Rule = {
  name: 'compared-with-true',

  codes: ['ST657'],
  apply({ expressions, report }) {
    for (const each of expressions)
      if (
        each.kind === 'binary' &&
        (each.operator === '=' || each.operator === '<>') &&
        [each.left, each.right].some(side => side.kind === 'literal' && side.literal === 'boolean')
      )
        report('ST657', each.span)
  },
}
