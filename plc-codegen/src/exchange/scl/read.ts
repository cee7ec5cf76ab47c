/** Siemens SCL source as Structured Text: organisation blocks become programs, data blocks global variables. */
import { printText } from '../../print/structured-text.ts'
import { problemTable } from '../../problems.ts'
import { parse } from '../../syntax/parser.ts'
import type { DataBlock, Declaration, Item, Pou, Section, TypeNode, Unit } from '../../syntax/tree.ts'
import { type Exchanged, ExchangeFault, type Loss, type NamedText } from '../exchange.ts'
import { iecBlocks } from './names.ts'

export function readScl({ name, text }: NamedText): Exchanged {
  const { unit, problems, trivia } = parse(text, 'scl')
  const wrong = problems.find(each => problemTable[each.code].severity === 'error')
  if (wrong !== undefined) throw new ExchangeFault('ST905', { file: name, what: wrong.code })
  const losses: Loss[] = []
  const comments = trivia.filter(each => each.kind === 'comment').length
  if (comments > 0) losses.push({ code: 'ST907', values: { file: name, count: comments } })
  const items = unit.items.map((item): Item => {
    if (item.kind === 'pou') return pouOf(item)
    if (item.kind === 'type') return { ...item, type: typeOf(item.type) }
    return item.kind === 'dataBlock' ? globalOf(item, losses) : item
  })
  const made: Unit = { ...unit, items }
  return { files: [{ name: `${name.replace(/\.\w+$/, '')}.st`, text: printText(made) }], losses }
}

function pouOf(pou: Pou): Pou {
  const kind = pou.pou === 'ORGANIZATION_BLOCK' ? 'PROGRAM' : pou.pou
  const { returns, ...rest } = pou
  const nothing = returns?.kind === 'namedType' && returns.name.toUpperCase() === 'VOID'
  return {
    ...rest,
    pou: kind,
    sections: pou.sections.map(sectionOf),
    ...(returns === undefined || nothing ? {} : { returns: typeOf(returns) }),
  }
}

const sectionOf = (section: Section): Section => ({ ...section, declarations: section.declarations.map(declarationOf) })
const declarationOf = (each: Declaration): Declaration => ({ ...each, type: typeOf(each.type) })

function typeOf(type: TypeNode): TypeNode {
  if (type.kind === 'namedType') return { ...type, name: iecBlocks[type.name.toUpperCase()] ?? type.name }
  if (type.kind === 'arrayType') return { ...type, element: typeOf(type.element) }
  if (type.kind === 'structType') return { ...type, fields: type.fields.map(declarationOf) }
  return type
}

/** `"DB".x` reads as `DB.x`: a global structure, or a global instance. */
function globalOf(item: DataBlock, losses: Loss[]): Item {
  const { span } = item
  const fields = item.sections.flatMap(each => each.declarations.map(declarationOf))
  const type: TypeNode =
    item.type === undefined ? { kind: 'structType', union: false, fields, span } : typeOf(item.type)
  if (item.body.length > 0) losses.push({ code: 'ST904', values: { name: item.name.text, what: 'BEGIN …' } })
  const section: Section = {
    section: 'VAR_GLOBAL',
    qualifiers: [],
    declarations: [{ names: [item.name], type, span }],
    span,
  }
  return { kind: 'globals', section, span }
}
