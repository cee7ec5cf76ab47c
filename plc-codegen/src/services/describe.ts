import { standardFunction } from '../check/library/functions.ts'
import { type PouSymbol, parametersOf, type Variable } from '../check/symbols.ts'
import { type Type, typeName } from '../check/types.ts'
import { printExpression } from '../print/print-expression.ts'
import type { Dialect } from '../syntax/dialect.ts'

/** A variable as it is declared: `VAR_INPUT level : REAL := 1.0`. */
export function describeVariable(variable: Variable): string {
  const constant = variable.constant ? ' CONSTANT' : ''
  const address = variable.address === undefined ? '' : ` AT ${variable.address}`
  const init = variable.init === undefined ? '' : ` := ${printExpression(variable.init)}`
  return `${variable.section}${constant} ${variable.name}${address} : ${describeType(variable.type)}${init}`
}

/** A unit with its parameters: `FUNCTION Twice(n : INT) : INT`. */
export function describePou(pou: PouSymbol): string {
  const parameters = parametersOf(pou)
    .map(
      each =>
        `${each.section === 'VAR_IN_OUT' ? 'VAR_IN_OUT ' : each.section === 'VAR_OUTPUT' ? 'VAR_OUTPUT ' : ''}${each.name} : ${describeType(each.type)}`,
    )
    .join('; ')
  const result = pou.returns.kind === 'void' ? '' : ` : ${describeType(pou.returns)}`
  const owner = pou.owner === undefined ? '' : `${pou.owner.name}.`
  return `${pou.kind} ${owner}${pou.name}(${parameters})${result}`
}

/** A standard function: `LIMIT(MN : ANY_ELEMENTARY; IN : …) : …`; conversions by their names. */
export function describeStandard(name: string, dialect: Dialect): string {
  const found = standardFunction(name.toUpperCase(), dialect)
  if (found === undefined) return `${name.toUpperCase()}(IN)`
  const parameters = found.parameters.map(each => `${each.name}${each.many ? '…' : ''} : ${each.type}`).join('; ')
  const result = found.result.startsWith('@')
    ? (found.parameters.find(each => each.name === found.result.slice(1))?.type ?? found.parameters.at(-1)?.type ?? '')
    : found.result
  return `${found.name}(${parameters}) : ${result}`
}

export function describeType(type: Type): string {
  if (type.kind === 'enum' && type.name === '')
    return `(${[...type.values.values()].map(each => each.name).join(', ')})`
  return typeName(type)
}
