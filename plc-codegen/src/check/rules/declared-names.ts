import type { Span } from '../../syntax/span.ts'
import type { PouSymbol } from '../symbols.ts'

/** Names that a unit declares itself, with their places. */
export function declaredNames(pou: PouSymbol): { readonly name: string; readonly span: Span }[] {
  return [...pou.variables.values()].map(({ name, span }) => ({ name, span }))
}
