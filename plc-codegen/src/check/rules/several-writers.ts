/**
 * A global variable that more than one program or block writes: the last one in the cycle wins (PLCopen CP26).
 * Passes: one program writes, others read.  Fails: `PROGRAM a g := 1; END_PROGRAM PROGRAM b g := 2; END_PROGRAM`
 */
import { visitStatements } from '../../syntax/visit.ts'
import type { Typing } from '../context.ts'
import type { Project } from '../model.ts'
import type { Rule } from './rule.ts'

export const severalWriters: Rule = {
  name: 'several-writers',
  guideline: 'CP26',
  codes: ['ST630'],
  apply({ pou, project, typing, statements, report }) {
    if (project.globals.size === 0) return
    const writers = writersOf(project, typing)
    for (const statement of statements) {
      if (statement.kind !== 'assign') continue
      const ref = typing.refs.get(statement.target)
      if (ref?.to !== 'variable') continue
      const names = writers.get(ref.variable.name.toUpperCase())
      const isGlobal = ref.scope === 'global' || ref.variable.section === 'VAR_EXTERNAL'
      if (!isGlobal || names === undefined || names.size < 2) continue
      const other = [...names].find(each => each !== (pou.owner ?? pou).name)
      if (other !== undefined) report('ST630', statement.target.span, { name: ref.variable.name, other })
    }
  },
}

const known = new WeakMap<Project, Map<string, Set<string>>>()

function writersOf(project: Project, typing: Typing): Map<string, Set<string>> {
  const before = known.get(project)
  if (before !== undefined) return before
  const writers = new Map<string, Set<string>>()
  known.set(project, writers)
  for (const { pou } of project.units) {
    for (const unit of [pou, ...pou.methods.values()]) {
      visitStatements(unit.node?.body ?? [], statement => {
        if (statement.kind !== 'assign') return
        const ref = typing.refs.get(statement.target)
        if (ref?.to !== 'variable' || (ref.scope !== 'global' && ref.variable.section !== 'VAR_EXTERNAL')) return
        const key = ref.variable.name.toUpperCase()
        writers.set(key, (writers.get(key) ?? new Set()).add(pou.name))
      })
    }
  }
  return writers
}
