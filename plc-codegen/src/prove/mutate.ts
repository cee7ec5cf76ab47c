import { parse } from '../syntax/parser.ts'
import type { Expression, Pou, Statement } from '../syntax/tree.ts'
import { expressionsOf, visitExpression, visitStatements } from '../syntax/visit.ts'

/** A small fault planted by a fixed rule. */
export interface Mutant {
  readonly rule:
    | 'comparison-flipped'
    | 'and-or-swapped'
    | 'assignment-dropped'
    | 'constant-plus-one'
    | 'constant-minus-one'
  /** Offset in the original text. */
  readonly at: number
  readonly line: number
  readonly change: string
  readonly text: string
}

const flipped: Readonly<Record<string, string>> = { '<': '>=', '>=': '<', '>': '<=', '<=': '>', '=': '<>', '<>': '=' }
const swapped: Readonly<Record<string, string>> = { AND: 'OR', OR: 'AND' }

/** Every mutant of a text by every rule, in the order of the text, none left out. */
export function mutantsOf(text: string): Mutant[] {
  const found: Mutant[] = []
  const replace = (rule: Mutant['rule'], start: number, end: number, by: string) => {
    const line = text.slice(0, start).split('\n').length
    const was = text.slice(start, end)
    found.push({ rule, at: start, line, change: `${was} -> ${by}`, text: text.slice(0, start) + by + text.slice(end) })
  }
  const inExpression = (each: Expression): void => {
    if (each.kind === 'binary') {
      const between = text.slice(each.left.span.end, each.right.span.start)
      const compare = flipped[each.operator]
      const logic = swapped[each.operator]
      const match = /<>|<=|>=|[<>=]|\b(?:AND|OR)\b|&/i.exec(
        between.replace(/\(\*[\s\S]*?\*\)/g, c => ' '.repeat(c.length)),
      )
      if (match === null) return
      const start = each.left.span.end + match.index
      if (compare !== undefined) replace('comparison-flipped', start, start + match[0].length, compare)
      else if (logic !== undefined) replace('and-or-swapped', start, start + match[0].length, logic)
    } else if (each.kind === 'literal' && (each.literal === 'integer' || each.literal === 'real')) {
      if (each.prefix !== undefined) return
      const value = Number(each.value)
      const show = (x: number) =>
        each.literal === 'real' ? (Number.isInteger(x) ? x.toFixed(1) : String(x)) : String(x)
      replace('constant-plus-one', each.span.start, each.span.end, show(value + 1))
      replace('constant-minus-one', each.span.start, each.span.end, show(value - 1))
    }
  }
  const inStatement = (statement: Statement): void => {
    if (statement.kind === 'assign') {
      const end = text.indexOf(';', statement.value.span.end)
      if (end >= 0) replace('assignment-dropped', statement.span.start, end, '')
    }
    for (const each of expressionsOf(statement)) visitExpression(each, inExpression)
  }
  const inPou = (pou: Pou): void => {
    for (const section of pou.sections)
      for (const each of section.declarations) if (each.init !== undefined) visitExpression(each.init, inExpression)
    visitStatements(pou.body, inStatement)
    for (const member of pou.members) inPou(member)
  }
  for (const item of parse(text).unit.items) if (item.kind === 'pou') inPou(item)
  return found.sort((a, b) => a.at - b.at)
}
