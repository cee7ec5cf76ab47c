/**
 * A member reached by counting from an address instead of by its name (PLCopen CP1).
 * Passes: `p := ADR(m[i]);`  Fails: `p := p + 2;`
 */
import type { Rule } from './rule.ts'

export const addressArithmetic: Rule = {
  name: 'address-arithmetic',
  guideline: 'CP1',
  codes: ['ST620'],
  apply({ expressions, report, typing }) {
    for (const each of expressions) {
      if (each.kind !== 'binary' || (each.operator !== '+' && each.operator !== '-')) continue
      const isPointer = [each.left, each.right].some(side => typing.types.get(side)?.kind === 'pointer')
      if (isPointer) report('ST620', each.span)
    }
  },
}
