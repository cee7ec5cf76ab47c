/**
 * A variable of VAR, VAR_TEMP or VAR CONSTANT that nothing reads or writes (PLCopen coding guidelines, CP2).
 * Passes: `VAR a : INT; END_VAR a := 1;`  Fails: `VAR a : INT; END_VAR ;`
 */
import { visitExpression, visitExpressions } from '../../syntax/visit.ts'
import type { PouSymbol } from '../symbols.ts'
import type { Rule } from './rule.ts'

export const unusedVariable: Rule = {
  name: 'unused-variable',
  guideline: 'CP24',
  codes: ['ST601'],
  apply({ pou, expressions, report }) {
    if (pou.owner !== undefined || pou.node === undefined || pou.node.pou === 'ACTION') return
    const used = new Set<string>()
    const collect = (unit: PouSymbol) => {
      if (unit === pou) {
        for (const expression of expressions) if (expression.kind === 'name') used.add(expression.name.toUpperCase())
      } else if (unit.node !== undefined) {
        visitExpressions(unit.node.body, expression => {
          if (expression.kind === 'name') used.add(expression.name.toUpperCase())
        })
      }
      for (const variable of unit.variables.values()) {
        if (variable.init !== undefined) {
          visitExpression(variable.init, expression => {
            if (expression.kind === 'name') used.add(expression.name.toUpperCase())
          })
        }
      }
      for (const method of unit.methods.values()) collect(method)
      for (const property of unit.properties.values())
        for (const part of [property.get, property.set]) if (part !== undefined) collect(part)
    }
    collect(pou)
    for (const section of pou.node.sections) {
      if (section.section !== 'VAR' && section.section !== 'VAR_TEMP') continue
      for (const declaration of section.declarations) {
        if (declaration.address !== undefined) continue
        for (const name of declaration.names) {
          const upper = name.text.toUpperCase()
          // A constant may size an array in this unit's own declarations, which leaves no expression behind.
          if (used.has(upper) || section.qualifiers.includes('CONSTANT')) continue
          if (pou.variables.get(upper)?.span === name.span) report('ST601', name.span, { name: name.text })
        }
      }
    }
  },
}
