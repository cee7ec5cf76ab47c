import { analyse, expressionAt, type ServiceOptions } from './analyse.ts'

export interface Definition {
  /** Offsets of the declared name. */
  readonly from: number
  readonly to: number
}

/** Where the name under an offset is declared in the same text; undefined for the standard library and what is not known. */
export function definition(text: string, offset: number, options: ServiceOptions = {}): Definition | undefined {
  const checked = analyse(text, options)
  const expression = expressionAt(checked, offset)
  const ref = expression === undefined ? undefined : checked.typing.refs.get(expression)
  const span =
    ref?.to === 'variable' || ref?.to === 'blockMember'
      ? ref.to === 'blockMember' && ref.pou.node === undefined
        ? undefined
        : ref.variable.span
      : ref?.to === 'pou' || ref?.to === 'method' || ref?.to === 'result'
        ? ref.pou.node?.name.span
        : ref?.to === 'property'
          ? ref.property.node.name.span
          : undefined
  return span === undefined ? undefined : { from: span.start, to: span.end }
}
