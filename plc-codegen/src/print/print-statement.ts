import type { CaseLabel, Statement } from '../syntax/tree.ts'
import { printExpression } from './print-expression.ts'

const STEP = '  '

/** Statements as lines, indented by `indent`. */
export function printStatements(statements: readonly Statement[], indent: string): string[] {
  return statements.flatMap(each => printStatement(each, indent))
}

function printStatement(statement: Statement, indent: string): string[] {
  const inner = (body: readonly Statement[]) => printStatements(body, indent + STEP)
  switch (statement.kind) {
    case 'assign': {
      const targets = [statement.target, ...(statement.also ?? [])].map(each => printExpression(each))
      return [
        `${indent}${targets[0]} ${statement.operator} ${[...targets.slice(1), printExpression(statement.value)].join(' := ')};`,
      ]
    }
    case 'callStatement':
      return [`${indent}${printExpression(statement.call)};`]
    case 'if': {
      const lines = statement.branches.flatMap((branch, i) => [
        `${indent}${i === 0 ? 'IF' : 'ELSIF'} ${printExpression(branch.condition)} THEN`,
        ...inner(branch.body),
      ])
      if (statement.otherwise !== undefined) lines.push(`${indent}ELSE`, ...inner(statement.otherwise))
      return [...lines, `${indent}END_IF;`]
    }
    case 'case': {
      const lines = [`${indent}CASE ${printExpression(statement.selector)} OF`]
      for (const branch of statement.branches) {
        lines.push(
          `${indent}${STEP}${branch.labels.map(printLabel).join(', ')}:`,
          ...printStatements(branch.body, indent + STEP + STEP),
        )
      }
      if (statement.otherwise !== undefined) lines.push(`${indent}ELSE`, ...inner(statement.otherwise))
      return [...lines, `${indent}END_CASE;`]
    }
    case 'for': {
      const by = statement.by === undefined ? '' : ` BY ${printExpression(statement.by)}`
      const head = `${printExpression(statement.variable)} := ${printExpression(statement.from)} TO ${printExpression(statement.to)}${by}`
      return [`${indent}FOR ${head} DO`, ...inner(statement.body), `${indent}END_FOR;`]
    }
    case 'while':
      return [
        `${indent}WHILE ${printExpression(statement.condition)} DO`,
        ...inner(statement.body),
        `${indent}END_WHILE;`,
      ]
    case 'repeat':
      return [
        `${indent}REPEAT`,
        ...inner(statement.body),
        `${indent}UNTIL ${printExpression(statement.until)}`,
        `${indent}END_REPEAT;`,
      ]
    case 'exit':
    case 'continue':
      return [`${indent}${statement.kind.toUpperCase()};`]
    case 'return':
      return [`${indent}RETURN${statement.value === undefined ? '' : ` (${printExpression(statement.value)})`};`]
    case 'jump':
      return [`${indent}GOTO ${statement.label.text};`]
    case 'label':
      return [`${indent}${statement.label.text}:`]
    case 'region':
      return [`${indent}REGION ${statement.title}`.trimEnd(), ...inner(statement.body), `${indent}END_REGION`]
    case 'empty':
      return [`${indent};`]
    case 'badStatement':
      return []
  }
}

function printLabel(label: CaseLabel): string {
  return label.high === undefined
    ? printExpression(label.low)
    : `${printExpression(label.low)}..${printExpression(label.high)}`
}
