/** The meaning of a tree without its writing: names in upper case, literals by value, no places, no empty statements, no regions. */
import { canonicalJson } from '../generate/specification.ts'
import { printStatements } from '../print/print-statement.ts'
import type { Declaration, Literal, Section, Statement } from '../syntax/tree.ts'

export function normal<T>(tree: T): T {
  return walk(tree) as T
}

function walk(value: unknown): unknown {
  if (Array.isArray(value)) return value.flatMap(each => (isStatement(each) ? statement(each) : [walk(each)]))
  if (typeof value !== 'object' || value === null) return value
  if ('kind' in value && value.kind === 'literal') return literal(value as Literal)
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'span' && key !== 'comment')
      .map(([key, each]) => [key, isName(key, each) ? String(each).toUpperCase() : walk(each)]),
  )
}

/** Where the tree keeps a name as text. Titles of regions and addresses are handled by their own. */
const isName = (key: string, value: unknown) =>
  typeof value === 'string' && /^(?:text|name|extends|base|address)$/.test(key)

const isStatement = (value: unknown): value is Statement =>
  typeof value === 'object' && value !== null && 'kind' in value && /^(?:empty|region)$/.test(String(value.kind))

function statement(each: Statement): unknown[] {
  return each.kind === 'region' ? (walk(each.body) as unknown[]) : []
}

function literal(each: Literal): unknown {
  const { literal: kind, prefix, value } = each
  const text =
    kind === 'boolean'
      ? value
        ? 'TRUE'
        : 'FALSE'
      : kind === 'string' || kind === 'wstring'
        ? each.text
        : String(value)
  const shown = kind === 'time' ? `T#${Number(value) / 1e6}ms` : kind === 'enum' ? text.toUpperCase() : text
  // `T#1s` and `TIME#1000ms` are one, `INT#5` and `5` are not.
  const typed = prefix === undefined || /^(?:T|TIME|BOOL)$/.test(prefix) ? '' : `${prefix}#`
  return {
    kind: 'literal',
    literal: kind,
    value: shown,
    text: `${typed}${shown.replace(/^T#/, typed.startsWith('LT') ? '' : 'T#')}`,
  }
}

/** A body as lines that are equal where the meaning is. */
export function linesOf(body: readonly Statement[]): string[] {
  return printStatements(normal(body), '')
}

export interface FlatVariable {
  readonly name: string
  readonly shown: string
  readonly meaning: string
}

/** Every variable of some sections with what it is. */
export function variablesOf(sections: readonly Section[]): FlatVariable[] {
  return sections.flatMap(section =>
    section.declarations.flatMap(each =>
      each.names.map(name => ({
        name: name.text.toUpperCase(),
        shown: name.text,
        meaning: meaningOf(section, each),
      })),
    ),
  )
}

function meaningOf(section: Section, { names: _, ...rest }: Declaration): string {
  return canonicalJson({
    section: section.section,
    qualifiers: [...section.qualifiers].sort(),
    ...(normal(rest) as object),
  })
}
