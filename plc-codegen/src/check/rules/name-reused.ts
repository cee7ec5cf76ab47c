/**
 * A variable that bears the name of a type or unit of the project (PLCopen N9).
 * Passes: `pump : PumpBlock;`  Fails: `VAR Pump : INT; END_VAR` beside `FUNCTION_BLOCK Pump`
 */
import { declaredNames } from './declared-names.ts'
import type { Rule } from './rule.ts'

export const nameReused: Rule = {
  name: 'name-reused',
  guideline: 'N9',
  codes: ['ST643'],
  apply({ pou, project, report }) {
    for (const { name, span } of declaredNames(pou)) {
      const upper = name.toUpperCase()
      if (project.pous.has(upper) || project.types.has(upper)) report('ST643', span, { name })
    }
  },
}
