/**
 * A type of one's own whose name does not say what it is (PLCopen N10): ST_ structures, E_ enumerations, T_ others.
 * Passes: `TYPE ST_Recipe : STRUCT … `  Fails: `TYPE Recipe : STRUCT … `. Told where a variable of it is declared.
 */
import { core } from '../types.ts'
import type { Rule } from './rule.ts'

export const typePrefix: Rule = {
  name: 'type-prefix',
  guideline: 'N10',
  codes: ['ST644'],
  apply({ pou, report }) {
    for (const variable of pou.variables.values()) {
      const t = core(variable.type)
      if (t.kind !== 'struct' && t.kind !== 'enum') continue
      const prefix = t.kind === 'struct' ? 'ST_' : 'E_'
      if (t.name !== '' && !t.name.toUpperCase().startsWith(prefix))
        report('ST644', variable.span, { name: t.name, prefix })
    }
  },
}
