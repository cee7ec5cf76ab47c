import type { PouSymbol, Variable } from '../check/symbols.ts'
import { core, type Type } from '../check/types.ts'
import { FIRST } from './machine.ts'
import { isAggregate } from './values.ts'

export interface Layout {
  readonly slots: ReadonlyMap<string, number>
  /** In the order of their slots; those of a base come first, so that its methods fit every derived instance. */
  readonly variables: readonly Variable[]
}

const layouts = new WeakMap<PouSymbol, Layout>()

/** Where the variables of a unit lie in its frame. */
export function layoutOf(pou: PouSymbol): Layout {
  const known = layouts.get(pou)
  if (known !== undefined) return known
  const variables = [...(pou.base === undefined ? [] : layoutOf(pou.base).variables), ...pou.variables.values()]
  const layout: Layout = { variables, slots: new Map(variables.map((each, i) => [each.name.toUpperCase(), FIRST + i])) }
  layouts.set(pou, layout)
  return layout
}

/** Whether a variable's slot holds a reference to the place where its value is. */
export function isByReference(variable: Variable): boolean {
  return variable.section === 'VAR_IN_OUT' && !isAggregate(variable.type) && core(variable.type).kind !== 'unknown'
}

export function isReferenceType(type: Type): boolean {
  return type.kind === 'reference'
}
