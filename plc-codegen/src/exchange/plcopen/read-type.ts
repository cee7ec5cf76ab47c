import { at, elementsOf, textOf, type XmlNode } from '../xml-read.ts'
import { aliases } from './names.ts'

const generic = /^(?:ANY|ANY_\w+)$/
const written: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(aliases).map(([long, short]) => [short, long]),
)

/** The type inside an element such as `type` or `baseType`, in Structured Text. */
export function typeText(holder: XmlNode | undefined, indent: string): string {
  const [type] = elementsOf(holder)
  if (type === undefined) return 'ANY'
  switch (type.name) {
    case 'string':
    case 'wstring': {
      const { length } = type.attributes
      return `${type.name.toUpperCase()}${length === undefined ? '' : `[${length}]`}`
    }
    case 'array': {
      const ranges = elementsOf(type, 'dimension').map(({ attributes }) =>
        attributes.lower === '*' || attributes.lower === undefined ? '*' : `${attributes.lower}..${attributes.upper}`,
      )
      return `ARRAY[${ranges.join(', ')}] OF ${typeText(at(type, 'baseType'), indent)}`
    }
    case 'pointer':
      return `POINTER TO ${typeText(at(type, 'baseType'), indent)}`
    case 'derived':
      return type.attributes.name ?? 'ANY'
    case 'struct':
      return [
        'STRUCT',
        ...elementsOf(type, 'variable').map(each => variableText(each, `${indent}  `)),
        `${indent}END_STRUCT`,
      ].join('\n')
    case 'enum': {
      const values = elementsOf(at(type, 'values'), 'value').map(({ attributes }) =>
        attributes.value === undefined || attributes.value === ''
          ? (attributes.name ?? '')
          : `${attributes.name} := ${attributes.value}`,
      )
      const base = at(type, 'baseType')
      return `(${values.join(', ')})${base === undefined ? '' : ` ${typeText(base, indent)}`}`
    }
    case 'subrangeSigned':
    case 'subrangeUnsigned': {
      const range = at(type, 'range')?.attributes
      return `${typeText(at(type, 'baseType'), indent)} (${range?.lower}..${range?.upper})`
    }
    default:
      return generic.test(type.name) ? type.name : (written[type.name] ?? type.name)
  }
}

export function variableText(variable: XmlNode, indent: string): string {
  const { name = '', address } = variable.attributes
  const place = address === undefined || address === '' ? '' : name === '' ? address : ` AT ${address}`
  const initial = at(variable, 'initialValue')
  const init = initial === undefined ? '' : ` := ${valueText(initial)}`
  const note = textOf(at(variable, 'documentation')).replace(/\s+/g, ' ').trim()
  return `${indent}${name}${place} : ${typeText(at(variable, 'type'), indent)}${init};${note === '' ? '' : ` // ${note}`}`
}

/** The value inside `initialValue` or `value`. */
export function valueText(holder: XmlNode): string {
  const [value] = elementsOf(holder)
  if (value?.name === 'arrayValue') return `[${items(value)}]`
  if (value?.name === 'structValue')
    return `(${elementsOf(value, 'value')
      .map(each => `${each.attributes.member} := ${valueText(each)}`)
      .join(', ')})`
  return value?.attributes.value ?? ''
}

function items(array: XmlNode): string {
  return elementsOf(array, 'value')
    .map(each => {
      const { repetitionValue } = each.attributes
      const [inner] = elementsOf(each)
      if (repetitionValue === undefined) return valueText(each)
      return `${repetitionValue}(${inner?.name === 'arrayValue' ? items(inner) : valueText(each)})`
    })
    .join(', ')
}
