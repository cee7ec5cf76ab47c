import type { Expression } from '../syntax/tree.ts'
import type { Variable } from './symbols.ts'

export type ConstantValue = number | bigint | boolean | string

export interface ConstantScope {
  variable(upper: string): Variable | undefined
  enumValue(upper: string): number | undefined
}

/** The value of an expression known before running, or undefined. Integers are exact; reals are doubles. */
export function evaluateConstant(expression: Expression, scope: ConstantScope, depth = 0): ConstantValue | undefined {
  if (depth > 32) return undefined
  switch (expression.kind) {
    case 'literal':
      return expression.literal === 'enum' ? scope.enumValue(String(expression.value).toUpperCase()) : expression.value
    case 'name': {
      const upper = expression.name.toUpperCase()
      const variable = scope.variable(upper)
      if (variable === undefined) return scope.enumValue(upper)
      return variable.constant && variable.init !== undefined
        ? evaluateConstant(variable.init, scope, depth + 1)
        : undefined
    }
    case 'member':
      return evaluateConstant({ kind: 'name', name: expression.name.text, span: expression.span }, scope, depth + 1)
    case 'unary': {
      const value = evaluateConstant(expression.operand, scope, depth + 1)
      if (value === undefined) return undefined
      if (expression.operator === 'NOT') return typeof value === 'boolean' ? !value : undefined
      if (expression.operator === '+') return value
      return typeof value === 'number' || typeof value === 'bigint' ? -value : undefined
    }
    case 'binary': {
      const left = evaluateConstant(expression.left, scope, depth + 1)
      const right = evaluateConstant(expression.right, scope, depth + 1)
      if (left === undefined || right === undefined) return undefined
      if (typeof left === 'number' && typeof right === 'number') return arithmetic(expression.operator, left, right)
      if (typeof left === 'boolean' && typeof right === 'boolean') {
        if (expression.operator === 'AND') return left && right
        if (expression.operator === 'OR') return left || right
        if (expression.operator === 'XOR') return left !== right
      }
      return undefined
    }
    default:
      return undefined
  }
}

function arithmetic(operator: string, left: number, right: number): number | boolean | undefined {
  const whole = Number.isInteger(left) && Number.isInteger(right)
  switch (operator) {
    case '+':
      return left + right
    case '-':
      return left - right
    case '*':
      return left * right
    case '/':
      return right === 0 ? undefined : whole ? Math.trunc(left / right) : left / right
    case 'MOD':
      return right === 0 ? undefined : left % right
    case '=':
      return left === right
    case '<>':
      return left !== right
    case '<':
      return left < right
    case '>':
      return left > right
    case '<=':
      return left <= right
    case '>=':
      return left >= right
    default:
      return undefined
  }
}
