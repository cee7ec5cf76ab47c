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
      // WHILE TRUE is the usual way to say "until EXIT".
      const conditions =
        statement.kind === 'if'
          ? statement.branches.map(branch => branch.condition)
          : statement.kind === 'while' &&
              !(statement.condition.kind === 'literal' && statement.condition.value === true)
            ? [statement.condition]
            : []
      for (const condition of conditions) {
        // Only what is written out: a constant's name may be a switch that is set before compiling.
        const value = evaluateConstant(condition, { variable: () => undefined, enumValue: () => undefined })
        if (typeof value === 'boolean') report('ST609', condition.span, { value: value ? 'TRUE' : 'FALSE' })
      }
    })
  },
}
