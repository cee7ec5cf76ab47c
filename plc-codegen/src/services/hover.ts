import type { Checked } from '../check/check.ts'
import type { Resolution } from '../check/symbols.ts'
import type { Span } from '../syntax/span.ts'
import { analyse, expressionAt, type ServiceOptions } from './analyse.ts'
import { describePou, describeStandard, describeType, describeVariable } from './describe.ts'

export interface Hover {
  /** Structured Text: what the name under the cursor is declared as. */
  readonly code: string
  /** Offsets of the words that it speaks of. */
  readonly from: number
  readonly to: number
}

/** What stands under an offset, or undefined where nothing is known of it. */
export function hover(text: string, offset: number, options: ServiceOptions = {}): Hover | undefined {
  const checked = analyse(text, options)
  const expression = expressionAt(checked, offset)
  if (expression === undefined) return undefined
  const span: Span = expression.kind === 'member' ? expression.name.span : expression.span
  const ref = checked.typing.refs.get(expression)
  const code = ref === undefined ? undefined : describe(checked, ref)
  if (code !== undefined) return { code, from: span.start, to: span.end }
  const type = checked.typing.types.get(expression)
  if (type === undefined || type.kind === 'unknown' || type.kind === 'void') return undefined
  return { code: describeType(type), from: span.start, to: span.end }
}

function describe(checked: Checked, ref: Resolution): string | undefined {
  switch (ref.to) {
    case 'variable':
      return describeVariable(ref.variable)
    case 'blockMember':
      return `${ref.pou.name}: ${describeVariable(ref.variable)}`
    case 'result':
    case 'pou':
    case 'method':
      return describePou(ref.pou)
    case 'enumValue':
      return `${describeType(ref.type)}: ${ref.value}`
    case 'field': {
      const field = [...ref.struct.fields.values()].find(each => each.index === ref.index)
      return field === undefined ? undefined : `${ref.struct.name}.${field.name} : ${describeType(field.type)}`
    }
    case 'property':
      return `PROPERTY ${ref.property.name} : ${describeType(ref.property.type)}`
    case 'standard':
      return describeStandard(ref.name, checked.files[0]!.dialect)
    case 'type':
      return `TYPE ${describeType(ref.type)}`
    case 'this':
    case 'super':
    case 'unknown':
      return undefined
  }
}
