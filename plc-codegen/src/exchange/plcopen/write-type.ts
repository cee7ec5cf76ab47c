import { elementary } from '../../check/types.ts'
import { printExpression } from '../../print/print-expression.ts'
import { printType } from '../../print/structured-text.ts'
import type { Declaration, Expression, TypeNode } from '../../syntax/tree.ts'
import { noteOf, type Source } from '../source-text.ts'
import { element, type XmlElement } from '../xml-write.ts'
import { aliases, elementaryNames, XHTML } from './names.ts'

/** The one element that stands for a type. */
export function typeElement(source: Source, type: TypeNode): XmlElement {
  switch (type.kind) {
    case 'namedType':
      return named(type.name)
    case 'stringType': {
      const length = type.length === undefined ? undefined : printExpression(type.length)
      return element(type.wide ? 'wstring' : 'string', { length })
    }
    case 'arrayType':
      return element('array', {}, [
        ...type.ranges.map(range =>
          element('dimension', {
            lower: range === undefined ? '*' : printExpression(range.low),
            upper: range === undefined ? '*' : printExpression(range.high),
          }),
        ),
        element('baseType', {}, [typeElement(source, type.element)]),
      ])
    case 'pointerType':
      return element('pointer', {}, [element('baseType', {}, [typeElement(source, type.to)])])
    case 'referenceType':
      return element('derived', { name: printType(type, '') })
    case 'structType':
      return element(
        'struct',
        {},
        type.fields.flatMap(each => variableElements(source, each)),
      )
    case 'enumType':
      return element('enum', {}, [
        element(
          'values',
          {},
          type.values.map(each =>
            element('value', {
              name: each.name.text,
              value: each.value === undefined ? undefined : printExpression(each.value),
            }),
          ),
        ),
        type.base === undefined ? undefined : element('baseType', {}, [named(type.base)]),
      ])
    case 'subrangeType': {
      const kind = elementary(type.base.toUpperCase())?.class
      return element(kind === 'unsigned' || kind === 'bits' ? 'subrangeUnsigned' : 'subrangeSigned', {}, [
        element('range', { lower: printExpression(type.range.low), upper: printExpression(type.range.high) }),
        element('baseType', {}, [named(type.base)]),
      ])
    }
  }
}

function named(name: string): XmlElement {
  const upper = name.toUpperCase()
  const basic = aliases[upper] ?? upper
  return elementaryNames.has(basic) ? element(basic) : element('derived', { name })
}

/** A variable for each name of a declaration. */
export function variableElements(source: Source, declaration: Declaration): XmlElement[] {
  const note = noteOf(source, declaration.span)
  const names = declaration.names.length === 0 ? [''] : declaration.names.map(each => each.text)
  return names.map(name =>
    element('variable', { name, address: declaration.address }, [
      element('type', {}, [typeElement(source, declaration.type)]),
      declaration.init === undefined ? undefined : element('initialValue', {}, [valueElement(declaration.init)]),
      note === undefined ? undefined : documentation(note),
    ]),
  )
}

export function documentation(text: string): XmlElement {
  return element('documentation', {}, [formatted(text)])
}

export function formatted(text: string): XmlElement {
  return element('xhtml', { xmlns: XHTML }, text)
}

export function valueElement(value: Expression): XmlElement {
  if (value.kind === 'arrayInit')
    return element(
      'arrayValue',
      {},
      value.items.map(item =>
        element('value', { repetitionValue: item.count === undefined ? undefined : printExpression(item.count) }, [
          item.value === undefined ? element('simpleValue') : valueElement(item.value),
        ]),
      ),
    )
  if (value.kind === 'structInit')
    return element(
      'structValue',
      {},
      value.fields.map(field => element('value', { member: field.name.text }, [valueElement(field.value)])),
    )
  return element('simpleValue', { value: printExpression(value) })
}
