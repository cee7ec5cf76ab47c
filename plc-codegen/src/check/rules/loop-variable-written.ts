/**
 * The variable of a FOR loop written in its body (PLCopen L13).
 * Passes: `FOR i := 1 TO 9 DO a := i; END_FOR`  Fails: `FOR i := 1 TO 9 DO i := i + 1; END_FOR`
 */
import { visitStatements } from '../../syntax/visit.ts'
import type { Rule } from './rule.ts'

export const loopVariableWritten: Rule = {
  name: 'loop-variable-written',
  guideline: 'L12',
  codes: ['ST607'],
  apply({ statements, report, typing }) {
    statements.forEach(loop => {
      if (loop.kind !== 'for') return
      const variable = typing.refs.get(loop.variable)
      if (variable?.to !== 'variable') return
      visitStatements(loop.body, statement => {
        const target =
          statement.kind === 'assign' ? statement.target : statement.kind === 'for' ? statement.variable : undefined
        const ref = target === undefined ? undefined : typing.refs.get(target)
        if (target !== undefined && ref?.to === 'variable' && ref.variable === variable.variable) {
          report('ST607', target.span, { name: ref.variable.name })
        }
      })
    })
  },
}
