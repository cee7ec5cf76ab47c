/**
 * A function or block that no other unit of the project uses, in a project that has a program (PLCopen CP2).
 * Passes: a program that calls it.  Fails: a function beside a program that does not.
 */
import type { Typing } from '../context.ts'
import type { Project } from '../model.ts'
import type { PouSymbol } from '../symbols.ts'
import { core, type Type } from '../types.ts'
import type { Rule } from './rule.ts'

export const unusedUnit: Rule = {
  name: 'unused-unit',
  guideline: 'CP2',
  codes: ['ST621'],
  apply({ pou, project, typing, report }) {
    if (pou.node === undefined || (pou.kind !== 'FUNCTION' && pou.kind !== 'FUNCTION_BLOCK')) return
    if (!project.units.some(each => each.pou.kind === 'PROGRAM')) return
    if (!usedUnits(project, typing).has(pou)) report('ST621', pou.node.name.span, { name: pou.name })
  },
}

const known = new WeakMap<Project, Set<PouSymbol>>()

function usedUnits(project: Project, typing: Typing): Set<PouSymbol> {
  const before = known.get(project)
  if (before !== undefined) return before
  const used = new Set<PouSymbol>()
  known.set(project, used)
  const inType = (type: Type): void => {
    const t = core(type)
    if (t.kind === 'block') used.add(t.pou)
    else if (t.kind === 'array') inType(t.element)
    else if (t.kind === 'pointer') inType(t.to)
    else if (t.kind === 'struct') for (const field of t.fields.values()) inType(field.type)
  }
  for (const { pou } of project.units) {
    for (const variable of pou.variables.values()) inType(variable.type)
    if (pou.base !== undefined) used.add(pou.base)
  }
  for (const variable of project.globals.values()) inType(variable.type)
  for (const ref of typing.refs.values()) if (ref.to === 'pou') used.add(ref.pou)
  return used
}
