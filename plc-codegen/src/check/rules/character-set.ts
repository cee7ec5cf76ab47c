/**
 * A name with characters that not every tool reads: other than letters and digits of ASCII, two underscores in a row, one at
 * the end (PLCopen N8; IEC 61131-3:2013, 6.1.2). Passes: `flow_1 : REAL;`  Fails: `flow__1 : REAL;`
 */
import { declaredNames } from './declared-names.ts'
import type { Rule } from './rule.ts'

export const characterSet: Rule = {
  name: 'character-set',
  guideline: 'N8',
  codes: ['ST642'],
  apply({ pou, report }) {
    for (const { name, span } of declaredNames(pou))
      if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name) || /__/.test(name) || /_$/.test(name)) report('ST642', span, { name })
  },
}
