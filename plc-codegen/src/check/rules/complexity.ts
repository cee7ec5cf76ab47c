/**
 * A unit with more ways through it than a reader can follow: McCabe's number above 15 (PLCopen CP9).
 * Passes: a few branches.  Fails: sixteen IF in one body.
 */
import type { Rule } from './rule.ts'

export const complexity: Rule = {
  name: 'complexity',
  guideline: 'CP9',
  codes: ['ST625'],
  apply({ pou, statements, expressions, report }) {
    if (pou.node === undefined) return
    let ways = 1
    for (const each of statements) {
      if (each.kind === 'if' || each.kind === 'case') ways += each.branches.length
      else if (each.kind === 'for' || each.kind === 'while' || each.kind === 'repeat') ways += 1
    }
    for (const each of expressions)
      if (each.kind === 'binary' && /^(?:AND_THEN|OR_ELSE)$/.test(each.operator)) ways += 1
    if (ways > LIMIT) report('ST625', pou.node.name.span, { name: pou.name, ways, limit: LIMIT })
  },
}

const LIMIT = 15
