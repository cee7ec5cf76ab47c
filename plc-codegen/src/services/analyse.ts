import { type Checked, checkProject } from '../check/check.ts'
import type { PouSymbol } from '../check/symbols.ts'
import type { Dialect } from '../syntax/dialect.ts'
import type { Expression } from '../syntax/tree.ts'

export interface ServiceOptions {
  readonly dialect?: Dialect
}

/** A text with everything that checking found out; asked again and again while someone types, so the last one is kept by its caller. */
export function analyse(text: string, options: ServiceOptions = {}): Checked {
  return checkProject([{ file: '', text }], options.dialect)
}

/** The innermost typed expression around an offset. */
export function expressionAt(checked: Checked, offset: number): Expression | undefined {
  let best: Expression | undefined
  for (const expression of [...checked.typing.types.keys(), ...checked.typing.refs.keys()]) {
    const { start, end } = expression.span
    if (offset < start || offset > end) continue
    if (best === undefined || end - start <= best.span.end - best.span.start) best = expression
  }
  return best
}

/** The unit around an offset: a method or accessor before its block. */
export function unitAt(checked: Checked, offset: number): PouSymbol | undefined {
  const around = (pou: PouSymbol) =>
    pou.node !== undefined && offset >= pou.node.span.start && offset <= pou.node.span.end
  for (const { pou } of checked.project.units) {
    if (!around(pou)) continue
    const accessors = [...pou.properties.values()].flatMap(each => [each.get, each.set])
    const inner = [...pou.methods.values(), ...accessors].find(each => each !== undefined && around(each))
    return inner ?? pou
  }
  // A text that is being written may have lost its end: the last unit begun is meant.
  return checked.project.units.findLast(({ pou }) => (pou.node?.span.start ?? Number.POSITIVE_INFINITY) <= offset)?.pou
}
