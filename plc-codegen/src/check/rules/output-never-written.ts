/**
 * An output that its block never writes, or an in-out that it never writes and could be an input (PLCopen CP17).
 * Passes: `VAR_OUTPUT q : BOOL; END_VAR q := a;`  Fails: `VAR_OUTPUT q : BOOL; END_VAR ;`
 */
import type { Expression } from '../../syntax/tree.ts'
import type { Rule } from './rule.ts'

export const outputNeverWritten: Rule = {
  name: 'output-never-written',
  guideline: 'CP17',
  codes: ['ST627', 'ST628'],
  apply({ pou, statements, expressions, report }) {
    if (pou.node === undefined || pou.owner !== undefined || pou.open || pou.node.body.length === 0) return
    if (pou.methods.size > 0 || pou.properties.size > 0 || pou.node.modifiers.includes('ABSTRACT')) return
    const candidates = [...pou.variables.values()].filter(
      each => (each.section === 'VAR_OUTPUT' || each.section === 'VAR_IN_OUT') && each.init === undefined,
    )
    if (candidates.length === 0) return
    const touched = new Set<string>()
    for (const statement of statements) {
      if (statement.kind === 'for') touched.add(rootOf(statement.variable))
      if (statement.kind === 'assign')
        for (const target of [statement.target, ...(statement.also ?? [])]) touched.add(rootOf(target))
    }
    for (const part of expressions) {
      if (part.kind !== 'call') continue
      touched.add(rootOf(part.target))
      for (const arg of part.args) if (arg.value !== undefined) touched.add(rootOf(arg.value))
    }
    for (const variable of candidates) {
      if (touched.has(variable.name.toUpperCase())) continue
      if (variable.section === 'VAR_OUTPUT') report('ST627', variable.span, { name: variable.name })
      else if (variable.section === 'VAR_IN_OUT' && variable.type.kind !== 'array' && variable.type.kind !== 'struct')
        report('ST628', variable.span, { name: variable.name })
    }
  },
}

function rootOf(expression: Expression): string {
  switch (expression.kind) {
    case 'name':
      return expression.name.toUpperCase()
    case 'member':
    case 'index':
    case 'bit':
    case 'deref':
      return rootOf(expression.target)
    default:
      return ''
  }
}
