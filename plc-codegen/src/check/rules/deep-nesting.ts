/**
 * Statements nested deeper than five.
 * Passes: five levels.  Fails: six IF inside one another.
 */
import type { Statement } from '../../syntax/tree.ts'
import { bodiesOf } from '../../syntax/visit.ts'
import type { Rule } from './rule.ts'

export const deepNesting: Rule = {
  name: 'deep-nesting',

  codes: ['ST654'],
  apply({ pou, report }) {
    const check = (body: readonly Statement[], depth: number) => {
      for (const statement of body) {
        const inner = bodiesOf(statement)
        if (inner.length > 0 && depth === LIMIT) report('ST654', statement.span, { limit: LIMIT })
        else for (const each of inner) check(each, depth + (statement.kind === 'region' ? 0 : 1))
      }
    }
    check(pou.node?.body ?? [], 0)
  },
}

const LIMIT = 5
