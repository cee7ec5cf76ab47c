/**
 * A VAR_INPUT written inside its own block (PLCopen CP16).
 * Passes: `VAR_INPUT a : INT; END_VAR VAR b : INT; END_VAR b := a;`  Fails: `VAR_INPUT a : INT; END_VAR a := 1;`
 */
import type { Expression } from '../../syntax/tree.ts'
import type { Rule } from './rule.ts'

export const inputWritten: Rule = {
  name: 'input-written',
  guideline: 'CP17',
  codes: ['ST606'],
  apply({ statements, report, typing }) {
    const seen = new Set<string>()
    statements.forEach(statement => {
      if (statement.kind !== 'assign') return
      const root = rootOf(statement.target)
      const ref = root === undefined ? undefined : typing.refs.get(root)
      if (
        ref?.to !== 'variable' ||
        ref.scope !== 'local' ||
        ref.variable.section !== 'VAR_INPUT' ||
        seen.has(ref.variable.name)
      )
        return
      seen.add(ref.variable.name)
      report('ST606', statement.target.span, { name: ref.variable.name })
    })
  },
}

/** The variable that an element or member belongs to; behind a pointer it is another's. */
function rootOf(expression: Expression): Expression | undefined {
  if (expression.kind === 'name') return expression
  if (expression.kind === 'member' || expression.kind === 'index' || expression.kind === 'bit')
    return rootOf(expression.target)
  return undefined
}
