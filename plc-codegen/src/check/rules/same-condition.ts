/**
 * A condition that an earlier branch of the same IF already asked: its branch is never reached.
 * Passes: `IF a THEN … ELSIF b THEN …`  Fails: `IF a THEN … ELSIF a THEN …`
 */
import { printExpression } from '../../print/print-expression.ts'
import { visitExpression } from '../../syntax/visit.ts'
import type { Rule } from './rule.ts'

export const sameCondition: Rule = {
  name: 'same-condition',

  codes: ['ST656'],
  apply({ statements, report }) {
    for (const each of statements) {
      if (each.kind !== 'if' || each.branches.length < 2) continue
      const asked = new Set<string>()
      for (const { condition } of each.branches) {
        let calls = false
        visitExpression(condition, part => {
          if (part.kind === 'call') calls = true
        })
        const text = printExpression(condition).toUpperCase()
        if (!calls && asked.has(text)) report('ST656', condition.span)
        asked.add(text)
      }
    }
  },
}
