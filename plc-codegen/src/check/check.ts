import { type Problem, type ProblemCode, problemTable, type Severity } from '../problems.ts'
import type { Dialect } from '../syntax/dialect.ts'
import { parse } from '../syntax/parser.ts'
import type { Expression, Statement } from '../syntax/tree.ts'
import { expressionsOf, visitExpression, visitStatements } from '../syntax/visit.ts'
import { checkConfigurations } from './check-configuration.ts'
import type { Context, Typing } from './context.ts'
import { checkInitialiser, typeOf, valueTypeOf } from './expressions.ts'
import { type Project, problem, type SourceFile } from './model.ts'
import { createProject } from './project.ts'
import { configure, type RuleSettings } from './rules/configuration.ts'
import type { Report, Rule } from './rules/rule.ts'
import { rules as allRules } from './stages.ts'
import { checkStatements } from './statements.ts'
import type { PouSymbol } from './symbols.ts'

export interface Source {
  readonly file: string
  readonly text: string
}

export interface Checked {
  readonly project: Project
  readonly typing: Typing
  /** Severities that the settings changed. */
  readonly severities: ReadonlyMap<ProblemCode, Severity>
  /** Per file in the order given; problems in the order of the text. */
  readonly files: readonly {
    readonly file: string
    readonly text: string
    readonly problems: readonly Problem[]
    readonly dialect: Dialect
  }[]
}

/** Parses and checks files as one project. */
export function checkProject(sources: readonly Source[], dialect?: Dialect, settings: RuleSettings = {}): Checked {
  const parsed = sources.map(({ file, text }) => ({ file, text, ...parse(text, dialect) }))
  const files: SourceFile[] = parsed.map(each => ({
    file: each.file,
    dialect: each.dialect,
    items: each.unit.items,
    problems: [...each.problems],
    unknown: new Set(),
  }))
  const project = createProject(files)
  const typing: Typing = { types: new Map(), refs: new Map() }
  for (const { pou, source } of project.units) checkPou(project, source, pou, typing)
  for (const each of files) checkConfigurations(project, each)
  const { rules, severities } = configure(allRules, settings)
  for (const { pou, source } of project.units) applyRules(project, source, pou, typing, rules)
  return {
    project,
    typing,
    severities,
    files: files.map((each, i) => ({
      file: each.file,
      text: parsed[i]!.text,
      dialect: each.dialect,
      problems: each.problems.sort((a, b) => a.span.start - b.span.start),
    })),
  }
}

function checkPou(project: Project, source: SourceFile, pou: PouSymbol, typing: Typing): void {
  const { node } = pou
  if (node === undefined) return
  const labels = new Set<string>()
  visitStatements(node.body, statement => {
    if (statement.kind === 'label') labels.add(statement.label.text.toUpperCase())
  })
  const ctx: Context = { project, source, pou, typing, labels, loops: 0, typeOf, valueTypeOf }
  for (const variable of pou.variables.values()) {
    if (variable.init !== undefined && !typing.types.has(variable.init))
      checkInitialiser(ctx, variable.init, variable.type)
  }
  checkStatements(ctx, node.body)
  for (const method of pou.methods.values()) checkPou(project, source, method, typing)
  for (const property of pou.properties.values()) {
    if (property.get !== undefined) checkPou(project, source, property.get, typing)
    if (property.set !== undefined) checkPou(project, source, property.set, typing)
  }
}

function applyRules(
  project: Project,
  source: SourceFile,
  pou: PouSymbol,
  typing: Typing,
  rules: readonly Rule[],
): void {
  if (
    pou.node === undefined ||
    source.problems.some(each => each.code.startsWith('ST2') && problemTable[each.code].severity === 'error')
  )
    return
  const statements: Statement[] = []
  const expressions: Expression[] = []
  visitStatements(pou.node.body, statement => {
    statements.push(statement)
    for (const each of expressionsOf(statement)) visitExpression(each, expression => expressions.push(expression))
  })
  const report: Report = (code, span, values) => problem(source, code, span, values)
  for (const rule of rules) rule.apply({ project, typing, pou, statements, expressions, report })
  for (const method of pou.methods.values()) applyRules(project, source, method, typing, rules)
}
