import type { Project } from '../check/model.ts'
import type { PouSymbol, Variable } from '../check/symbols.ts'
import { core, type Type } from '../check/types.ts'
import { layoutOf } from './layout.ts'
import { sizeOf } from './values.ts'

/** Scalars that one program may hold. A controller has some ten megabytes; past this a browser tab would be lost. */
export const MEMORY_LIMIT = 2_000_000

/** Scalars in a value of the type, never counted further than just above `limit`; a type within itself counts as too large. */
export function scalarsOf(type: Type, limit = MEMORY_LIMIT, depth = 0): number {
  if (depth > 40) return limit + 1
  const t = core(type)
  switch (t.kind) {
    case 'array':
      return Math.min(limit + 1, Math.max(0, sizeOf(t)) * scalarsOf(t.element, limit, depth + 1))
    case 'struct':
      return total([...t.fields.values()].map(each => each.type))
    case 'block':
      return total(layoutOf(t.pou).variables.map(each => each.type))
    default:
      return 1
  }

  function total(types: readonly Type[]): number {
    let sum = 1
    for (const each of types) {
      sum += scalarsOf(each, limit - sum, depth + 1)
      if (sum > limit) return limit + 1
    }
    return sum
  }
}

/** The first variable with which a unit, or the programs and globals together, hold more than the limit. */
export function tooLarge(project: Project, pou: PouSymbol): Variable | undefined {
  let lasting = 0
  const full = (variable: Variable): boolean => {
    lasting += scalarsOf(variable.type)
    return lasting > MEMORY_LIMIT
  }
  const kept = [...project.globals.values()]
  for (const each of project.units) if (each.pou.kind === 'PROGRAM') kept.push(...layoutOf(each.pou).variables)
  const held = [...kept, ...(pou.kind === 'PROGRAM' ? [] : layoutOf(pou).variables)].find(full)
  if (held !== undefined) return held
  // What lives for one call only, of every unit that could be called.
  const called = project.units.flatMap(each => [each.pou, ...each.pou.methods.values()])
  return called.flatMap(each => layoutOf(each).variables).find(variable => scalarsOf(variable.type) > MEMORY_LIMIT)
}
