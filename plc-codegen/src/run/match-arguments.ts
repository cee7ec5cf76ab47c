import { type PouSymbol, parametersOf, type Variable } from '../check/symbols.ts'
import type { Argument, Expression } from '../syntax/tree.ts'
import { layoutOf } from './layout.ts'

export interface Matched {
  readonly arg: Argument
  readonly value: Expression
  readonly parameter: Variable
  /** Of the parameter in the callee's frame. */
  readonly slot: number
  /** Taken out after the call instead of passed in before it. */
  readonly isOutput: boolean
}

/** The arguments of a call with their parameters, by position or by name; EN, ENO and those that say nothing are left out. */
export function matchArguments(args: readonly Argument[], pou: PouSymbol): Matched[] {
  const parameters = parametersOf(pou)
  const { slots, variables } = layoutOf(pou)
  const matched: Matched[] = []
  let position = 0
  for (const arg of args) {
    const upper = arg.name?.text.toUpperCase()
    if (upper === 'EN' || upper === 'ENO') continue
    const parameter =
      upper === undefined
        ? parameters[position]
        : (parameters.find(each => each.name.toUpperCase() === upper) ??
          variables.find(each => each.name.toUpperCase() === upper))
    if (upper === undefined) position += 1
    if (parameter === undefined || arg.value === undefined) continue
    matched.push({
      arg,
      value: arg.value,
      parameter,
      slot: slots.get(parameter.name.toUpperCase())!,
      isOutput: arg.output || parameter.section === 'VAR_OUTPUT',
    })
  }
  return matched
}
