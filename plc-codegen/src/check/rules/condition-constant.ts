/**
 * An IF whose condition is always the same (PLCopen CP2). `WHILE TRUE` with an EXIT is a loop on purpose and left alone.
 * Passes: `IF a THEN b := 1; END_IF`  Fails: `IF TRUE THEN b := 1; END_IF`
 */
import { evaluateConstant } from '../constants.ts'
import type { Rule } from './rule.ts'

export const conditionConstant: Rule = {
  name: 'condition-constant',
  codes: ['ST609'],
  apply({ statements, report }) {
    statements.forEach(statement => {
      if (statement.kind !== 'if') return
      for (const branch of statement.branches) {
        // Only what is written out: a constant's name may be a switch that is set before compiling.
        const value = evaluateConstant(branch.condition, { variable: () => undefined, enumValue: () => undefined })
        if (typeof value === 'boolean') report('ST609', branch.condition.span, { value: value ? 'TRUE' : 'FALSE' })
      }
    })
  },
}
