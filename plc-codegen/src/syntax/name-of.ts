import type { Expression } from './tree.ts'

/** A short text by which people know an expression. */
export function nameOf(expression: Expression): string {
  switch (expression.kind) {
    case 'name':
      return expression.name
    case 'member':
      return `${nameOf(expression.target)}.${expression.name.text}`
    case 'call':
    case 'index':
    case 'deref':
    case 'bit':
      return nameOf(expression.target)
    case 'literal':
      return expression.text
    default:
      return '…'
  }
}
