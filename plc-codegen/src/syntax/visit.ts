import type { Expression, Statement } from './tree.ts'

/** Calls `visit` for every statement, outer before inner. */
export function visitStatements(statements: readonly Statement[], visit: (statement: Statement) => void): void {
  for (const statement of statements) {
    visit(statement)
    for (const body of bodiesOf(statement)) visitStatements(body, visit)
  }
}

/** The statement lists directly inside a statement. */
export function bodiesOf(statement: Statement): (readonly Statement[])[] {
  switch (statement.kind) {
    case 'if':
    case 'case': {
      const bodies = statement.branches.map(branch => branch.body)
      return statement.otherwise === undefined ? bodies : [...bodies, statement.otherwise]
    }
    case 'for':
    case 'while':
    case 'repeat':
    case 'region':
      return [statement.body]
    default:
      return []
  }
}

/** The expressions directly inside a statement, targets first. */
export function expressionsOf(statement: Statement): Expression[] {
  switch (statement.kind) {
    case 'assign':
      return [statement.target, ...(statement.also ?? []), statement.value]
    case 'callStatement':
      return [statement.call]
    case 'if':
      return statement.branches.map(branch => branch.condition)
    case 'case':
      return [
        statement.selector,
        ...statement.branches.flatMap(branch =>
          branch.labels.flatMap(label => (label.high === undefined ? [label.low] : [label.low, label.high])),
        ),
      ]
    case 'for':
      return [statement.variable, statement.from, statement.to, ...(statement.by === undefined ? [] : [statement.by])]
    case 'while':
      return [statement.condition]
    case 'repeat':
      return [statement.until]
    case 'return':
      return statement.value === undefined ? [] : [statement.value]
    default:
      return []
  }
}

/** Calls `visit` for the expression and all inside it, outer before inner. */
export function visitExpression(expression: Expression, visit: (expression: Expression) => void): void {
  visit(expression)
  for (const child of childrenOf(expression)) visitExpression(child, visit)
}

export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'member':
    case 'bit':
    case 'deref':
      return [expression.target]
    case 'index':
      return [expression.target, ...expression.indices]
    case 'call':
      return [expression.target, ...expression.args.flatMap(arg => (arg.value === undefined ? [] : [arg.value]))]
    case 'unary':
      return [expression.operand]
    case 'binary':
      return [expression.left, expression.right]
    case 'arrayInit':
      return expression.items.flatMap(item => [item.count, item.value].filter(each => each !== undefined))
    case 'structInit':
      return expression.fields.map(field => field.value)
    default:
      return []
  }
}

/** Every expression of a body. */
export function visitExpressions(statements: readonly Statement[], visit: (expression: Expression) => void): void {
  visitStatements(statements, statement => {
    for (const expression of expressionsOf(statement)) visitExpression(expression, visit)
  })
}
