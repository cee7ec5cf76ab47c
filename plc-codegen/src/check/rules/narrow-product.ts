/**
 * A product or sum in a narrow type that is widened too late: it has already wrapped.
 * Passes: `d := INT_TO_DINT(i) * j;`  Fails: `d := i * j;` with d DINT, i and j INT
 */
import { core } from '../types.ts'
import type { Rule } from './rule.ts'

export const narrowProduct: Rule = {
  name: 'narrow-product',

  codes: ['ST646'],
  apply({ statements, typing, report }) {
    for (const statement of statements) {
      if (statement.kind !== 'assign' || statement.value.kind !== 'binary') continue
      const { value, target } = statement
      if (value.operator !== '*' && value.operator !== '+') continue
      const from = core(typing.types.get(value) ?? { kind: 'unknown' })
      const to = core(typing.types.get(target) ?? { kind: 'unknown' })
      const integer = (t: typeof from) => t.kind === 'elementary' && (t.class === 'signed' || t.class === 'unsigned')
      if (from.kind !== 'elementary' || to.kind !== 'elementary' || !integer(from) || !integer(to)) continue
      const literal = [value.left, value.right].some(each => each.kind === 'literal')
      if (to.bits > from.bits && !literal)
        report('ST646', value.span, { operator: value.operator, from: from.name, to: to.name })
    }
  },
}
