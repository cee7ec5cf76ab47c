/**
 * A local variable that hides a global one of the same name (PLCopen N5).
 * Passes: `VAR localLevel : INT; END_VAR`  Fails: a local `level` beside a global `level`
 */
import { declaredNames } from './declared-names.ts'
import type { Rule } from './rule.ts'

export const shadowsGlobal: Rule = {
  name: 'shadows-global',
  guideline: 'N5',
  codes: ['ST640'],
  apply({ pou, project, report }) {
    for (const { name, span } of declaredNames(pou)) {
      const section = pou.variables.get(name.toUpperCase())?.section
      if (section !== 'VAR_EXTERNAL' && project.globals.has(name.toUpperCase())) report('ST640', span, { name })
    }
  },
}
