/**
 * A variable whose first letters do not tell its type as the house agreed (PLCopen N2): x BOOL, n integers, f reals, s texts,
 * t times, a arrays, fb instances. Passes: `xRun : BOOL;`  Fails: `run : BOOL;`
 */
import { core, type Type } from '../types.ts'
import { declaredNames } from './declared-names.ts'
import type { Rule } from './rule.ts'

export const variablePrefix: Rule = {
  name: 'variable-prefix',
  guideline: 'N2',
  codes: ['ST637'],
  apply({ pou, report }) {
    for (const { name, span } of declaredNames(pou)) {
      const type = core(pou.variables.get(name.toUpperCase())?.type ?? { kind: 'unknown' })
      const prefix = prefixOf(type)
      if (prefix !== undefined && !new RegExp(`^${prefix}[A-Z]`).test(name)) report('ST637', span, { name, prefix })
    }
  },
}

function prefixOf(type: Type): string | undefined {
  switch (type.kind) {
    case 'array':
      return 'a'
    case 'block':
      return 'fb'
    case 'string':
      return 's'
    case 'elementary':
      if (type.class === 'bool') return 'x'
      if (type.class === 'real') return 'f'
      if (type.class === 'time' || type.class === 'ltime') return 't'
      return type.class === 'signed' || type.class === 'unsigned' || type.class === 'bits' ? 'n' : undefined
    default:
      return undefined
  }
}
