import { type PouSymbol, parametersOf, type Variable } from '../check/symbols.ts'
import { core } from '../check/types.ts'
import type { Program } from '../run/scope.ts'
import type { Expression } from '../syntax/tree.ts'
import { visitStatements } from '../syntax/visit.ts'

/** Variables that some statement may write; `undefined` where addresses are taken, so that anything may be. */
export function writtenVariables(program: Program): ReadonlySet<Variable> | undefined {
  const { refs, types } = program.typing
  const found = new Set<Variable>()
  const mark = (target: Expression): void => {
    const ref = refs.get(target)
    if (ref?.to === 'variable' || ref?.to === 'blockMember') found.add(ref.variable)
    if (target.kind === 'member' || target.kind === 'index' || target.kind === 'bit' || target.kind === 'deref')
      mark(target.target)
    if (target.kind === 'address')
      for (const unit of program.project.units) for (const each of unit.pou.variables.values()) found.add(each)
  }
  for (const expression of types.keys()) {
    if (expression.kind !== 'call') continue
    const ref = refs.get(expression.target)
    if (ref?.to === 'standard') {
      if (/^(?:ADR|REF|BITADR)$/.test(ref.name)) return undefined
      continue
    }
    const type = types.get(expression.target)
    const t = type === undefined ? undefined : core(type)
    const pou =
      ref?.to === 'pou' || ref?.to === 'method' || ref?.to === 'result'
        ? ref.pou
        : t?.kind === 'block'
          ? t.pou
          : undefined
    if (pou === undefined) return undefined
    const parameters = parametersOf(pou)
    expression.args.forEach((arg, i) => {
      const name = arg.name?.text.toUpperCase()
      const parameter = name === undefined ? parameters[i] : parameters.find(each => each.name.toUpperCase() === name)
      if (parameter !== undefined) found.add(parameter)
      if (arg.value !== undefined && (arg.output || parameter === undefined || parameter.section !== 'VAR_INPUT'))
        mark(arg.value)
    })
  }
  const visit = (pou: PouSymbol) => {
    visitStatements(pou.node?.body ?? [], statement => {
      if (statement.kind === 'assign') for (const each of [statement.target, ...(statement.also ?? [])]) mark(each)
      if (statement.kind === 'for') mark(statement.variable)
    })
    for (const each of pou.methods.values()) visit(each)
    for (const { get, set } of pou.properties.values())
      for (const each of [get, set]) if (each !== undefined) visit(each)
  }
  for (const { pou } of program.project.units) visit(pou)
  return found
}
