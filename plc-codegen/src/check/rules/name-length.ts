/**
 * A name too short to say anything or too long to be read: 2 to 32 characters; i, j, k, n, x, y, z are known (PLCopen N6).
 * Passes: `level : INT;`  Fails: `l : INT;`
 */
import { declaredNames } from './declared-names.ts'
import type { Rule } from './rule.ts'

export const nameLength: Rule = {
  name: 'name-length',
  guideline: 'N6',
  codes: ['ST641'],
  apply({ pou, report }) {
    for (const { name, span } of declaredNames(pou))
      if ((name.length < 2 && !/^[ijknxyz]$/i.test(name)) || name.length > 32)
        report('ST641', span, { name, length: name.length })
  },
}
