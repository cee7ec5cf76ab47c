import type { Expression } from '../syntax/tree.ts'

/** Spellings of property languages as Structured Text: `-->` as implication, `&&`, `||`, `!`, `==`, `!=`. */
export function desugar(text: string): string {
  const plain = text
    .trim()
    .replace(/[;\s]+$/, '')
    .replace(/^\{([^{}]*)\}$/, '$1')
    .replace(/&&/g, ' AND ')
    .replace(/\|\|/g, ' OR ')
    .replace(/!=/g, '<>')
    .replace(/==/g, '=')
    .replace(/!(?!=)/g, ' NOT ')
  return implications(plain)
}

/** `a --> b` binds loosest and to the right, within each pair of parentheses. */
function implications(text: string): string {
  let result = ''
  let at = 0
  while (at < text.length) {
    const char = text[at]!
    if (char === '(') {
      const end = closing(text, at)
      result += `(${implications(text.slice(at + 1, end))})`
      at = end + 1
    } else if (text.startsWith('-->', at) || text.startsWith('->', at)) {
      const rest = text.slice(at + (text.startsWith('-->', at) ? 3 : 2))
      return `NOT (${result}) OR (${implications(rest)})`
    } else if (char === "'") {
      const end = text.indexOf("'", at + 1)
      const stop = end < 0 ? text.length : end + 1
      result += text.slice(at, stop)
      at = stop
    } else {
      result += char
      at += 1
    }
  }
  return result
}

/** Both sides of an implication that is the whole expression. */
export function topImplication(text: string): [string, string] | undefined {
  const plain = text.trim().replace(/[;\s]+$/, '')
  for (let at = 0; at < plain.length; at += 1) {
    if (plain[at] === '(') at = closing(plain, at)
    else if (plain.startsWith('-->', at)) return [plain.slice(0, at), plain.slice(at + 3)]
  }
  return undefined
}

function closing(text: string, open: number): number {
  let depth = 0
  for (let i = open; i < text.length; i += 1) {
    if (text[i] === '(') depth += 1
    else if (text[i] === ')') {
      depth -= 1
      if (depth === 0) return i
    }
  }
  return text.length
}

/** A copy of the expression in which `change` may replace every part, the inner ones first. */
export function mapExpression(expression: Expression, change: (each: Expression) => Expression): Expression {
  const go = (each: Expression) => mapExpression(each, change)
  switch (expression.kind) {
    case 'member':
    case 'bit':
    case 'deref':
      return change({ ...expression, target: go(expression.target) })
    case 'index':
      return change({ ...expression, target: go(expression.target), indices: expression.indices.map(go) })
    case 'call':
      return change({
        ...expression,
        // A function's name is no variable.
        target: expression.target.kind === 'name' ? expression.target : go(expression.target),
        args: expression.args.map(arg => (arg.value === undefined ? arg : { ...arg, value: go(arg.value) })),
      })
    case 'unary':
      return change({ ...expression, operand: go(expression.operand) })
    case 'binary':
      return change({ ...expression, left: go(expression.left), right: go(expression.right) })
    default:
      return change(expression)
  }
}
