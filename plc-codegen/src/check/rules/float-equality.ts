/**
 * REAL or LREAL compared with = or <> (PLCopen CP8). A comparison with a literal zero is a common guard and is left alone.
 * Passes: `b := ABS(x - y) < 0.01;`  Fails: `b := x = y;`
 */
import { core } from '../types.ts'
import type { Rule } from './rule.ts'

export const floatEquality: Rule = {
  name: 'float-equality',
  guideline: 'CP8',
  codes: ['ST605'],
  apply({ expressions, report, typing }) {
    const isReal = (type: ReturnType<typeof core> | undefined) => type?.kind === 'elementary' && type.class === 'real'
    expressions.forEach(expression => {
      if (expression.kind !== 'binary' || (expression.operator !== '=' && expression.operator !== '<>')) return
      const { left, right } = expression
      if ([left, right].some(each => each.kind === 'literal' && Number(each.value) === 0)) return
      const types = [left, right].map(each => typing.types.get(each)).map(each => each && core(each))
      if (types.some(isReal)) report('ST605', expression.span, { operator: expression.operator })
    })
  },
}
