import type { PouSymbol } from '../check/symbols.ts'
import { core, type Type } from '../check/types.ts'
import { layoutOf } from '../run/layout.ts'
import type { Unit } from '../run/program.ts'

/** Whether time plays a part in what a unit does: a timer anywhere in its memory, or a call of TIME(). */
export function usesTime({ program, pou }: Unit): boolean {
  for (const ref of program.typing.refs.values()) if (ref.to === 'standard' && /^L?TIME$/.test(ref.name)) return true
  const seen = new Set<PouSymbol>()
  const inType = (type: Type): boolean => {
    const t = core(type)
    if (t.kind === 'array') return inType(t.element)
    if (t.kind === 'struct') return [...t.fields.values()].some(each => inType(each.type))
    return t.kind === 'block' && inPou(t.pou)
  }
  const inPou = (each: PouSymbol): boolean => {
    if (seen.has(each)) return false
    seen.add(each)
    if (each.node === undefined && /^L?T(?:ON|OF|P)(?:_|$)/.test(each.name.toUpperCase())) return true
    return layoutOf(each).variables.some(variable => inType(variable.type))
  }
  return (
    inPou(pou) ||
    [...program.project.globals.values()].some(each => inType(each.type)) ||
    program.project.units.some(each => each.pou.kind === 'PROGRAM' && inPou(each.pou))
  )
}
