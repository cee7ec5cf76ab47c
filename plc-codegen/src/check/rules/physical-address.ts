/**
 * A direct address in the code instead of a declared name (PLCopen N1).
 * Passes: `VAR lamp AT %QX0.0 : BOOL; END_VAR lamp := TRUE;`  Fails: `%QX0.0 := TRUE;`
 */
import type { Rule } from './rule.ts'

export const physicalAddress: Rule = {
  name: 'physical-address',
  guideline: 'N1',
  codes: ['ST636'],
  apply({ expressions, report }) {
    for (const each of expressions) if (each.kind === 'address') report('ST636', each.span, { address: each.address })
  },
}
