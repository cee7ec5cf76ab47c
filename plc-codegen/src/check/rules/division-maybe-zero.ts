/**
 * A division by a variable that nothing around it has compared: it may be zero, which stops many controllers.
 * Passes: `IF n <> 0 THEN a := b / n; END_IF;`  Fails: `a := b / n;`
 */
import type { Expression, Statement } from '../../syntax/tree.ts'
import { bodiesOf, expressionsOf, visitExpression } from '../../syntax/visit.ts'
import { core } from '../types.ts'
import type { Rule } from './rule.ts'

export const divisionMaybeZero: Rule = {
  name: 'division-maybe-zero',

  codes: ['ST645'],
  apply({ pou, typing, report }) {
    const check = (body: readonly Statement[], guarded: ReadonlySet<string>) => {
      let known = new Set(guarded)
      for (const statement of body) {
        for (const each of expressionsOf(statement)) inExpression(each, known)
        if (statement.kind === 'if') {
          const tested = new Set(known)
          for (const branch of statement.branches) {
            for (const name of namesIn(branch.condition)) tested.add(name)
            check(branch.body, tested)
          }
          if (statement.otherwise !== undefined) check(statement.otherwise, tested)
          // `IF n = 0 THEN RETURN; END_IF;` or a value given instead guards what follows.
          known = tested
          continue
        }
        if (statement.kind === 'assign' && statement.target.kind === 'name') {
          const upper = statement.target.name.toUpperCase()
          const safe = statement.value.kind === 'literal' && Number(statement.value.value) !== 0
          if (safe || /MAX|LIMIT|ABS/i.test(callName(statement.value))) known.add(upper)
          else known.delete(upper)
        }
        if (statement.kind === 'while') for (const name of namesIn(statement.condition)) known.add(name)
        if (statement.kind === 'case') for (const name of namesIn(statement.selector)) known.add(name)
        if (statement.kind === 'for' && statement.variable.kind === 'name')
          known.add(statement.variable.name.toUpperCase())
        for (const inner of bodiesOf(statement)) check(inner, known)
      }
    }
    const inExpression = (expression: Expression, known: ReadonlySet<string>) => {
      visitExpression(expression, each => {
        if (each.kind !== 'binary' || (each.operator !== '/' && each.operator !== 'MOD')) return
        const type = core(typing.types.get(each.right) ?? { kind: 'unknown' })
        if (type.kind !== 'elementary' || type.class === 'real' || each.right.kind !== 'name') return
        const ref = typing.refs.get(each.right)
        if (ref?.to !== 'variable' || ref.variable.constant || known.has(each.right.name.toUpperCase())) return
        report('ST645', each.right.span, { name: each.right.name })
      })
    }
    check(pou.node?.body ?? [], new Set())
  },
}

function namesIn(expression: Expression): string[] {
  const found: string[] = []
  visitExpression(expression, each => {
    if (each.kind === 'name') found.push(each.name.toUpperCase())
  })
  return found
}

function callName(expression: Expression): string {
  return expression.kind === 'call' && expression.target.kind === 'name' ? expression.target.name : ''
}
