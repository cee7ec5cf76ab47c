/**
 * An instance called at two places: its state then depends on both (PLCopen CP20). Timers and edges lose events.
 * Passes: one call.  Fails: `t(IN := a); t(IN := b);`
 */
import { core } from '../types.ts'
import type { Rule } from './rule.ts'

export const calledTwice: Rule = {
  name: 'called-twice',
  guideline: 'CP20',
  codes: ['ST652'],
  apply({ statements, typing, report }) {
    const first = new Set<string>()
    for (const each of statements) {
      if (each.kind !== 'callStatement' || each.call.target.kind !== 'name') continue
      if (core(typing.types.get(each.call.target) ?? { kind: 'unknown' }).kind !== 'block') continue
      const upper = each.call.target.name.toUpperCase()
      if (first.has(upper)) report('ST652', each.call.target.span, { name: each.call.target.name })
      first.add(upper)
    }
  },
}
