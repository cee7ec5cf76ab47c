import type { Problem, ProblemCode } from '../problems.ts'
import type { Dialect } from '../syntax/dialect.ts'
import type { Span } from '../syntax/span.ts'
import type { Expression, Item, TypeNode } from '../syntax/tree.ts'
import type { PouSymbol, Variable } from './symbols.ts'
import type { EnumType, Type } from './types.ts'

export interface SourceFile {
  readonly file: string
  readonly dialect: Dialect
  readonly items: readonly Item[]
  readonly problems: Problem[]
  /** Names that were already reported as unknown in this file: one notice each. */
  readonly unknown: Set<string>
}

export type TypeEntry = {
  readonly source: SourceFile
  readonly node: TypeNode
  readonly name: string
  readonly init?: Expression
  type?: Type
  busy: boolean
}

export interface Project {
  readonly pous: Map<string, PouSymbol>
  readonly globals: Map<string, Variable>
  readonly enumValues: Map<string, { readonly type: EnumType; readonly value: number }>
  /** POUs in the order of the files, each with its file. */
  readonly units: { readonly pou: PouSymbol; readonly source: SourceFile }[]
  /** Blocks of the standard library. */
  readonly standard: ReadonlyMap<string, PouSymbol>
  readonly types: Map<string, TypeEntry>
  /** Initial values that a TYPE gives to its variables. */
  readonly typeInits: Map<Type, Expression>
}

export function problem(
  source: SourceFile,
  code: ProblemCode,
  span: Span,
  values: Record<string, string | number> = {},
): void {
  source.problems.push({ code, span, values })
}

/** A POU by its name, or by the last part of a name with a library before it. */
export function findPou(project: Project, name: string): PouSymbol | undefined {
  const upper = name.toUpperCase()
  const last = upper.slice(upper.lastIndexOf('.') + 1)
  return project.pous.get(upper) ?? project.pous.get(last) ?? project.standard.get(last)
}

export function noticeUnknown(source: SourceFile, code: ProblemCode, name: string, span: Span): void {
  const key = `${code} ${name.toUpperCase()}`
  if (source.unknown.has(key) || name === '') return
  source.unknown.add(key)
  problem(source, code, span, { name })
}
