/**
 * A function or method that calls itself, directly or through others (PLCopen CP13; IEC 61131-3:2013, 6.6.1: not allowed).
 * Passes: a calls b.  Fails: a calls b, b calls a.
 */
import { visitExpressions } from '../../syntax/visit.ts'
import type { Typing } from '../context.ts'
import type { PouSymbol } from '../symbols.ts'
import type { Rule } from './rule.ts'

export const recursion: Rule = {
  name: 'recursion',
  guideline: 'CP13',
  codes: ['ST613'],
  apply({ pou, report, typing }) {
    if (pou.node === undefined || (pou.kind !== 'FUNCTION' && pou.kind !== 'METHOD')) return
    const seen = new Set<PouSymbol>()
    const pending = [...calledBy(pou, typing)]
    while (pending.length > 0) {
      const next = pending.pop()!
      if (next === pou) {
        report('ST613', pou.node.name.span, { name: pou.name })
        return
      }
      if (seen.has(next)) continue
      seen.add(next)
      pending.push(...calledBy(next, typing))
    }
  },
}

const known = new WeakMap<PouSymbol, PouSymbol[]>()

/** Asked for again and again along every path, so it is kept with the unit. */
function calledBy(pou: PouSymbol, typing: Typing): PouSymbol[] {
  const before = known.get(pou)
  if (before !== undefined) return before
  const found: PouSymbol[] = []
  known.set(pou, found)
  visitExpressions(pou.node?.body ?? [], expression => {
    if (expression.kind !== 'call') return
    const ref = typing.refs.get(expression.target)
    if (ref?.to === 'pou' || ref?.to === 'method' || ref?.to === 'result') found.push(ref.pou)
  })
  return found
}
