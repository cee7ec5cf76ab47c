/**
 * A variable assigned to itself: does nothing, and mostly another was meant.
 * Passes: `a := b;`  Fails: `a := a;`
 */
import type { Rule } from './rule.ts'

export const assignedToItself: Rule = {
  name: 'assigned-to-itself',
  codes: ['ST610'],
  apply({ statements, report }) {
    statements.forEach(statement => {
      if (statement.kind !== 'assign' || statement.operator !== ':=') return
      const { target, value } = statement
      if (target.kind === 'name' && value.kind === 'name' && target.name.toUpperCase() === value.name.toUpperCase()) {
        report('ST610', statement.span, { name: target.name })
      }
    })
  },
}
