/**
 * An output that one run of the body writes twice: the first value never reaches the plant (PLCopen CP12).
 * Passes: `IF a THEN q := TRUE; ELSE q := b; END_IF;`  Fails: `q := a; q := b;`
 */
import type { Statement } from '../../syntax/tree.ts'
import { bodiesOf, expressionsOf, visitExpression, visitStatements } from '../../syntax/visit.ts'
import type { Variable } from '../symbols.ts'
import type { Rule } from './rule.ts'

export const outputWrittenTwice: Rule = {
  name: 'output-written-twice',
  guideline: 'CP12',
  codes: ['ST626'],
  apply({ pou, typing, statements, report }) {
    // Looked into only where some output has two assignments at all.
    const assigned = new Set<Variable>()
    const twice = statements.some(each => {
      const ref = each.kind === 'assign' && each.target.kind === 'name' ? typing.refs.get(each.target) : undefined
      if (ref?.to !== 'variable' || !isOutput(ref.variable)) return false
      if (assigned.has(ref.variable)) return true
      assigned.add(ref.variable)
      return false
    })
    if (!twice) return
    const check = (body: readonly Statement[]) => {
      const pending = new Map<Variable, Statement>()
      for (const statement of body) {
        const target =
          statement.kind === 'assign' && statement.operator === ':=' ? typing.refs.get(statement.target) : undefined
        const variable =
          statement.kind === 'assign' && statement.target.kind === 'name' && target?.to === 'variable'
            ? target.variable
            : undefined
        // Anything that reads it in between, or may leave the body, makes the first value matter.
        if (pending.size > 0)
          visitStatements([statement], inner => {
            if (inner.kind === 'return' || inner.kind === 'exit' || inner.kind === 'continue' || inner.kind === 'jump')
              pending.clear()
            for (const each of expressionsOf(inner))
              visitExpression(each, part => {
                if (inner.kind === 'assign' && part === inner.target) return
                const ref = typing.refs.get(part)
                if (ref?.to === 'variable') pending.delete(ref.variable)
                if (part.kind === 'call') pending.clear()
              })
          })
        if (statement.kind === 'label') pending.clear()
        if (variable !== undefined && isOutput(variable) && statement.kind === 'assign') {
          if (pending.has(variable)) report('ST626', statement.target.span, { name: variable.name })
          pending.set(variable, statement)
        }
        for (const inner of bodiesOf(statement)) check(inner)
      }
    }
    check(pou.node?.body ?? [])
  },
}

function isOutput(variable: Variable): boolean {
  return variable.section === 'VAR_OUTPUT' || (variable.address !== undefined && /^%Q/i.test(variable.address))
}
