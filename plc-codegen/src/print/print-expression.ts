import { strength } from '../syntax/parse-expression.ts'
import type { Argument, Expression } from '../syntax/tree.ts'

const UNARY = 9
const POSTFIX = 10

/** An expression as text, with parentheses exactly where precedence asks for them. */
export function printExpression(expression: Expression, least = 0): string {
  switch (expression.kind) {
    case 'literal':
      return expression.text
    case 'name':
      return expression.name
    case 'member':
      return `${printExpression(expression.target, POSTFIX)}.${expression.name.text}`
    case 'bit':
      return `${printExpression(expression.target, POSTFIX)}.${expression.size === 'X' ? '' : `%${expression.size}`}${expression.index}`
    case 'index':
      return `${printExpression(expression.target, POSTFIX)}[${expression.indices.map(each => printExpression(each)).join(', ')}]`
    case 'deref':
      return `${printExpression(expression.target, POSTFIX)}^`
    case 'call':
      return `${printExpression(expression.target, POSTFIX)}(${expression.args.map(printArgument).join(', ')})`
    case 'address':
      return expression.address
    case 'unary': {
      const space = expression.operator === 'NOT' ? ' ' : ''
      const operand = printExpression(expression.operand, UNARY)
      // `--x` and `-+x` would read as other signs.
      const apart = space === '' && /^[+-]/.test(operand) ? `(${operand})` : operand
      return wrapIf(`${expression.operator}${space}${apart}`, UNARY < least)
    }
    case 'binary': {
      const binds = strength[expression.operator]!
      const left = printExpression(expression.left, binds)
      const right = printExpression(expression.right, binds + 1)
      return wrapIf(`${left} ${expression.operator} ${right}`, binds < least)
    }
    case 'arrayInit':
      return `[${expression.items.map(printItem).join(', ')}]`
    case 'structInit':
      return `(${expression.fields.map(field => `${field.name.text} := ${printExpression(field.value)}`).join(', ')})`
    case 'bad':
      return ''
  }
}

function wrapIf(text: string, needed: boolean): string {
  return needed ? `(${text})` : text
}

function printItem(item: { readonly count?: Expression; readonly value?: Expression }): string {
  if (item.count === undefined) return item.value === undefined ? '' : printExpression(item.value)
  const value =
    item.value?.kind === 'arrayInit'
      ? item.value.items.map(printItem).join(', ')
      : item.value === undefined
        ? ''
        : printExpression(item.value)
  return `${printExpression(item.count)}(${value})`
}

export function printArgument(arg: Argument): string {
  const value = arg.value === undefined ? '' : printExpression(arg.value)
  if (arg.name === undefined) return value
  const sign = arg.output ? '=>' : ':='
  return `${arg.negated ? 'NOT ' : ''}${arg.name.text} ${sign}${value === '' ? '' : ` ${value}`}`
}
