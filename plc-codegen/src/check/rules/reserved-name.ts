/**
 * A name that another tool keeps for itself: a standard function, block or type (PLCopen N3).
 * Passes: `maximum : INT;`  Fails: `MAX : INT;`
 */
import { standardNames } from '../library/functions.ts'
import { elementary } from '../types.ts'
import { declaredNames } from './declared-names.ts'
import type { Rule } from './rule.ts'

export const reservedName: Rule = {
  name: 'reserved-name',
  guideline: 'N3',
  codes: ['ST638'],
  apply({ pou, project, report }) {
    for (const { name, span } of declaredNames(pou)) {
      const upper = name.toUpperCase()
      if (project.standard.has(upper) || standardNames.includes(upper) || elementary(upper) !== undefined)
        report('ST638', span, { name })
    }
  },
}
