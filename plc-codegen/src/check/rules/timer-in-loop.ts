/**
 * A timer called inside a loop: time does not pass within a scan, so waiting for it blocks the cycle.
 * Passes: the timer is called once per scan.  Fails: `WHILE NOT t.Q DO t(IN := TRUE, PT := T#1s); END_WHILE`
 */
import { visitStatements } from '../../syntax/visit.ts'
import { core } from '../types.ts'
import type { Rule } from './rule.ts'

export const timerInLoop: Rule = {
  name: 'timer-in-loop',

  codes: ['ST649'],
  apply({ statements, typing, report }) {
    for (const each of statements) {
      if (each.kind !== 'while' && each.kind !== 'repeat') continue
      visitStatements(each.body, inner => {
        if (inner.kind !== 'callStatement') return
        const type = core(typing.types.get(inner.call.target) ?? { kind: 'unknown' })
        if (type.kind === 'block' && type.pou.node === undefined && /^L?T(?:ON|OF|P)(?:_|$)/i.test(type.pou.name))
          report('ST649', inner.call.span, { name: type.pou.name })
      })
    }
  },
}
