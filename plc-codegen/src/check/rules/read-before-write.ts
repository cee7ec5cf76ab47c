/**
 * A local of a function or method that has no initial value and is read before anything is assigned to it (PLCopen CP3).
 * Passes: `VAR t : INT; END_VAR t := a; F := t;`  Fails: `VAR t : INT; END_VAR F := t;`
 */
import type { Expression } from '../../syntax/tree.ts'
import { expressionsOf, visitExpression } from '../../syntax/visit.ts'
import { core } from '../types.ts'
import type { Rule } from './rule.ts'

export const readBeforeWrite: Rule = {
  name: 'read-before-write',
  guideline: 'CP3',
  codes: ['ST622'],
  apply({ pou, statements, report }) {
    if (pou.kind !== 'FUNCTION' && pou.kind !== 'METHOD') return
    const open = new Map(
      [...pou.variables.values()]
        .filter(each => (each.section === 'VAR' || each.section === 'VAR_TEMP') && !each.constant)
        .filter(each => each.init === undefined && core(each.type).kind === 'elementary')
        .map(each => [each.name.toUpperCase(), each.name]),
    )
    const read = (expression: Expression) =>
      visitExpression(expression, each => {
        const name = each.kind === 'name' ? open.get(each.name.toUpperCase()) : undefined
        if (name === undefined) return
        report('ST622', each.span, { name })
        open.delete(name.toUpperCase())
      })
    const written = (target: Expression) => {
      if (target.kind === 'name') open.delete(target.name.toUpperCase())
    }
    for (const statement of statements) {
      if (open.size === 0) return
      if (statement.kind === 'assign') {
        // A call may take an output into the variable before it is read.
        visitExpression(statement.value, each => {
          if (each.kind === 'call') for (const arg of each.args) if (arg.output && arg.value) written(arg.value)
        })
        read(statement.value)
        for (const target of [statement.target, ...(statement.also ?? [])]) written(target)
      } else if (statement.kind === 'for') {
        for (const each of [statement.from, statement.to]) read(each)
        written(statement.variable)
      } else if (statement.kind === 'callStatement') {
        for (const arg of statement.call.args)
          if (arg.value !== undefined) {
            if (arg.value.kind === 'name') written(arg.value)
            else read(arg.value)
          }
      } else if (statement.kind === 'repeat') {
        // Its condition stands behind its body.
      } else for (const each of expressionsOf(statement)) read(each)
    }
  },
}
