/**
 * A WHILE or REPEAT whose condition nothing in its body can change, and that no EXIT or RETURN leaves: the watchdog ends it.
 * Passes: `WHILE i < 9 DO i := i + 1; END_WHILE`  Fails: `WHILE busy DO n := n + 1; END_WHILE` (a wait that blocks the scan)
 */
import { expressionsOf, visitExpression, visitStatements } from '../../syntax/visit.ts'
import type { Rule } from './rule.ts'

export const endlessLoop: Rule = {
  name: 'endless-loop',

  codes: ['ST647'],
  apply({ statements, report }) {
    for (const each of statements) {
      if (each.kind !== 'while' && each.kind !== 'repeat') continue
      const condition = each.kind === 'while' ? each.condition : each.until
      const names = new Set<string>()
      let opaque = false
      visitExpression(condition, part => {
        if (part.kind === 'name') names.add(part.name.toUpperCase())
        if (part.kind === 'call' || part.kind === 'deref' || part.kind === 'address') opaque = true
      })
      let changes = opaque
      visitStatements(each.body, inner => {
        if (inner.kind === 'exit' || inner.kind === 'return' || inner.kind === 'jump') changes = true
        if (inner.kind === 'assign' || inner.kind === 'for') {
          const targets = inner.kind === 'for' ? [inner.variable] : [inner.target, ...(inner.also ?? [])]
          for (const target of targets)
            visitExpression(target, part => {
              if (part.kind === 'name' && names.has(part.name.toUpperCase())) changes = true
            })
        }
        for (const expression of expressionsOf(inner))
          visitExpression(expression, part => {
            if (part.kind !== 'call') return
            // A call may change what it is given, and an instance what it holds.
            for (const arg of [part.target, ...part.args.map(a => a.value)])
              if (arg !== undefined)
                visitExpression(arg, p => {
                  if (p.kind === 'name' && names.has(p.name.toUpperCase())) changes = true
                })
          })
      })
      if (!changes) report('ST647', condition.span)
    }
  },
}
