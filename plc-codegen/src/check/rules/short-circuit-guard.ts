/**
 * AND or OR of BOOL whose right side could trap (an index, a division, a dereference): the standard leaves open whether
 * it is evaluated when the left side has decided (PLCopen L10). The simulator stops at the deciding operand.
 * Passes: `IF i > 0 AND_THEN a[i] THEN`  Fails: `IF i > 0 AND a[i] THEN`
 */
import type { Expression } from '../../syntax/tree.ts'
import { visitExpression } from '../../syntax/visit.ts'
import { core } from '../types.ts'
import type { Rule } from './rule.ts'

export const shortCircuitGuard: Rule = {
  name: 'short-circuit-guard',
  codes: ['ST617'],
  apply({ expressions, report, typing }) {
    expressions.forEach(expression => {
      if (expression.kind !== 'binary' || (expression.operator !== 'AND' && expression.operator !== 'OR')) return
      const type = typing.types.get(expression)
      if (type === undefined || core(type).kind !== 'elementary' || (core(type) as { class: string }).class !== 'bool')
        return
      if (couldTrap(expression.right)) report('ST617', expression.right.span, { operator: expression.operator })
    })
  },
}

function couldTrap(expression: Expression): boolean {
  let found = false
  visitExpression(expression, each => {
    if (each.kind === 'deref') found = true
    if (each.kind === 'index' && each.indices.some(index => index.kind !== 'literal')) found = true
    if (each.kind === 'binary' && (each.operator === '/' || each.operator === 'MOD') && each.right.kind !== 'literal')
      found = true
  })
  return found
}
