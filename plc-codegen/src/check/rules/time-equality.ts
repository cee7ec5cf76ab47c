/**
 * Times compared with = or <>: between two scans the value is passed over (PLCopen CP28). Zero is a common guard and left.
 * Passes: `q := t >= T#5s;`  Fails: `q := t = T#5s;`
 */
import { core } from '../types.ts'
import type { Rule } from './rule.ts'

export const timeEquality: Rule = {
  name: 'time-equality',
  guideline: 'CP28',
  codes: ['ST631'],
  apply({ expressions, typing, report }) {
    for (const each of expressions) {
      if (each.kind !== 'binary' || (each.operator !== '=' && each.operator !== '<>')) continue
      const { left, right } = each
      if ([left, right].some(side => side.kind === 'literal' && Number(side.value) === 0)) continue
      const isTime = [left, right].every(side => {
        const type = core(typing.types.get(side) ?? { kind: 'unknown' })
        return type.kind === 'elementary' && /^l?(?:time|tod|dt)$/.test(type.class)
      })
      if (isTime) report('ST631', each.span, { operator: each.operator })
    }
  },
}
