/**
 * Memory taken while the plant runs can run out (PLCopen L22).
 * Passes: a declared array.  Fails: `p := __NEW(INT);`
 */
import type { Rule } from './rule.ts'

export const dynamicMemory: Rule = {
  name: 'dynamic-memory',
  guideline: 'L22',
  codes: ['ST635'],
  apply({ expressions, report }) {
    for (const each of expressions)
      if (each.kind === 'call' && each.target.kind === 'name' && /^__(?:NEW|DELETE)$/i.test(each.target.name))
        report('ST635', each.span, { name: each.target.name.toUpperCase() })
  },
}
