import type { PouSymbol, PropertySymbol, StructType, Type, Variable } from './types.ts'

export type { PouSymbol, PropertySymbol, Variable } from './types.ts'

/** What a name, member or call stands for. */
export type Resolution =
  | { readonly to: 'variable'; readonly variable: Variable; readonly scope: 'local' | 'owner' | 'global' }
  | { readonly to: 'result'; readonly pou: PouSymbol }
  | { readonly to: 'enumValue'; readonly type: Type; readonly value: number }
  | { readonly to: 'field'; readonly struct: StructType; readonly index: number }
  | { readonly to: 'blockMember'; readonly pou: PouSymbol; readonly variable: Variable }
  | { readonly to: 'property'; readonly property: PropertySymbol }
  | { readonly to: 'pou'; readonly pou: PouSymbol }
  | { readonly to: 'method'; readonly pou: PouSymbol }
  | { readonly to: 'standard'; readonly name: string }
  | { readonly to: 'type'; readonly type: Type }
  | { readonly to: 'this' }
  | { readonly to: 'super' }
  | { readonly to: 'unknown' }

/** The parameters of a POU in the order in which positional arguments fill them. */
export function parametersOf(pou: PouSymbol): Variable[] {
  const found = pou.base === undefined ? [] : parametersOf(pou.base)
  for (const variable of pou.variables.values()) {
    if (variable.section === 'VAR_INPUT' || variable.section === 'VAR_IN_OUT' || variable.section === 'VAR_OUTPUT')
      found.push(variable)
  }
  return found
}

/** A variable of the block or of what it extends. */
export function memberOf(pou: PouSymbol, upper: string): Variable | undefined {
  return pou.variables.get(upper) ?? (pou.base === undefined ? undefined : memberOf(pou.base, upper))
}

export function methodOf(pou: PouSymbol, upper: string): PouSymbol | undefined {
  return pou.methods.get(upper) ?? (pou.base === undefined ? undefined : methodOf(pou.base, upper))
}

export function propertyOf(pou: PouSymbol, upper: string): PropertySymbol | undefined {
  return pou.properties.get(upper) ?? (pou.base === undefined ? undefined : propertyOf(pou.base, upper))
}

/** Whether members may exist that we cannot see. */
export function isOpen(pou: PouSymbol): boolean {
  return pou.open || (pou.base !== undefined && isOpen(pou.base))
}
