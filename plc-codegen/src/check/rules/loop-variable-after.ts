/**
 * A loop variable that is read behind its FOR: its value there is left open (IEC 61131-3:2013, 7.3.3.4.2; PLCopen L13).
 * Passes: `FOR i := 0 TO 9 DO s := s + m[i]; END_FOR;`  Fails: `FOR i := 0 TO 9 DO … END_FOR; last := i;`
 */
import type { Statement } from '../../syntax/tree.ts'
import { bodiesOf, expressionsOf, visitExpression, visitStatements } from '../../syntax/visit.ts'
import type { Rule } from './rule.ts'

export const loopVariableAfter: Rule = {
  name: 'loop-variable-after',
  guideline: 'L13',
  codes: ['ST633'],
  apply({ pou, report }) {
    const check = (body: readonly Statement[]) => {
      const spent = new Map<string, string>()
      for (const statement of body) {
        if (statement.kind === 'for' && statement.variable.kind === 'name') {
          const { name } = statement.variable
          visitStatements(statement.body, inner => readIn(inner, spent))
          spent.set(name.toUpperCase(), name)
          check(statement.body)
          continue
        }
        visitStatements([statement], inner => {
          readIn(inner, spent)
          if (inner.kind === 'for' && inner.variable.kind === 'name') spent.delete(inner.variable.name.toUpperCase())
          if (inner.kind === 'assign' && inner.target.kind === 'name') spent.delete(inner.target.name.toUpperCase())
        })
        for (const inner of bodiesOf(statement)) check(inner)
      }
    }
    const readIn = (statement: Statement, spent: Map<string, string>) => {
      for (const each of expressionsOf(statement))
        visitExpression(each, part => {
          const isTarget =
            (statement.kind === 'assign' && part === statement.target) ||
            (statement.kind === 'for' && part === statement.variable)
          const name = part.kind === 'name' && !isTarget ? spent.get(part.name.toUpperCase()) : undefined
          if (name === undefined) return
          report('ST633', part.span, { name })
          spent.delete(name.toUpperCase())
        })
    }
    check(pou.node?.body ?? [])
  },
}
