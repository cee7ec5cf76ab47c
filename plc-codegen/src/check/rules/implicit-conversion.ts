/**
 * A value that changes its type without being asked (PLCopen CP25).
 * Passes: `r := INT_TO_REAL(i);`  Fails: `r := i;`
 */
import { core, typeName } from '../types.ts'
import type { Rule } from './rule.ts'

export const implicitConversion: Rule = {
  name: 'implicit-conversion',
  guideline: 'CP25',
  codes: ['ST629'],
  apply({ statements, typing, report }) {
    for (const statement of statements) {
      if (statement.kind !== 'assign') continue
      const from = core(typing.types.get(statement.value) ?? { kind: 'unknown' })
      const to = core(typing.types.get(statement.target) ?? { kind: 'unknown' })
      if (from.kind === 'elementary' && to.kind === 'elementary' && from !== to)
        report('ST629', statement.value.span, { from: typeName(from), to: typeName(to) })
    }
  },
}
